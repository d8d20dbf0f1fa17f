"""Which claims a hub's servers mount, and which part of them, by the provider. Pure."""

from dataclasses import dataclass

from hubs.cluster_parts import Provider
from hubs.hub import HubConfig

HOME, SHARED_READ, SHARED_WRITE, FAST = "home", "shared-read", "shared-write", "fast"
# Within a home.
_SHARED, _WRITE, _FAST = "shared", "shared-write", "fast"
SCRATCH_PATH = "/scratch"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mount:
    """A part of a claim, and where servers see it.

    Attributes:
        claim: Name of the claim.
        sub_path: Part of it, as KubeSpawner expands it; empty for the whole.
        path: Where servers see it.
        read_only: Whether they can only read it.
    """

    claim: str
    sub_path: str
    path: str
    read_only: bool = False


def home_mount(provider: Provider, hub: HubConfig) -> Mount:
    """Return a user's home; on EKS the claim is an access point that begins at the hub's homes."""
    part = "{username}" if provider == "eks" else f"{hub.name}/{{username}}"
    return Mount(claim=HOME, sub_path=part, path=hub.image.home)


def shared_mounts(provider: Provider, hub: HubConfig) -> tuple[Mount, ...]:
    """Return the shared directory as everybody reads it, and as leads write it; or nothing.

    On EKS each is an access point of its own, and the one for reading cannot write. Elsewhere
    both are one directory of the share that holds the homes; no user's name begins with `_`.
    """
    if hub.shared is None:
        return ()
    read, write = f"{hub.image.home}/{_SHARED}", f"{hub.image.home}/{_WRITE}"
    if provider == "eks":
        return (
            Mount(claim=SHARED_READ, sub_path="", path=read, read_only=True),
            Mount(claim=SHARED_WRITE, sub_path="", path=write),
        )
    part = f"{hub.name}/_shared"
    return (
        Mount(claim=HOME, sub_path=part, path=read, read_only=True),
        Mount(claim=HOME, sub_path=part, path=write),
    )


def fast_mount(hub: HubConfig) -> Mount:
    """Return a user's directory on the fast storage, for options that mount it."""
    part, path = f"{hub.name}/{{username}}", f"{hub.image.home}/{_FAST}"
    return Mount(claim=FAST, sub_path=part, path=path)


def claims(provider: Provider, hub: HubConfig) -> tuple[str, ...]:
    """Return the names of all claims that a hub's servers mount."""
    found = {HOME: None} | {mount.claim: None for mount in shared_mounts(provider, hub)}
    if any(option.storage == "fast" for option in hub.options):
        found[FAST] = None
    return tuple(found)
