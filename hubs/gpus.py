"""GPUs of machine types as GKE names them. Pure."""

from dataclasses import dataclass

from capacity.machines import find

# GPUs that are part of a type must be named beside it, or no driver is installed.
# Source: GKE, "Run GPUs in Standard node pools", 2026.
_NAMES = {"NVIDIA L4": "nvidia-l4"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gpus:
    """What accelerates a node: its name, and how many a node has."""

    name: str
    count: int


def gpus(machine_type: str) -> Gpus | None:
    """Return the GPUs of a machine type of GKE; None without any."""
    machine = find(machine_type)
    return Gpus(name=_NAMES[machine.gpu_model], count=machine.gpus) if machine.gpus else None
