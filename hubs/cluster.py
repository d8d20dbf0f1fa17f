"""What a stack file may say of its cluster: one of three providers. Pure."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from capacity.quantities import GIB, ceil_div
from hubs.fields import Count, MemoryBytes, MilliCpu, Model, Seconds, Switch, Text
from hubs.network import MOST_ZONES
from hubs.shapes import is_mapping

Provider = Literal["gke", "eks", "existing"]
# Boot disk of a node: the image several times over, and scratch. GKE's default, in GB.
BOOT_DISK_GB = 100


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


class CorePoolConfig(Model):
    """The nodes of hub, proxy, monitoring: always on, never a user's."""

    machine_type: Text
    max_nodes: Count


class Timing(Model):
    """What is known of a cluster's speed; the defaults are sourced in `events.lead`."""

    node_ready: Seconds | None = None
    schedule_slack: Seconds | None = None


class Capacity(Model):
    """How much room home directories have together."""

    capacity: MemoryBytes

    @property
    def capacity_gib(self) -> int:
        """Return the capacity in whole GiB, rounded up."""
        return ceil_div(self.capacity, GIB)


class FilestoreConfig(Capacity):
    """The Filestore instance that holds the home directories."""

    tier: Literal["BASIC_HDD", "BASIC_SSD", "ZONAL", "REGIONAL"]


class EfsConfig(Model):
    """The EFS file system that holds the home directories."""

    throughput_mode: Literal["elastic", "bursting", "provisioned"] = "elastic"
    throughput: Count | None = Field(default=None, description="MiB/s, of provisioned only")

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


class GkeConfig(Timing):
    """A GKE cluster that this program creates."""

    provider: Literal["gke"]
    project: Text | None = Field(
        default=None, description="default: GOOGLE_PROJECT in the environment"
    )
    region: Text
    zones: tuple[Text, ...] = Field(min_length=1)
    release_channel: Literal["REGULAR", "STABLE"] = "REGULAR"
    deletion_protection: Switch = True
    core_pool: CorePoolConfig
    homes: FilestoreConfig


class EksConfig(Timing):
    """An EKS cluster that this program creates."""

    provider: Literal["eks"]
    region: Text
    zones: tuple[Text, ...] = Field(min_length=2, max_length=MOST_ZONES)
    kubernetes_version: Text = "1.35"
    core_pool: CorePoolConfig
    homes: EfsConfig = EfsConfig()


class NodeAmount(Model):
    """Resources of one node."""

    memory: MemoryBytes
    cpu: MilliCpu
    pods: Count = 110


class DeclaredNodes(Model):
    """Nodes that exist already: how many, and what each leaves to users or is sold with."""

    count: Count
    left: NodeAmount | None = Field(default=None, description="what is left to users")
    sold: NodeAmount | None = Field(default=None, description="what the machine has")
    labels: dict[Text, Text] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.left is None) == (self.sold is None):
            msg = "write either left or sold, such as left: {memory: 14Gi, cpu: 3.5}"
            raise ValueError(msg)
        return self


class StorageClassConfig(Capacity):
    """The home directories on a storage class that many nodes may mount."""

    storage_class: Text
    throughput: Count | None = Field(
        default=None, description="MiB/s that reads and writes share, for events with storage"
    )


class ExistingConfig(Timing):
    """A cluster that exists already, by a kubeconfig."""

    provider: Literal["existing"]
    context: Text | None = Field(default=None, description="default: the current context")
    kubeconfig: SecretRef | None = Field(default=None, description="default: the ambient one")
    nodes: DeclaredNodes
    homes: StorageClassConfig


ClusterConfig = Annotated[GkeConfig | EksConfig | ExistingConfig, Field(discriminator="provider")]
