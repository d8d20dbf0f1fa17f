"""What clusters of all providers may say: core pool, timing, budget, monitoring, charts. Pure."""

from collections.abc import Callable
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from capacity.quantities import GIB, ceil_div
from events.durations import seconds, show
from hubs.fields import (
    Cidr,
    Count,
    DnsLabel,
    Email,
    Model,
    Permille,
    Seconds,
    StorageBytes,
    Switch,
    Text,
    duration,
    like,
)
from hubs.shapes import is_mapping

Provider = Literal["gke", "eks", "existing"]
ChartName = Literal["jupyterhub", "prometheus", "grafana", "cluster-autoscaler"]
_DAY = seconds("1d")
# What a workflow is called may have 127 characters on Google Cloud: these two, and 21.
_REPOSITORY = r"[A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9._-]{1,39}"
_BRANCH = r"[A-Za-z0-9][A-Za-z0-9._/-]{0,24}"
_SOURCE = r"(https?://|oci://|\./|/)\S+"
ChartSource = Annotated[
    Text,
    AfterValidator(
        like(_SOURCE, "a repository (https://, http://), an oci:// reference, or a path (./, /)")
    ),
]


def whole_days(written: int) -> int:
    """Return a time in seconds that is a whole number of days.

    Raises:
        ValueError: it is not.
    """
    if written % _DAY:
        msg = f"found {show(written)}; write whole days, such as 7d"
        raise ValueError(msg)
    return written


Days = Annotated[Seconds, AfterValidator(whole_days)]


def at_most_days(most: int) -> Callable[[int], int]:
    """Return a check that a time in seconds is no more than so many days."""

    def check(written: int) -> int:
        if written > most * _DAY:
            msg = f"found {show(written)}; write at most {most}d"
            raise ValueError(msg)
        return written

    return check


def days(written: int) -> int:
    """Return how many days a time in seconds is."""
    return written // _DAY


class SecretRef(Model):
    """A secret by the name of its Pulumi config key, never by its value."""

    secret: Text = Field(description="key set with: pulumi config set --secret KEY")

    @model_validator(mode="before")
    @classmethod
    def _is_a_name(cls, written: object) -> object:
        if not is_mapping(written):
            # Not repeated: it may be the secret itself.
            msg = "found a secret itself; name its config key, such as {secret: githubSecret}"
            raise ValueError(msg)
        return written


class Timing(Model):
    """What is known of a cluster's speed; the defaults are sourced in `events.lead`."""

    node_ready: Seconds | None = None
    schedule_slack: Seconds | None = None


class Capacity(Model):
    """How much the home directories have together."""

    capacity: StorageBytes

    @property
    def capacity_gib(self) -> int:
        """Return the capacity in whole GiB, rounded up."""
        return ceil_div(self.capacity, GIB)


class CorePoolConfig(Model):
    """The nodes of hub, proxy, monitoring: always on, never a user's."""

    machine_type: Text
    max_nodes: Count


class GitHubIds(Model):
    """Numbers that GitHub never gives twice: of a repository, and of whose it is."""

    owner: Count
    repository: Count


class GitHubActionsConfig(Model):
    """The repository whose workflows may deploy the stack, without a key."""

    repository: Annotated[
        Text, AfterValidator(like(_REPOSITORY, "owner/name, such as example-org/hubs"))
    ]
    branch: Annotated[
        Text, AfterValidator(like(_BRANCH, "a name of at most 25 characters, such as main"))
    ] = "main"
    ids: GitHubIds | None = Field(
        default=None,
        description="of repositories made, renamed or opted in since 15 July 2026",
    )


class BudgetConfig(Model):
    """What a stack may cost in a month before somebody is told."""

    monthly: Count = Field(description="whole units of the currency")
    currency: Annotated[Text, AfterValidator(like("[A-Z]{3}", "three letters, such as USD"))] = (
        "USD"
    )
    alert_at: tuple[Permille, ...] = Field(
        default=(500, 800, 1000), validate_default=False, min_length=1, max_length=5
    )
    # Google Cloud tells at most five.
    emails: tuple[Email, ...] = Field(min_length=1, max_length=5)


class GrafanaConfig(Model):
    """Who sees the boards: people of one hub, by the groups that it knows of them."""

    hub: DnsLabel = Field(description="whose sign-in lets people in; it has an address")
    admins: tuple[Text, ...] = Field(default=(), description="groups; a hub's admins always are")
    editors: tuple[Text, ...] = Field(default=(), description="groups")
    public: Switch = Field(default=False, description="whether anybody may look at boards")


class MonitoringConfig(Model):
    """How long metrics are kept, and who sees them."""

    retention: Days = duration("30d")
    storage: StorageBytes = Field(
        default=50 * GIB, validate_default=False, json_schema_extra={"default": "50Gi"}
    )
    grafana: GrafanaConfig | None = None


class QuotaCheckConfig(Model):
    """Whether a preview asks the cloud for its limits, and an update for more."""

    live: Switch = Field(default=False, description="read limits while previewing")
    request: Switch = Field(default=False, description="ask for what is short; never waited for")
    contact: Email | None = Field(default=None, description="whom Google Cloud may ask")


class ClusterPart(Timing):
    """What a cluster of any provider may say."""

    cost_centre: Text | None = Field(default=None, description="label or tag on what costs")
    monitoring: MonitoringConfig = MonitoringConfig()
    charts: dict[ChartName, ChartSource] = Field(
        default_factory=dict,
        description="where charts come from instead: repository, oci:// reference, or path",
    )


class CloudPart(ClusterPart):
    """What a cluster that this program creates must say and may say."""

    region: Text
    zones: tuple[Text, ...]
    authorized_networks: tuple[Cidr, ...] = Field(
        description="who reaches the control plane besides its own network; on EKS [] for nobody"
    )
    core_pool: CorePoolConfig
    quota_check: QuotaCheckConfig = QuotaCheckConfig()

    @model_validator(mode="after")
    def _asks_only_for_what_was_read(self) -> Self:
        if self.quota_check.request and not self.quota_check.live:
            msg = "quotaCheck.request without live, so nobody knows what is short; add live: true"
            raise ValueError(msg)
        return self
