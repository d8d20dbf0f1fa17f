"""What a hub file may say of nodes: its usual pool, and options with nodes of their own. Pure."""

from typing import Literal

from pydantic import Field

from hubs.fields import Count, DnsLabel, MemoryBytes, Model, StorageBytes, Switch, Text


class WarmPoolConfig(Model):
    """Instances that EC2 keeps prepared, so that a node is ready sooner; on EKS."""

    instances: Count = Field(description="most that are kept prepared")
    state: Literal["STOPPED", "RUNNING", "HIBERNATED"] = "STOPPED"


class NodesConfig(Model):
    """Nodes for users: their type, how many at most, and what they boot from."""

    machine_type: Text
    max_nodes: Count
    zones: tuple[Text, ...] = Field(
        default=(), description="default: all of the cluster on GKE, the first one on EKS"
    )
    spot: Switch = Field(default=False, description="cheaper, and stopped without asking")
    boot_disk: StorageBytes | None = Field(
        default=None, description="default: derived from image and scratch"
    )
    image_streaming: Switch = Field(
        default=False, description="start before the image is whole; GKE, Artifact Registry only"
    )
    warm_pool: WarmPoolConfig | None = None


class UsualPoolConfig(NodesConfig):
    """The hub's own pool outside of events."""


class OptionConfig(NodesConfig):
    """A size of its own on nodes of its own, such as a whole node with a GPU for each user."""

    name: DnsLabel
    title: Text | None = Field(default=None, description="as people choose it; default: its size")
    per_node: Count = Field(default=1, description="users to a node; they share its GPUs")
    scratch: MemoryBytes | None = Field(default=None, description="for each user, on the node")
    storage: Literal["homes", "fast"] = Field(
        default="homes", description="fast: the cluster's fastStorage is mounted, too"
    )
