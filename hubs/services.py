"""Which services of Google Cloud a stack needs switched on. Pure."""

from collections.abc import Iterable

from hubs.gke import GkeConfig
from hubs.hub import HubConfig
from hubs.registries import repositories

# Nodes write logs and metrics; who may do what in the project is Resource Manager's business.
_ALWAYS = ("cloudresourcemanager", "compute", "container", "file", "iam", "logging", "monitoring")


def services(cluster: GkeConfig, hubs: Iterable[HubConfig]) -> tuple[str, ...]:
    """Return their names without the domain, sorted: never more than the file asks for."""
    present = list(hubs)
    streams = any(
        pool.image_streaming for hub in present for pool in (hub.pool, *hub.options) if pool
    )
    shares = [share for share in (cluster.homes, cluster.fast_storage) if share]
    by_option = {
        "artifactregistry": bool(repositories(present, cluster.project)),
        "backupdr": any(share.backed_up for share in shares),
        "billingbudgets": cluster.budget is not None,
        "cloudquotas": cluster.quota_check.live,
        "containerfilesystem": streams,
        "iamcredentials": cluster.github_actions is not None or any(h.buckets for h in present),
        "servicenetworking": cluster.database is not None,
        "sqladmin": cluster.database is not None,
        "storage": any(hub.buckets for hub in present),
        "sts": cluster.github_actions is not None,
    }
    return tuple(sorted({*_ALWAYS, *(name for name, needed in by_option.items() if needed)}))
