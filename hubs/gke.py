"""What a stack file may say of a GKE cluster. Pure."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from hubs.cluster_parts import BudgetConfig, Capacity, CloudPart, Days, GitHubActionsConfig
from hubs.fields import ClockTime, Hours, Model, Switch, Text, ZoneName, duration, like

_ACCOUNT = r"[0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6}"
# Of the Enterprise edition. Source: Cloud SQL documentation, "Machine series", 2026.
_TIER = r"db-(f1-micro|g1-small|custom-\d+-\d+)"
# Tiers with enhanced backups, which Backup and DR makes by a plan; basic ones have those that
# somebody asks for, one by one. Source: Filestore, "Backups overview", backup options, 2026.
_BACKED_UP = ("ZONAL", "REGIONAL")
Day = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
EVERY_DAY: tuple[Day, ...] = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)


class FilestoreConfig(Capacity):
    """A Filestore instance: the home directories, or a faster one beside them."""

    tier: Literal["BASIC_HDD", "BASIC_SSD", "ZONAL", "REGIONAL"]
    backups: Switch | None = Field(
        default=None, description="one every night; the usual thing where the tier has them"
    )
    keep_backups: Days = duration("14d")

    @model_validator(mode="after")
    def _backed_up_only_where_backup_and_dr_does(self) -> Self:
        if self.backups and self.tier not in _BACKED_UP:
            known = " or ".join(_BACKED_UP)
            msg = (
                f"backups: true with tier {self.tier}, which Backup and DR does not back up; "
                f"choose {known}, or copy the files elsewhere yourself"
            )
            raise ValueError(msg)
        return self

    @property
    def backed_up(self) -> bool:
        """Return whether Backup and DR makes a copy every night."""
        return self.tier in _BACKED_UP and self.backups is not False


class MaintenanceConfig(Model):
    """When GKE may upgrade: never during an event."""

    starts: ClockTime = "02:00"
    lasts: Hours = duration("4h")
    days: tuple[Day, ...] = Field(default=EVERY_DAY, min_length=1)
    timezone: ZoneName = "UTC"


class CloudSqlConfig(Model):
    """A Cloud SQL instance with a database for every hub that wants one."""

    tier: Annotated[
        Text, AfterValidator(like(_TIER, "db-f1-micro, db-g1-small or such as db-custom-1-3840"))
    ] = "db-f1-micro"
    highly_available: Switch = False


class GkeBudgetConfig(BudgetConfig):
    """A budget, on the account that pays for the project."""

    billing_account: Annotated[
        Text, AfterValidator(like(_ACCOUNT, "its id, such as 0A1B2C-3D4E5F-60718A"))
    ]


class GkeConfig(CloudPart):
    """A GKE cluster that this program creates."""

    provider: Literal["gke"]
    project: Text | None = Field(
        default=None, description="default: GOOGLE_PROJECT in the environment"
    )
    zones: tuple[Text, ...] = Field(min_length=1)
    release_channel: Literal["REGULAR", "STABLE", "EXTENDED"] = "REGULAR"
    deletion_protection: Switch = True
    maintenance: MaintenanceConfig = MaintenanceConfig()
    homes: FilestoreConfig
    fast_storage: FilestoreConfig | None = None
    database: CloudSqlConfig | None = None
    budget: GkeBudgetConfig | None = None
    github_actions: GitHubActionsConfig | None = None
