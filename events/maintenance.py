"""Which maintenance exclusions keep GKE from upgrading a cluster during events. Pure.

Source of the rules: Google Cloud, "Maintenance windows and exclusions", 2026. A cluster holds
twenty exclusions, of which three may forbid every upgrade. The others forbid minor upgrades and
those of nodes; patches of the control plane remain, during which a regional cluster stays
reachable. Those others may not reach beyond the end of support of the cluster's version. All stop
automatic upgrades only.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Literal

from events.maintenance_availability import GKE, Availability, Limits
from events.maintenance_choice import accepted, blocks, covers, fewer
from events.maintenance_window import Window
from events.sessions import Session

Scope = Literal["NO_UPGRADES", "NO_MINOR_OR_NODE_UPGRADES"]
# GKE publishes no rule for these names. The strictest that it has for others, those of clusters
# and node pools: lower-case letters, digits and dashes, a letter first, at most 40.
_NAME_LIMIT = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Span(Session):
    """A time in which an event's settings are on, from warm until they go off."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion(Session):
    """A maintenance exclusion, in UTC."""

    name: str
    scope: Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Unprotected(Session):
    """A span in which GKE may upgrade the cluster, and why."""

    name: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The exclusions of a cluster at an instant, and what they do not protect; in order."""

    exclusions: tuple[Exclusion, ...]
    unprotected: tuple[Unprotected, ...]


def plan(spans: Iterable[Span], window: Window, now: datetime, limits: Limits = GKE) -> Plan:
    """Return the exclusions to put on a cluster at `now`.

    Args:
        spans: When settings of events are on, in any order.
        window: When maintenance may run without any exclusion.
        now: What it has left behind is left out; an exclusion under way keeps its start.
        limits: What GKE accepts.
    """
    available = Availability(window=window, now=now, limits=limits)
    kept, refused = accepted(_ahead(spans, now, limits), available)
    needed = [
        block for block in blocks(fewer(kept, available), limits.contiguous) if block.ends > now
    ]
    held = needed[: limits.total]
    many = (
        f"{len(needed)} exclusions are needed, and GKE holds {limits.total} on a cluster; "
        "this one comes in as earlier ones pass"
    )
    reasons = {span: many for span in kept if not any(covers(one, span) for one in held)} | refused
    return Plan(
        exclusions=tuple(_exclusion(block, rank, kept, limits) for rank, block in enumerate(held)),
        unprotected=tuple(
            Unprotected(name=span.name, starts=span.starts, ends=span.ends, because=reasons[span])
            for span in sorted(reasons, key=_order)
            if span.ends > now
        ),
    )


def _order(span: Span) -> tuple[datetime, datetime, str]:
    return span.starts, span.ends, span.name


def _ahead(spans: Iterable[Span], now: datetime, limits: Limits) -> list[Span]:
    """Return the spans in UTC and in order, without what `now` has left behind.

    A span that is over still counts while the next follows too closely for maintenance in
    between: to open the gap would let an upgrade begin that runs into the next.
    """
    found = {
        Span(name=span.name, starts=span.starts.astimezone(UTC), ends=span.ends.astimezone(UTC))
        for span in spans
    }
    ahead = [block for block in blocks(found, limits.contiguous) if block.ends > now]
    return sorted((span for span in found if any(covers(one, span) for one in ahead)), key=_order)


def _exclusion(block: Session, rank: int, spans: list[Span], limits: Limits) -> Exclusion:
    names = dict.fromkeys(span.name for span in spans if covers(block, span))
    return Exclusion(
        name=_name("-".join(names), block.starts),
        starts=block.starts,
        ends=block.ends,
        scope="NO_UPGRADES" if rank < limits.no_upgrades else "NO_MINOR_OR_NODE_UPGRADES",
    )


def _name(events: str, starts: datetime) -> str:
    """Return a name that no other exclusion has: no two of them start in the same minute."""
    stamp = f"-{starts:%Y%m%d-%H%M}"
    plain = re.sub(r"[^a-z0-9]+", "-", events.lower()).strip("-")
    if not plain[:1].isalpha():
        plain = f"event-{plain}".rstrip("-")
    room = _NAME_LIMIT - len(stamp)
    if len(plain) > room:
        plain = f"{plain[: room - 7].rstrip('-')}-{sha256(plain.encode()).hexdigest()[:6]}"
    return plain + stamp
