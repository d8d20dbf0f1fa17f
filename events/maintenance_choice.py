"""Which spans GKE lets us protect, and with how few exclusions. Pure.

GKE asks for available maintenance beside the exclusions that forbid every upgrade. It is kept
beside all of them here: nodes that are never upgraded stay without patches, and a policy that
GKE refuses fails the whole deployment.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import TypeVar

from events.durations import show
from events.maintenance_availability import Availability
from events.sessions import Session, merged

Spanned = TypeVar("Spanned", bound=Session)
_HOUR, _MINUTE, _SECOND = timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)


def blocks(spans: Iterable[Session], shortest: timedelta) -> list[Session]:
    """Return spans in order, those with less than `shortest` between them as one."""
    # Touching spans merge: a gap of just `shortest` must not close.
    closes = shortest - timedelta.resolution
    longer = [Session(starts=one.starts, ends=one.ends + closes) for one in spans]
    return [Session(starts=one.starts, ends=one.ends - closes) for one in merged(longer)]


def covers(block: Session, span: Session) -> bool:
    """Return whether a span lies in a block."""
    return block.starts <= span.starts and span.ends <= block.ends


def accepted(
    spans: Sequence[Spanned], available: Availability
) -> tuple[list[Spanned], dict[Spanned, str]]:
    """Return which spans, given in order, leave enough maintenance, and why the others do not.

    Earlier ones come first, and those that are over last: left out is what does not fit beside
    those taken before it.
    """
    kept: list[Spanned] = []
    refused: dict[Spanned, str] = {}
    if not spans:
        return kept, refused
    whole = Session(starts=spans[0].starts, ends=max(span.ends for span in spans))
    if available.holds(spans, whole):
        return list(spans), refused
    for span in sorted(spans, key=lambda span: span.ends <= available.now):
        if available.holds([*kept, span], span):
            kept.append(span)
        else:
            refused[span] = _because(span, kept, available)
    return [span for span in spans if span not in refused], refused


def fewer(spans: Sequence[Session], available: Availability) -> list[Session]:
    """Return the spans, and the gaps to close so that GKE holds them all, if enough can close.

    The smallest close first; of equal ones the latest, which is planned again before its time.
    """
    limits = available.limits
    found = list(spans)
    apart = [one for one in blocks(spans, limits.contiguous) if one.ends > available.now]
    gaps = [Session(starts=one.ends, ends=other.starts) for one, other in pairwise(apart)]
    latest_first = gaps[::-1]
    many = len(apart)
    for gap in sorted(latest_first, key=lambda gap: gap.ends - gap.starts):
        if many <= limits.total:
            break
        if available.holds([*found, gap], gap):
            found.append(gap)
            many -= 1
    return found


def _because(span: Session, kept: Sequence[Session], available: Availability) -> str:
    limits = available.limits
    if span.ends - span.starts > limits.longest:
        lasts, longest = ((one // _SECOND) for one in (span.ends - span.starts, limits.longest))
        return f"lasts {show(lasts)}, and GKE accepts exclusions of at most {show(longest)}"
    asked = f"GKE asks for {_hours(limits.available)}"
    least = available.least([], span)
    said = "the maintenance window alone leaves"
    if least.available >= limits.available:
        least = available.least([*kept, span], span)
        said = "with it, the maintenance window leaves"
    return (
        f"{said} {_hours(least.available)} in the {limits.rolling.days} days "
        f"from {least.since:%Y-%m-%d}, and {asked}"
    )


def _hours(length: timedelta) -> str:
    """Return a length as GKE writes such lengths, rounded down: `48h`, `47h30m`."""
    hours, rest = divmod(length, _HOUR)
    minutes = rest // _MINUTE
    return f"{hours}h{minutes}m" if minutes else f"{hours}h"
