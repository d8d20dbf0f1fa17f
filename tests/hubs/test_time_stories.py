"""Recorded cases of events that began too late, stayed too long or fell into a night of clocks."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest

from events.lead import Lead
from hubs.active import PlannedEvent, at, on_hub
from hubs.deployment import deployment
from tests.hubs.told import Planned, pools

Raw = dict[str, object]
Build = Callable[[Raw, Raw, Sequence[Raw]], Planned]


def told(event: PlannedEvent, count: int | None = None) -> list[str]:
    """Return the changes of an event in its zone, after the first."""
    return [
        f"{one.at.astimezone(event.where):%m-%dT%H:%M} {one.phase}"
        f"{' draining' if one.draining else ''} {one.users}"
        for one in event.schedule.transitions[1:][:count]
    ]


def gaps(event: PlannedEvent) -> list[str]:
    """Return the gaps of an event in its zone."""
    bounds = [(one.starts, one.ends) for one in event.schedule.gaps]
    return [" ".join(f"{it.astimezone(event.where):%m-%dT%H:%M}" for it in pair) for pair in bounds]


def test_a_class_at_eight_is_warm_before_eight_by_as_much_as_nodes_and_images_take(
    shipped: dict[str, Planned],
) -> None:
    # At Berkeley, seats for a class at 8:00 came at 8:45.
    stack, events = shipped["datahub"]
    [section] = [event for event in events if event.config.name == "section"]
    image = section.hub.image.size

    assert section.lead == Lead(node_ready=240, image_pull=-(-image // (16 * 2**20)), slack=900)
    early = timedelta(seconds=240 + section.lead.image_pull + 900)
    assert early <= section.schedule.lead < early + timedelta(minutes=1)
    eight = section.schedule.sessions[0].starts
    assert told(section, 2) == ["01-28T07:36 warm 300", "01-28T08:00 live 300"]
    for now in (eight - section.schedule.lead, eight):
        [pool] = [pool for pool in deployment(stack, events, now).pools if pool.event == "section"]
        assert pool.min_nodes == section.plan.warm_nodes > 0


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        # Clocks go from two to three: an exam from one to four is two hours long.
        (
            "2027-03-14T01:00",
            "2027-03-14T04:00",
            [
                "03-14T00:33 warm 20",
                "03-14T01:00 live 20",
                "03-14T04:00 live draining 20",
                "03-14T04:30 over 0",
            ],
        ),
        # At half past three it has been half past one an hour ago.
        (
            "2027-03-14T03:10",
            "2027-03-14T06:00",
            [
                "03-14T01:43 warm 20",
                "03-14T03:10 live 20",
                "03-14T06:00 live draining 20",
                "03-14T06:30 over 0",
            ],
        ),
        # Clocks go from two to one: the lead is of the second hour, and so is the drain.
        (
            "2026-11-01T02:10",
            "2026-11-01T05:00",
            [
                "11-01T01:43 warm 20",
                "11-01T02:10 live 20",
                "11-01T05:00 live draining 20",
                "11-01T05:30 over 0",
            ],
        ),
        (
            "2026-10-31T22:00",
            "2026-11-01T01:40-04:00",
            [
                "10-31T21:33 warm 20",
                "10-31T22:00 live 20",
                "11-01T01:40 live draining 20",
                "11-01T01:10 over 0",
            ],
        ),
        # An exam across midnight.
        (
            "2026-12-14T22:00",
            "2026-12-15T01:00",
            [
                "12-14T21:33 warm 20",
                "12-14T22:00 live 20",
                "12-15T01:00 live draining 20",
                "12-15T01:30 over 0",
            ],
        ),
    ],
)
def test_an_exam_lasts_as_long_as_it_lasts_whatever_clocks_show(
    on_gke: Callable[[Raw, Raw], Planned], starts: str, ends: str, expected: list[str]
) -> None:
    session = {"starts": starts, "ends": ends}
    _, (event,) = on_gke(
        {}, {"kind": "exam", "timezone": "America/New_York", "sessions": [session]}
    )

    assert told(event) == expected
    [window] = event.schedule.windows
    [exam] = event.schedule.sessions
    assert exam.starts - window.starts == timedelta(minutes=27)
    assert window.ends - exam.ends == timedelta(minutes=30)


def test_few_at_four_and_many_at_seven_have_their_seats_when_they_come(
    build: Build, gke: Raw, hub: Raw, event: Raw
) -> None:
    days = [
        {"starts": "2027-02-01T16:00", "ends": "2027-02-01T17:00", "users": 25},
        {"starts": "2027-02-01T19:00", "ends": "2027-02-01T21:00", "users": 200},
    ]
    event |= {
        "users": 225,
        "sessions": days,
        "pool": {"machineType": "n2-highmem-4"},
        "drain": "30m",
    }
    planned = build(gke, hub, [event])
    _, (found,) = planned

    assert told(found) == [
        "02-01T15:33 warm 25",
        "02-01T16:00 live 25",
        "02-01T17:00 live draining 25",
        "02-01T17:30 staged 0",
        "02-01T18:33 warm 200",
        "02-01T19:00 live 200",
        "02-01T21:00 live draining 200",
        "02-01T21:30 over 0",
    ]
    few, nobody, many = (
        pools(planned, f"2027-02-01T{time}")["intro"] for time in ("16:00", "18:00", "19:00")
    )
    own = {dict(who)["intro"]: crowd.plan for who, crowd in found.together.items()}
    assert sorted(own) == [25, 200]
    assert few[0] == own[25].warm_nodes < many[0] == own[200].warm_nodes
    assert nobody[0] == 0
    # One pool, whose size does not change while it is there.
    assert few[1] == nobody[1] == many[1] == own[200].max_nodes


def test_a_hackweek_goes_back_to_nothing_every_night_and_says_so(
    shipped: dict[str, Planned],
) -> None:
    stack, events = shipped["icesat2"]
    [event] = events
    lead, drain = event.schedule.lead, event.schedule.drain

    assert gaps(event) == [
        "06-14T18:50 06-15T08:02",
        "06-15T18:50 06-16T08:02",
        "06-16T18:50 06-17T08:02",
        "06-17T18:50 06-18T08:02",
    ]
    for day, gap in zip(event.schedule.sessions, event.schedule.gaps, strict=False):
        assert (gap.starts, gap.ends) == (day.ends + drain, day.starts + timedelta(days=1) - lead)
        night = deployment(stack, events, gap.starts)
        # As in the week before: the pool is there, at no nodes, and the passwords are the week's.
        staged = deployment(stack, events, event.schedule.transitions[0].at)
        assert (night.hubs, night.pools) == (staged.hubs, staged.pools)
        assert [pool.min_nodes for pool in night.pools if pool.event] == [0]
        assert on_hub(event.hub, [at(event, gap.starts)]) is None


@pytest.mark.parametrize(
    ("second", "expected"), [("17:07", []), ("17:08", ["02-01T16:30 02-01T16:41"])]
)
def test_seats_stay_warm_through_a_gap_shorter_than_it_takes_nodes_to_go(
    build: Build, gke: Raw, hub: Raw, event: Raw, second: str, expected: list[str]
) -> None:
    event |= {
        "drain": "30m",
        "pool": {"machineType": "n2-highmem-4"},
        "sessions": [
            {"starts": "2027-02-01T14:00", "ends": "2027-02-01T16:00"},
            {"starts": f"2027-02-01T{second}", "ends": "2027-02-01T18:00"},
        ],
    }
    planned = build(gke, hub, [event])
    _, (found,) = planned

    assert gaps(found) == expected
    least, _ = pools(planned, "2027-02-01T16:35")["intro"]
    assert least == (0 if expected else found.plan.warm_nodes)
