"""The pack. `PolicyPack` serves until it is stopped, so nothing follows it."""

from pulumi_policy import EnforcementLevel, PolicyPack

from policies.collected import collect
from policies.core_fits import core_fits
from policies.event_fits_pool import event_fits_pool
from policies.exam_ready import exam_ready, exam_waived
from policies.frozen import freeze_kept, frozen
from policies.guaranteed_qos import guaranteed_qos
from policies.no_oversubscription import no_oversubscription
from policies.no_replacement import no_replacement
from policies.pinned_versions import pinned_versions
from policies.placeholders import placeholders
from policies.quota import quota, quotas_read
from policies.sizes_fit import sizes_fit
from policies.storage_throughput import storage_throughput
from policies.users_per_node import users_per_node

PolicyPack(
    name="readyroom",
    enforcement_level=EnforcementLevel.MANDATORY,
    policies=[
        collect,
        no_replacement,
        frozen,
        sizes_fit,
        core_fits,
        no_oversubscription,
        guaranteed_qos,
        exam_ready,
        event_fits_pool,
        users_per_node,
        placeholders,
        pinned_versions,
        storage_throughput,
        quota,
        quotas_read,
        exam_waived,
        freeze_kept,
    ],
)
