"""Contexts of pods and containers, word for word as Kubernetes must get them."""

from typing import Any

CONFINED: dict[str, Any] = {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}}
LOCKED_DOWN: dict[str, Any] = {
    "allowPrivilegeEscalation": False,
    "capabilities": {"drop": ["ALL"]},
    "readOnlyRootFilesystem": True,
}
GIVES_AWAY: dict[str, Any] = LOCKED_DOWN | {
    "capabilities": {"drop": ["ALL"], "add": ["CHOWN", "FOWNER"]},
    "runAsUser": 0,
    "seccompProfile": {"type": "RuntimeDefault"},
}
