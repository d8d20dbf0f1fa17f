"""What a stack file may say of an EKS cluster. Pure."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from hubs.cluster_parts import (
    BudgetConfig,
    Capacity,
    CloudPart,
    Days,
    GitHubActionsConfig,
    at_most_days,
)
from hubs.fields import Count, Model, Switch, Text, duration, like
from hubs.network import MOST_ZONES

_ARN = r"arn:aws[a-z-]*:iam::\d{12}:(role|user)/.+"
_CLASS = r"db\.[a-z0-9]+\.[a-z0-9]+"
_TRUST = r"arn:aws[a-z-]*:iam::\d{12}:oidc-provider/token\.actions\.githubusercontent\.com"
_TRUST_SUCH = (
    "the ARN of the provider, such as "
    "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"
)
_ARN_SUCH = "the ARN of a role or a user, such as arn:aws:iam::123456789012:role/admins"
# Days after which EFS may move what nobody reads to its cheaper class.
# Source: Amazon EFS API, LifecyclePolicy TransitionToIA, 2026.
ColdAfter = Literal[1, 7, 14, 30, 60, 90, 180, 270, 365]


class EfsConfig(Model):
    """The EFS file system that holds the home directories."""

    throughput_mode: Literal["elastic", "bursting", "provisioned"] = "elastic"
    # Source: Amazon EFS API, ProvisionedThroughputInMibps, 2026.
    throughput: Annotated[Count, Field(le=3414)] | None = Field(
        default=None, description="MiB/s, of provisioned only"
    )
    cold_after: ColdAfter | None = Field(
        default=None, description="days without a read before files cost less to keep"
    )
    backups: Switch = Field(default=True, description="one every night, kept for 35 days")

    @model_validator(mode="after")
    def _throughput_where_provisioned(self) -> Self:
        if self.throughput_mode == "provisioned" and self.throughput is None:
            msg = (
                "throughputMode provisioned wants a throughput in MiB/s, such as "
                "{throughputMode: provisioned, throughput: 300}"
            )
            raise ValueError(msg)
        if self.throughput_mode != "provisioned" and self.throughput is not None:
            msg = (
                f"throughput {self.throughput} with throughputMode {self.throughput_mode}, which "
                "has none to set; leave it out or write throughputMode: provisioned"
            )
            raise ValueError(msg)
        return self


class LustreConfig(Capacity):
    """An FSx for Lustre file system beside the home directories."""

    throughput_per_tib: Literal[125, 250, 500, 1000] = Field(
        default=250, description="MB/s for each TiB"
    )
    # Source: Amazon FSx API, AutomaticBackupRetentionDays, 2026.
    keep_backups: Annotated[Days, AfterValidator(at_most_days(90))] = duration("14d")


class RdsConfig(Model):
    """An RDS instance with a database for every hub that wants one."""

    instance_class: Annotated[
        Text, AfterValidator(like(_CLASS, "a class of RDS, such as db.t4g.micro"))
    ] = "db.t4g.micro"
    highly_available: Switch = False


class EksGitHubConfig(GitHubActionsConfig):
    """The repository, and the account's trust in GitHub where it has one already."""

    provider_arn: Annotated[Text, AfterValidator(like(_TRUST, _TRUST_SUCH))] | None = Field(
        default=None, description="default: made by the stack; an account can have only one"
    )


class EksConfig(CloudPart):
    """An EKS cluster that this program creates."""

    provider: Literal["eks"]
    zones: tuple[Text, ...] = Field(min_length=2, max_length=MOST_ZONES)
    kubernetes_version: Text = "1.35"
    admins: tuple[Annotated[Text, AfterValidator(like(_ARN, _ARN_SUCH))], ...] = Field(
        default=(), description="roles and users that may administer the cluster, by ARN"
    )
    nat_gateways: Literal["one", "perZone"] = Field(
        default="one", description="perZone costs more, and outlives the loss of a zone"
    )
    homes: EfsConfig = EfsConfig()
    fast_storage: LustreConfig | None = None
    database: RdsConfig | None = None
    budget: BudgetConfig | None = None
    github_actions: EksGitHubConfig | None = None
