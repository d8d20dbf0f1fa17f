"""What every cluster offers to hubs, whoever provides it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import pulumi
import pulumi_kubernetes as k8s

from hubs.deployment import Deployment


@dataclass(frozen=True, slots=True, kw_only=True)
class NfsVolume:
    """A share of an NFS server that nodes mount."""

    gib: int
    server: pulumi.Input[str]
    path: str
    mount_options: tuple[str, ...] = ("noatime",)


@dataclass(frozen=True, slots=True, kw_only=True)
class CsiVolume:
    """A file system that a CSI driver mounts."""

    gib: int
    driver: str
    handle: pulumi.Input[str]
    attributes: Mapping[str, pulumi.Input[str]] = field(
        default_factory=dict[str, pulumi.Input[str]]
    )
    mount_options: tuple[str, ...] = ()
    read_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassVolume:
    """A claim on a storage class that many nodes may mount; the claim holds the data itself."""

    gib: int
    storage_class: str


Volume = NfsVolume | CsiVolume | ClassVolume


@dataclass(frozen=True, slots=True, kw_only=True)
class Database:
    """A PostgreSQL database of one hub; the password is a secret."""

    host: pulumi.Input[str]
    port: int
    name: str
    user: str
    password: pulumi.Output[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class HubParts:
    """What a cluster has made for one hub.

    Attributes:
        volumes: What its claims stand for, by the claim's name (`hubs.claims`).
        database: Its database; None for a file of its own.
        identity: Annotations of its users' service account, which reach its buckets.
        ready: What must be there before its release.
    """

    volumes: Mapping[str, Volume]
    database: Database | None = None
    identity: Mapping[str, pulumi.Input[str]] = field(default_factory=dict[str, pulumi.Input[str]])
    ready: Sequence[pulumi.Resource] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterArgs:
    """Arguments of every cluster component.

    Attributes:
        deployment: What must exist; decides how many resources there are.
        name: Physical name of the cluster, derived from the stack.
        secrets: Secret values by the config key that files refer to.
    """

    deployment: Deployment
    name: str
    secrets: Mapping[str, pulumi.Output[str]] = field(default_factory=dict[str, pulumi.Output[str]])


class ClusterComponent(Protocol):
    """One interface, three providers.

    Attributes:
        kubernetes: The provider of everything inside the cluster.
        hubs: What the cluster has made for each hub, by the hub's name.
        ready: What must be there before anything is put into the cluster.
    """

    kubernetes: k8s.Provider
    hubs: Mapping[str, HubParts]
    ready: list[pulumi.Resource]


def retained() -> pulumi.ResourceOptions:
    """Return the options of what holds people's data: neither deleted nor forgotten by mistake."""
    return pulumi.ResourceOptions(protect=True, retain_on_delete=True)
