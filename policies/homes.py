"""What holds the homes of an event's users, and the boot disk of its nodes, as registered."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar, get_args

from capacity.quotas.footprint import FileShare
from capacity.storage.declared import declared, enough
from capacity.storage.efs import Mode, efs, faster
from capacity.storage.filestore import TIERS, bigger, filestore
from capacity.storage.need import Demand
from capacity.storage.store import Store
from hubs.shapes import is_list
from policies.collected import EFS, EXISTING, FILESTORE, Resource
from policies.reading import Json, UnreadableError, look, of_type, whole

# The share of the Filestore instance that holds the homes, as `components.gke` names it.
HOMES = "homes"
W = TypeVar("W", bound=str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Homes:
    """A home storage as it will be deployed.

    Attributes:
        store: What it can do.
        better: The smallest settings that meet a demand, if any do.
    """

    store: Store
    better: Callable[[Demand], tuple[Store, ...]]


def homes(stored: int) -> Homes:
    """Return what holds the homes, with so many bytes stored in it at least.

    Raises:
        UnreadableError: none is registered, or more than one, or one that cannot be read.
        NotSoldError: it has a capacity that is not sold.
    """
    found = [it for it in of_type(FILESTORE, EFS, EXISTING) if not _beside(it)]
    if len(found) != 1:
        msg = f"{len(found)} resources hold homes, not exactly one"
        raise UnreadableError(msg)
    read = {FILESTORE: _filestore, EFS: _efs, EXISTING: _declared}[found[0].type]
    return read(found[0].props, stored)


def _beside(resource: Resource) -> bool:
    """Return whether a Filestore instance is one beside the homes: its share says what it is."""
    if resource.type != FILESTORE:
        return False
    return look(_share(resource.props), "name", HOMES) != HOMES


def _share(props: Json) -> Json:
    shares = look(props, "fileShares", None)
    return shares[0] if is_list(shares) and len(shares) == 1 else shares


def file_share(props: Json) -> FileShare:
    """Return the share of an instance of Filestore.

    Raises:
        UnreadableError: its tier or capacity cannot be read.
    """
    tier = word(look(props, "tier"), "tier", TIERS)
    look(props, "fileShares")
    share = _share(props)
    gib = whole(share, "capacityGb")
    return FileShare(name=str(look(share, "name", HOMES)), tier=tier, gib=gib)


def _filestore(props: Json, stored: int) -> Homes:
    del stored
    share = file_share(props)
    return Homes(
        store=filestore(share.tier, share.gib),
        better=lambda demand: bigger(demand, share.tier, share.gib),
    )


def _efs(props: Json, stored: int) -> Homes:
    modes: tuple[Mode, ...] = get_args(Mode)
    # What AWS makes of a file system whose mode nobody sets.
    mode = word(look(props, "throughputMode", "bursting"), "throughputMode", modes)
    rate = whole(props, "provisionedThroughputInMibps") if mode == "provisioned" else 1
    return Homes(
        store=efs(mode, rate, stored),
        better=lambda demand: faster(demand, mode, rate, stored),
    )


def _declared(props: Json, stored: int) -> Homes:
    del stored
    if look(props, "homes.throughput", None) is None:
        msg = "nobody says what the storage class can do: cluster.homes.throughput is missing"
        raise UnreadableError(msg)
    return Homes(store=declared(whole(props, "homes.throughput")), better=enough)


def word(found: Json, path: str, allowed: Sequence[W]) -> W:
    """Return what was found, if it is one of the words that are allowed there.

    Raises:
        UnreadableError: it is not.
    """
    for word in allowed:
        if word == found:
            return word
    msg = f"{path} is {found!r}, not one of {', '.join(allowed)}"
    raise UnreadableError(msg)
