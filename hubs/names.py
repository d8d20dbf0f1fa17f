"""Names, labels and taints, in one place. Pure.

Physical names are explicit and derived from the stack, so that a lost answer of a cloud
fails visibly instead of leaving an orphan that costs for ever.
"""

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from hubs.cluster import Provider

PURPOSE_LABEL = "hub.jupyter.org/node-purpose"
POOL_LABEL = "readyroom/pool"
# GKE's console and CLI do not take a slash in a taint's key; z2jh tolerates both forms.
DEDICATED: dict[Provider, str] = {
    "gke": "hub.jupyter.org_dedicated",
    "eks": "hub.jupyter.org/dedicated",
    "existing": "hub.jupyter.org/dedicated",
}
MONITORING = "monitoring"
# Namespaces and pools that no hub may be named after.
RESERVED = ("core", "default", "kube-node-lease", "kube-public", "kube-system", MONITORING)
# Longest names: GKE node pools 40, EKS node groups 63 (cloud documentation, 2026).
_POOL_NAME_LIMIT: dict[Provider, int] = {"gke": 40, "eks": 63, "existing": 63}


@dataclass(frozen=True, slots=True, kw_only=True)
class Taint:
    """A taint that keeps other pods off a node."""

    key: str
    value: str
    effect: Literal["NoSchedule"] = "NoSchedule"


def cut(name: str, limit: int) -> str:
    """Return a name, cut to a limit with a hash that keeps it apart from others."""
    if len(name) <= limit:
        return name
    digest = sha256(name.encode()).hexdigest()[:6]
    return f"{name[: limit - 7].rstrip('-')}-{digest}"


def cluster_name(stack: str) -> str:
    """Return the cluster's name: lower-case letters, digits, dashes; at most 40."""
    return cut(f"readyroom-{_plain(stack)}", 40)


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def pool_name(provider: Provider, machine_type: str, *owners: str) -> str:
    """Return a pool's name: whose it is, then its machine type, which never changes."""
    name = "-".join([*owners, machine_type.replace(".", "-").replace("_", "-")])
    return cut(name, _POOL_NAME_LIMIT[provider])


def pool_labels(purpose: Literal["core", "user"], pool: str) -> dict[str, str]:
    """Return the Kubernetes labels of a pool's nodes."""
    return {PURPOSE_LABEL: purpose, POOL_LABEL: pool}


def user_taint(provider: Provider) -> Taint:
    """Return the taint that only user pods and their placeholders tolerate."""
    return Taint(key=DEDICATED[provider], value="user")


def cost_labels(stack: str, hub: str | None = None, event: str | None = None) -> dict[str, str]:
    """Return the cloud labels or tags of what bears a cost."""
    found = {"readyroom-stack": _plain(stack), "readyroom-hub": hub, "readyroom-event": event}
    return {key: value for key, value in found.items() if value}
