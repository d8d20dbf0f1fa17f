"""What pods and containers may do, in Kubernetes' own words. Pure.

Source of levels and of what each allows: kubernetes.io, "Pod Security Standards", 2026.
"""

from hubs.cluster_parts import Provider
from hubs.values_access import Values

POD_SECURITY = "pod-security.kubernetes.io/enforce"
_RUNTIME_DEFAULT: Values = {"type": "RuntimeDefault"}
# Of a whole pod.
CONFINED: Values = {"runAsNonRoot": True, "seccompProfile": _RUNTIME_DEFAULT}
# Of a container that writes to its volumes alone.
LOCKED_DOWN: Values = {
    "allowPrivilegeEscalation": False,
    "capabilities": {"drop": ["ALL"]},
    "readOnlyRootFilesystem": True,
}
# Of a user's server, which may write wherever its user may: people install packages.
OF_USERS: Values = CONFINED | {"capabilities": {"drop": ["ALL"]}}
# Of root that gives directories away, and changes modes of what is no longer its own.
GIVES_AWAY: Values = LOCKED_DOWN | {
    "runAsUser": 0,
    "capabilities": {"drop": ["ALL"], "add": ["CHOWN", "FOWNER"]},
    "seccompProfile": _RUNTIME_DEFAULT,
}


def metadata_behind_iptables(provider: Provider) -> bool:
    """Return whether a privileged container must close the metadata server in every user's pod.

    GKE's Dataplane V2 enforces network policies, and its metadata server hides the node besides.
    A node of EKS answers no farther than one hop, whatever policies do. Those, AWS says, hold
    for no pod without an owner, which user servers are; its agent goes by the beginning of a
    pod's name and does apply them, to the first of a beginning after a moment. Of a cluster of
    others nobody knows either.
    Sources: zero-to-jupyterhub-k8s 4.4.0, doc/source/administrator/security.md; Amazon EKS user
    guide, "Limit Pod traffic with Kubernetes network policies", 2026; aws-network-policy-agent
    @main of 2026-08-21, pkg/utils/utils.go, `GetPodIdentifier`.
    """
    return provider == "existing"


def hub_level(provider: Provider) -> str | None:
    """Return the level that the pods of a hub must keep; None where one of them cannot."""
    return None if metadata_behind_iptables(provider) else "baseline"
