"""Nightly backups of Filestore."""

import pulumi
import pulumi_gcp as gcp

from components.gke.place import Place
from hubs.cluster_parts import days
from hubs.gke import FilestoreConfig

_KIND = "file.googleapis.com/Instance"
# The least that a vault accepts. More would hold backups against the file's own `keepBackups`.
# Source: gcloud reference, "backup-dr backup-vaults create", 2026.
_ENFORCED = "86400s"
# Jobs that have not begun by its end are skipped; Google's own examples leave six hours.
_NIGHT = (0, 6)


def nightly_backups(
    place: Place, which: str, config: FilestoreConfig, instance: gcp.filestore.Instance
) -> None:
    """Back an instance up every night, and keep each backup for as long as the file says.

    The vault holds data, and stays where it is when its stack goes; a backup in it cannot be
    deleted on its first day by anybody, and is deleted once its time is over. The plan goes:
    an instance that is left behind is backed up no more.
    """
    vault = gcp.backupdisasterrecovery.BackupVault(
        f"{place.name}-{which}-backups",
        backup_vault_id=place.physical("filestore", which, "backups"),
        location=place.config.region,
        backup_minimum_enforced_retention_duration=_ENFORCED,
        labels=place.args.deployment.labels(),
        opts=place.kept(place.opts),
    )
    plan = _plan(place, which, config, vault)
    gcp.backupdisasterrecovery.BackupPlanAssociation(
        f"{place.name}-{which}-backups",
        backup_plan_association_id=place.physical("filestore", which, "backups"),
        location=place.config.region,
        backup_plan=plan.id,
        resource=instance.id,
        resource_type=_KIND,
        # The provider would try to update these, in vain.
        opts=pulumi.ResourceOptions.merge(
            place.opts,
            pulumi.ResourceOptions(
                replace_on_changes=[
                    "backupPlanAssociationId",
                    "location",
                    "resource",
                    "resourceType",
                ],
                delete_before_replace=True,
            ),
        ),
    )


def _plan(
    place: Place,
    which: str,
    config: FilestoreConfig,
    vault: gcp.backupdisasterrecovery.BackupVault,
) -> gcp.backupdisasterrecovery.BackupPlan:
    starts, ends = _NIGHT
    return gcp.backupdisasterrecovery.BackupPlan(
        f"{place.name}-{which}-backups",
        backup_plan_id=place.physical("filestore", which, "backups"),
        location=place.config.region,
        resource_type=_KIND,
        backup_vault=vault.id,
        backup_rules=[
            {
                "rule_id": "nightly",
                "backup_retention_days": days(config.keep_backups),
                "standard_schedule": {
                    "recurrence_type": "DAILY",
                    "time_zone": place.config.maintenance.timezone,
                    "backup_window": {"start_hour_of_day": starts, "end_hour_of_day": ends},
                },
            }
        ],
        opts=pulumi.ResourceOptions.merge(
            place.opts, pulumi.ResourceOptions(delete_before_replace=True)
        ),
    )
