"""Names, labels and taints, in one place. Pure.

Physical names are explicit and derived from the stack, so that a lost answer of a cloud
fails visibly instead of leaving an orphan that costs for ever.
"""

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from hubs.cluster_parts import Provider

PURPOSE_LABEL = "hub.jupyter.org/node-purpose"
POOL_LABEL = "readyroom/pool"
# GKE's console and CLI do not take a slash in a taint's key; z2jh tolerates both forms.
DEDICATED: dict[Provider, str] = {
    "gke": "hub.jupyter.org_dedicated",
    "eks": "hub.jupyter.org/dedicated",
    "existing": "hub.jupyter.org/dedicated",
}
MONITORING, NODE_METRICS = "monitoring", "node-metrics"
# Namespaces and pools that no hub may be named after.
RESERVED = (
    "core",
    "default",
    "kube-node-lease",
    "kube-public",
    "kube-system",
    MONITORING,
    NODE_METRICS,
)
# Longest names: GKE node pools 40, EKS node groups 63, of which a hash takes five (cloud
# documentation, 2026).
_POOL_NAME_LIMIT: dict[Provider, int] = {"gke": 40, "eks": 58, "existing": 63}
# Google Cloud labels and Kubernetes label values: 63 characters.
_LABEL_LIMIT = 63
_DIGITS = 6
# A stack and what something is for: nothing else could be meant.
_ONE_NAME = 2

Kind = Literal[
    "gke-cluster",
    "compute",
    "filestore",
    "service-account",
    "cloud-sql",
    "workload-pool",
    "budget",
    "eks-cluster",
    "iam-role",
    "security-group",
    "launch-template",
    "efs-token",
    "rds",
    "kms-alias",
    "quota-preference",
]
# Longest names of services. Sources: Google Cloud documentation (GKE, Compute Engine, Filestore,
# IAM, Cloud SQL, Workload Identity Federation, Cloud Billing) and AWS API references (EKS, IAM,
# EC2, EFS, RDS, KMS, Budgets), 2026; of a quota preference none is said, and AIP-122 recommends
# 63. A hash takes five of the 125 of a launch template. A cluster's name is part of other names:
# no more than 40.
LIMITS: dict[Kind, int] = {
    "gke-cluster": 40,
    "compute": 63,
    "filestore": 63,
    "service-account": 30,
    "cloud-sql": 63,
    "workload-pool": 32,
    "budget": 60,
    "eks-cluster": 40,
    "iam-role": 64,
    "security-group": 255,
    "launch-template": 120,
    "efs-token": 64,
    "rds": 63,
    "kms-alias": 250,
    "quota-preference": 63,
}


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
    return f"{name[: limit - _DIGITS - 1].rstrip('-')}-{_digest(name)}"


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:_DIGITS]


def fitted(words: tuple[str, ...], limit: int) -> str:
    """Return words joined by dashes; where they are too long together the longest are cut.

    A hash keeps a name that was cut apart from others.
    """
    joined = "-".join(words)
    if len(joined) <= limit:
        return joined
    return _hashed(words, limit, joined)


def _hashed(words: tuple[str, ...], limit: int, known_by: str) -> str:
    room = limit - _DIGITS - 1
    cut_words = list(words)
    while len("-".join(cut_words)) > room:
        longest = max(range(len(words)), key=lambda index: len(cut_words[index]))
        cut_words[longest] = cut_words[longest][:-1].rstrip("-")
    return f"{'-'.join(cut_words)}-{_digest(known_by)}"


def cluster_name(stack: str) -> str:
    """Return the cluster's name: lower-case letters, digits, dashes; at most 40."""
    return physical("gke-cluster", stack)


def physical(kind: Kind, stack: str, *parts: str) -> str:
    """Return the name that a cloud knows a resource by: of the stack, then of what it is.

    Args:
        kind: Whose limit it must keep.
        stack: The stack's name.
        parts: The hub it belongs to, if any, and what it is for, such as `homes`.
    """
    written = (stack, *parts)
    words = tuple(plain(word) for word in written)
    limit = LIMITS[kind] - len("readyroom-")
    # Only dashes would tell `a-b` of `c` from `a` of `b-c`, and nothing `a_b` from `a-b`.
    unclear = words != written or (len(words) > _ONE_NAME and "-" in "".join(words[:-1]))
    if unclear or len("-".join(words)) > limit:
        return f"readyroom-{_hashed(words, limit, '/'.join(written))}"
    return f"readyroom-{'-'.join(words)}"


def plain(text: str) -> str:
    """Return a text as lower-case letters, digits and dashes."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def pool_name(provider: Provider, machine_type: str, *owners: str) -> str:
    """Return a pool's name: whose it is, then its machine type, which never changes."""
    last = machine_type.replace(".", "-").replace("_", "-")
    return f"{fitted(owners, _POOL_NAME_LIMIT[provider] - len(last) - 1)}-{last}"


def pool_labels(purpose: Literal["core", "user"], pool: str) -> dict[str, str]:
    """Return the Kubernetes labels of a pool's nodes."""
    return {PURPOSE_LABEL: purpose, POOL_LABEL: pool}


def user_taint(provider: Provider) -> Taint:
    """Return the taint that only user pods and their placeholders tolerate."""
    return Taint(key=DEDICATED[provider], value="user")


def cost_labels(
    stack: str, hub: str | None = None, event: str | None = None, cost_centre: str | None = None
) -> dict[str, str]:
    """Return the cloud labels or tags of what bears a cost: lower case, at most 63 each."""
    found = {
        "readyroom-stack": stack,
        "readyroom-hub": hub,
        "readyroom-event": event,
        "readyroom-cost-centre": cost_centre,
    }
    return {key: cut(plain(value), _LABEL_LIMIT) for key, value in found.items() if value}
