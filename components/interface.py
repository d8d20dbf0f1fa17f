"""What every cluster offers to hubs, whoever provides it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import pulumi
import pulumi_kubernetes as k8s

from hubs.deployment import Deployment


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeShare:
    """Where home directories live.

    Attributes:
        gib: Size of the claim in GiB.
        server: Address of an NFS server; None for a storage class.
        path: Path that the server exports.
        mount_options: How nodes mount it.
        storage_class: A class that many nodes may mount; None for an NFS server.
    """

    gib: int
    server: pulumi.Output[str] | None = None
    path: str = "/"
    mount_options: tuple[str, ...] = ("noatime",)
    storage_class: str | None = None


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
    """One interface, three providers."""

    kubernetes: k8s.Provider
    homes: HomeShare
    ready: list[pulumi.Resource]


def retained() -> pulumi.ResourceOptions:
    """Return the options of what holds people's data: neither deleted nor forgotten by mistake."""
    return pulumi.ResourceOptions(protect=True, retain_on_delete=True)
