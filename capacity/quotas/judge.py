"""Whether quotas are large enough, and what to ask for where they are not. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from capacity.quotas.catalogue import find_quota
from capacity.quotas.need import HEADROOM_PERCENT, Need
from capacity.quotas.snapshot import UNLIMITED, Origin, Reading, Snapshot

Verdict = Literal["ok", "tight", "short", "unknown"]
_DIGITS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A need beside what may be had.

    Attributes:
        need: How much is needed.
        verdict: `ok` with headroom, `tight` without, `short` below the need, or `unknown`.
        limit: What may be had in all; -1 for no limit, None if not known.
        usage: What is in use; None if not known.
        others: What is in use by others than the stack.
        origin: Where the limit is from; None if there is none, `network` for our own range.
        request: The limit to ask for; None where none need be asked.
        because: The comparison in words.
    """

    need: Need
    verdict: Verdict
    limit: int | None
    usage: int | None
    others: int
    origin: Origin | Literal["network"] | None
    request: int | None
    because: str


def judge(
    needs: Iterable[Need], snapshot: Snapshot | None, *, assume_defaults: bool = False
) -> list[Judgement]:
    """Return a judgement of each need, in order.

    Args:
        needs: How much is needed of each quota.
        snapshot: What was read; None if nothing was.
        assume_defaults: Whether a cloud's own defaults may stand in for what was not read;
            each such judgement says so.
    """
    return [_judged(need, snapshot, assume_defaults=assume_defaults) for need in needs]


def enough_for(need: Need, others: int) -> int:
    """Return the limit to ask for: use by others, need and headroom, two digits, rounded up."""
    wanted = others + need.value + need.headroom
    step = 10 ** max(len(str(wanted)) - _DIGITS, 0)
    return -(-wanted // step) * step


def _judged(need: Need, snapshot: Snapshot | None, *, assume_defaults: bool) -> Judgement:
    if need.room is not None:
        return _compared(need, Reading(limit=need.room, own=0), "network")
    read = snapshot.readings.get(need.key) if snapshot else None
    if snapshot and read and not read.default:
        return _compared(need, read, snapshot.origin)
    quota = find_quota(need.cloud, need.key)
    standard = read.limit if read else quota.default if quota else None
    if not assume_defaults or standard is None:
        told = "not read" if standard is None else f"not read; the cloud's default is {standard}"
        return _unknown(need, read, told)
    found = read or Reading(limit=standard)
    return _compared(need, found, "default")


def _unknown(need: Need, read: Reading | None, told: str) -> Judgement:
    return Judgement(
        need=need,
        verdict="unknown",
        limit=None,
        usage=read.usage if read else None,
        others=read.others if read else 0,
        origin=None,
        request=None,
        because=told,
    )


def _compared(need: Need, read: Reading, origin: Origin | Literal["network"]) -> Judgement:
    wanted = read.others + need.value
    if read.limit == UNLIMITED or read.limit >= wanted + need.headroom:
        verdict: Verdict = "ok"
    else:
        verdict = "tight" if read.limit >= wanted else "short"
    asks = verdict in ("tight", "short") and origin != "network"
    return Judgement(
        need=need,
        verdict=verdict,
        limit=read.limit,
        usage=read.usage,
        others=read.others,
        origin=origin,
        request=enough_for(need, read.others) if asks else None,
        because=_told(need, read, origin, verdict),
    )


def _told(need: Need, read: Reading, origin: Origin | Literal["network"], verdict: Verdict) -> str:
    if read.limit == UNLIMITED:
        return "no limit"
    sign = "<" if verdict == "short" else ">="
    text = f"{read.limit} {sign} {need.value}"
    if read.others:
        text += f" + {read.others} of others"
    if need.headroom:
        text += f" + {HEADROOM_PERCENT}%" if verdict == "ok" else ""
        text += f", not + {HEADROOM_PERCENT}%" if verdict == "tight" else ""
    if origin == "default":
        text += "; default, not read"
    if read.usage is None and origin != "network":
        text += "; use is not known"
    elif read.usage and read.own is None:
        text += "; the stack's own share of the use is not known and counts as that of others"
    return text
