"""Until when AWS keeps a version of Kubernetes, and whether an event ends before that."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from hubs.active import PlannedEvent, at
from hubs.addons import version_mistakes
from hubs.stack import Stack
from hubs.support import STANDARD_SUPPORT_ENDS, support_warnings

Raw = dict[str, object]
Build = Callable[[Raw, Raw, list[Raw]], tuple[Stack, tuple[PlannedEvent, ...]]]
Meets = Callable[[Raw], PlannedEvent]

ENDS = STANDARD_SUPPORT_ENDS["1.35"]
MINUTE = timedelta(minutes=1)
# An event of the small stack is over 80 minutes after its session.
AFTER = timedelta(minutes=80)
SUMMER: Raw = {"starts": "2027-07-01T09:00", "ends": "2027-07-01T12:00"}
AUTUMN: Raw = {"starts": "2027-09-01T09:00", "ends": "2027-09-01T12:00"}


@pytest.fixture
def meets(build: Build, existing: Raw, hub: Raw, event: Raw) -> Meets:
    """Plan the small stack's event with another session."""

    def built(session: Raw) -> PlannedEvent:
        own = {key: it for key, it in hub.items() if key != "pool"}
        _, [planned] = build(existing, own, [event | {"timezone": "UTC", "sessions": [session]}])
        return planned

    return built


def _told(event: PlannedEvent, now: datetime, kubernetes: str = "1.35") -> tuple[str, ...]:
    return support_warnings(kubernetes, [at(event, now)], now)


def _until(ends: datetime) -> Raw:
    starts = ends - timedelta(hours=2)
    return {"starts": f"{starts:%Y-%m-%dT%H:%M}", "ends": f"{ends:%Y-%m-%dT%H:%M}"}


def test_every_version_that_may_be_asked_for_has_its_day() -> None:
    [mistake] = version_mistakes("0")

    assert mistake.message.endswith(f"allowed: {', '.join(STANDARD_SUPPORT_ENDS)}")
    assert list(STANDARD_SUPPORT_ENDS.values()) == sorted(STANDARD_SUPPORT_ENDS.values())


def test_an_event_that_is_over_when_support_ends_is_safe(meets: Meets) -> None:
    now = datetime(2027, 1, 1, tzinfo=UTC)

    assert _told(meets(_until(ENDS - AFTER - MINUTE)), now) == ()
    assert _told(meets(_until(ENDS - AFTER)), now) == (
        "AWS may upgrade Kubernetes 1.35 by itself before or during event intro: its standard "
        "support ends on 2027-03-27, the event on 2027-03-27; set cluster.kubernetesVersion to "
        '"1.36" and deploy while no event is on',
    )


def test_a_version_that_lasts_needs_nothing(meets: Meets) -> None:
    assert _told(meets(SUMMER), datetime(2027, 1, 1, tzinfo=UTC), "1.36") == ()


@pytest.mark.parametrize("kubernetes", STANDARD_SUPPORT_ENDS)
def test_where_no_version_lasts_people_are_told_so(meets: Meets, kubernetes: str) -> None:
    [told] = _told(meets(AUTUMN), datetime(2027, 1, 1, tzinfo=UTC), kubernetes)

    assert told.endswith("; no version known here is supported so long (1.36 until 2027-08-02)")


@pytest.mark.parametrize(("now", "count"), [(ENDS - MINUTE, 0), (ENDS, 1), (ENDS + MINUTE, 1)])
def test_a_version_past_its_support_is_told_with_and_without_events(
    meets: Meets, now: datetime, count: int
) -> None:
    past: Raw = {"starts": "2027-02-01T09:00", "ends": "2027-02-01T12:00"}
    told = (
        "AWS may have upgraded Kubernetes 1.35 by itself: its standard support ended on "
        '2027-03-27; set cluster.kubernetesVersion to "1.36" and deploy while no event is on',
    )

    assert _told(meets(past), now) == told[:count]
    assert support_warnings("1.35", (), now) == told[:count]


def test_what_is_over_is_not_warned_of(meets: Meets) -> None:
    event = meets(_until(ENDS - AFTER))
    over = event.schedule.windows[-1].ends

    assert over == ENDS
    assert _told(event, over)[0].startswith("AWS may have")
