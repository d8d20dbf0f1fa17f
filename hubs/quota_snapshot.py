"""The file that keeps what a cloud said of its quotas: `quotas/<stack>.json`. Pure but for it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, TypeAdapter

from capacity.machines import Cloud
from capacity.quotas.catalogue import find_quota, quotas
from capacity.quotas.snapshot import UNLIMITED, Reading, Snapshot
from hubs.cluster import ClusterConfig
from hubs.existing import ExistingConfig
from hubs.fields import Model, Switch, Text
from hubs.files import read_json
from hubs.mistakes import Mistake, MistakesError
from hubs.parsing import parsed
from hubs.values_access import Values

FOLDER = "quotas"


def _amount(written: object) -> int:
    if isinstance(written, int) and not isinstance(written, bool) and written >= 0:
        return written
    msg = f"found {written!r}; write a whole number, 0 or above"
    raise ValueError(msg)


def _limit(written: object) -> int:
    return UNLIMITED if written == UNLIMITED and written is not False else _amount(written)


def _optional(written: object) -> int | None:
    return None if written is None else _amount(written)


def _instant(written: object) -> datetime:
    try:
        found = datetime.fromisoformat(str(written))
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        msg = f"found {written!r}; write an instant with offset, such as 2026-11-21T13:00:00+00:00"
        raise ValueError(msg)
    return found


Amount = Annotated[int | None, BeforeValidator(_optional)]


class ReadingConfig(Model):
    """One quota as it was read."""

    code: Text = Field(description="AWS quota code, or Google Cloud metric")
    limit: Annotated[int, BeforeValidator(_limit)] = Field(description="-1 for no limit")
    usage: Amount = Field(default=None, description="in use; null if not told")
    own: Amount = Field(default=None, description="in use by the stack itself; null if not known")
    default: Switch = Field(default=False, description="the cloud's own default, nothing applied")


class SnapshotConfig(Model):
    """What a cloud said of its quotas at an instant."""

    format: Literal[1]
    cloud: Literal["gke", "eks"]
    region: Text
    account: Text = Field(default="", description="AWS account or Google Cloud project")
    taken: Annotated[datetime, BeforeValidator(_instant)]
    sample: Switch = Field(default=False, description="whether the numbers are made up")
    quotas: tuple[ReadingConfig, ...]


_SNAPSHOT: TypeAdapter[SnapshotConfig] = TypeAdapter(SnapshotConfig)


def snapshot_path(hub_files: Path, stack: str) -> Path:
    """Return where the snapshot of a stack is: in `quotas/`, beside the folder of hub files."""
    return hub_files.parent / FOLDER / f"{stack}.json"


def stack_snapshot(
    path: Path, cluster: ClusterConfig | None, mistakes: list[Mistake]
) -> Snapshot | None:
    """Return the snapshot of a stack if there is one, after adding every mistake in it."""
    if not path.is_file() or cluster is None:
        return None
    label = f"{path.parent.name}/{path.name}"
    try:
        raw = read_json(path)
    except MistakesError as error:
        mistakes += [Mistake(label, mistake.message) for mistake in error.mistakes]
        return None
    if isinstance(cluster, ExistingConfig):
        mistakes.append(Mistake(label, "an existing cluster has no quotas here; remove it"))
        return None
    return parse_snapshot(raw, label, (cluster.provider, cluster.region), mistakes)


def parse_snapshot(
    raw: object, label: str, place: tuple[Cloud, str], mistakes: list[Mistake]
) -> Snapshot | None:
    """Return a snapshot, or None after adding every mistake in it.

    Args:
        raw: What the file holds.
        label: What messages call it.
        place: Cloud and region that it must be of.
        mistakes: Where mistakes go.
    """
    config = parsed(_SNAPSHOT, raw, (), mistakes, file=label)
    if config is None:
        return None
    found = [
        Mistake(f"{label}: {where}", message)
        for where, message in (*_elsewhere(config, place), *_readings(config.quotas, config.cloud))
    ]
    if found:
        mistakes += found
        return None
    return Snapshot(
        cloud=config.cloud,
        region=config.region,
        account=config.account,
        taken=config.taken,
        origin="recorded",
        sample=config.sample,
        readings={
            one.code: Reading(limit=one.limit, usage=one.usage, own=one.own, default=one.default)
            for one in config.quotas
        },
    )


def _elsewhere(config: SnapshotConfig, place: tuple[Cloud, str]) -> Sequence[tuple[str, str]]:
    pairs = (("cloud", config.cloud, place[0]), ("region", config.region, place[1]))
    return [
        (key, f"found {found!r}, and the stack's is {wanted!r}; read the quotas again")
        for key, found, wanted in pairs
        if found != wanted
    ]


def _readings(found: Sequence[ReadingConfig], cloud: Cloud) -> Sequence[tuple[str, str]]:
    mistakes: list[tuple[str, str]] = []
    for index, one in enumerate(found):
        where = f"quotas[{index}]"
        if find_quota(cloud, one.code) is None:
            near = get_close_matches(one.code, quotas(cloud), n=1, cutoff=0.5)
            hint = f"; nearest: {near[0]}" if near else ""
            mistakes.append((f"{where}.code", f"found {one.code!r}, not a quota known here{hint}"))
        if one.code in [earlier.code for earlier in found[:index]]:
            mistakes.append((f"{where}.code", f"found {one.code!r} twice; codes differ"))
        if one.own is not None and one.own > (one.usage or 0):
            told = f"found {one.own}, more than usage {one.usage or 0}; it is a part of it"
            mistakes.append((f"{where}.own", told))
    return mistakes


def snapshot_json(snapshot: Snapshot) -> Values:
    """Return a snapshot as its file holds it."""
    return {
        "format": 1,
        "cloud": snapshot.cloud,
        "region": snapshot.region,
        "account": snapshot.account,
        "taken": snapshot.taken.isoformat(timespec="seconds"),
        "sample": snapshot.sample,
        "quotas": [
            {"code": key} | _reading_json(reading) for key, reading in snapshot.readings.items()
        ],
    }


def _reading_json(reading: Reading) -> dict[str, object]:
    return {
        "limit": reading.limit,
        "usage": reading.usage,
        "own": reading.own,
        "default": reading.default,
    }


def snapshot_facts(snapshot: Snapshot) -> Mapping[str, object]:
    """Return limits and use that were read, by code, for the gate; nothing assumed or made up."""
    return {
        key: {"limit": reading.limit, "others": reading.others}
        for key, reading in snapshot.readings.items()
        if not reading.default and not snapshot.sample
    }
