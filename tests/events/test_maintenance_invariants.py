"""What holds for the exclusions of any events."""

import re
from datetime import UTC, datetime, time, timedelta
from itertools import accumulate, pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from events.maintenance import Plan, Span, plan
from events.maintenance_availability import GKE, Limits
from events.maintenance_window import Window, openings
from events.sessions import Session

NOW = datetime(2026, 9, 1, tzinfo=UTC)
# Half hours, since an offset of India has one; all below is in whole steps.
STEP = timedelta(minutes=30)
DAY = 48
SMALL = Limits(
    total=4,
    no_upgrades=1,
    available=timedelta(hours=12),
    rolling=timedelta(days=8),
    contiguous=timedelta(hours=4),
)
LAST = 60 * DAY

spans = st.builds(
    lambda first, length, name: Span(
        name=name, starts=NOW + first * STEP, ends=NOW + (first + length) * STEP
    ),
    first=st.integers(-10 * DAY, LAST),
    length=st.one_of(st.integers(1, DAY), st.integers(1, 8 * DAY)),
    name=st.sampled_from(["data8", "exam-2026", "introduction-to-environmental-data"]),
)
windows = st.builds(
    lambda starts, hours, days, where: Window(
        starts=time(starts),
        length=timedelta(hours=hours),
        days=frozenset(days),
        where=ZoneInfo(where),
    ),
    starts=st.integers(0, 23),
    hours=st.integers(3, 24),
    days=st.one_of(st.just(range(7)), st.sets(st.integers(0, 6), min_size=1)),
    where=st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata"]),
)
many = st.lists(spans, max_size=40)
nows = st.integers(-12 * DAY, LAST + 9 * DAY).map(lambda step: NOW + step * STEP)
limits = st.sampled_from([GKE, SMALL])
thorough = settings(deadline=None, max_examples=150)


def _inside(span: Session, found: Plan) -> bool:
    return any(one.starts <= span.starts and span.ends <= one.ends for one in found.exclusions)


def _unprotected(found: Plan) -> set[Span]:
    return {Span(name=one.name, starts=one.starts, ends=one.ends) for one in found.unprotected}


@thorough
@given(many, windows, nows, limits)
def test_what_is_not_reported_is_covered(
    events: list[Span], window: Window, now: datetime, limits: Limits
) -> None:
    found = plan(events, window, now, limits)
    ahead = {span for span in events if span.ends > now}
    reported = _unprotected(found)
    assert len(reported) == len(found.unprotected)
    assert reported <= ahead
    assert all(_inside(span, found) for span in ahead - reported)
    assert not any(_inside(span, found) for span in reported)


@thorough
@given(many, windows, nows, limits)
def test_gke_accepts_the_exclusions(
    events: list[Span], window: Window, now: datetime, limits: Limits
) -> None:
    found = plan(events, window, now, limits).exclusions
    assert len(found) <= limits.total
    assert [one.scope for one in found] == [
        *["NO_UPGRADES"] * min(len(found), limits.no_upgrades),
        *["NO_MINOR_OR_NODE_UPGRADES"] * (len(found) - limits.no_upgrades),
    ]
    assert len({one.name for one in found}) == len(found)
    assert all(re.fullmatch(r"[a-z][a-z0-9-]{0,38}[a-z0-9]", one.name) for one in found)
    assert all(max(now, one.starts) < one.ends <= one.starts + limits.longest for one in found)
    assert all(one.ends + limits.contiguous <= other.starts for one, other in pairwise(found))


@thorough
@given(many, windows, nows, limits)
def test_every_rolling_span_keeps_what_gke_asks_for(
    events: list[Span], window: Window, now: datetime, limits: Limits
) -> None:
    found = plan(events, window, now, limits).exclusions
    if found:
        assert _least(window, now, found, limits) >= limits.available


@thorough
@given(many, windows, nows, limits)
def test_nothing_is_refused_that_would_have_left_enough(
    events: list[Span], window: Window, now: datetime, limits: Limits
) -> None:
    found = plan(events, window, now, limits)
    waits = any("exclusions are needed" in one.because for one in found.unprotected)
    for span in () if waits else found.unprotected:
        assert _least(window, now, [*found.exclusions, span], limits) < limits.available


@thorough
@given(many, windows, nows, limits)
def test_twenty_are_used_before_anything_waits(
    events: list[Span], window: Window, now: datetime, limits: Limits
) -> None:
    found = plan(events, window, now, limits)
    waiting = [one for one in found.unprotected if "exclusions are needed" in one.because]
    if waiting:
        assert len(found.exclusions) == limits.total
        assert found.exclusions[-1].ends < min(one.starts for one in waiting)


@thorough
@given(st.data(), many, windows, nows)
def test_the_order_of_events_does_not_matter(
    data: st.DataObject, events: list[Span], window: Window, now: datetime
) -> None:
    other = data.draw(st.permutations([*events, *events[:3]]))
    assert plan(other, window, now, SMALL) == plan(events, window, now, SMALL)


@thorough
@given(many, windows, nows, limits)
def test_planning_what_was_planned_changes_nothing(
    events: list[Span], window: Window, now: datetime, limits: Limits
) -> None:
    first = plan(events, window, now, limits)
    again = plan(
        [Span(name=one.name, starts=one.starts, ends=one.ends) for one in first.exclusions],
        window,
        now,
        limits,
    )
    assert again.unprotected == ()
    assert [(one.starts, one.ends, one.scope) for one in again.exclusions] == [
        (one.starts, one.ends, one.scope) for one in first.exclusions
    ]


@thorough
@given(many, windows, nows, limits)
def test_exclusions_start_and_end_with_events(
    events: list[Span], window: Window, now: datetime, limits: Limits
) -> None:
    found = plan(events, window, now, limits).exclusions
    assert {one.starts for one in found} <= {span.starts for span in events}
    assert {one.ends for one in found} <= {span.ends for span in events}


def _least(
    window: Window, now: datetime, exclusions: tuple[Session, ...] | list[Session], limits: Limits
) -> timedelta:
    """Return the least of all rolling spans that meet an exclusion, step by step."""
    rolling, long_enough = limits.rolling // STEP, limits.contiguous // STEP
    first = (min(one.starts for one in exclusions) - NOW) // STEP - rolling
    last = (max(one.ends for one in exclusions) - NOW) // STEP + rolling
    reach = Session(starts=NOW + (first - DAY) * STEP, ends=NOW + (last + DAY) * STEP)
    opened: set[int] = set()
    for one in openings(window, now, reach):
        opened |= set(_steps(one))
    for one in exclusions:
        opened -= set(_steps(one))
    run: list[int] = []
    counted: set[int] = set()
    for step in range(first - DAY, last + DAY):
        run = [*run, step][-long_enough:] if step in opened else []
        if len(run) == long_enough:
            counted |= set(run)
    sums = list(accumulate((step in counted for step in range(first, last)), initial=0))
    return min(sums[at + rolling] - sums[at] for at in range(len(sums) - rolling)) * STEP


def _steps(span: Session) -> range:
    return range((span.starts - NOW) // STEP, (span.ends - NOW) // STEP)
