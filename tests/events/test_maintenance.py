"""The maintenance exclusions of events that people hold."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from events.instants import instant
from events.maintenance import Exclusion, Plan, Span, Unprotected, plan
from events.maintenance_availability import GKE, Availability
from events.maintenance_window import Window
from events.phases import Schedule
from events.sessions import Session, Written, sessions_of

BERLIN = ZoneInfo("Europe/Berlin")
NIGHTLY = Window(starts=time(2), length=timedelta(hours=4), days=frozenset(range(7)), where=BERLIN)
SATURDAYS = Window(starts=time(2), length=timedelta(hours=4), days=frozenset({5}), where=BERLIN)
LEAD, DRAIN = timedelta(minutes=40), timedelta(minutes=30)
BEFORE = datetime(2026, 9, 28, tzinfo=UTC)


def _utc(written: str) -> datetime:
    return instant(written, ZoneInfo("UTC"))


def _spans(name: str, sessions: Sequence[Session]) -> list[Span]:
    """Return the spans of an event in which its settings are on."""
    schedule = Schedule(sessions=tuple(sessions), lead=LEAD, drain=DRAIN, users=1)
    return [Span(name=name, starts=one.starts, ends=one.ends) for one in schedule.windows]


def _local(starts: str, ends: str) -> Session:
    return Session(starts=instant(starts, BERLIN), ends=instant(ends, BERLIN))


def _repeated(starts: str, ends: str, repeats: str, until: date) -> list[Session]:
    return sessions_of(Written(starts=starts, ends=ends, repeats=repeats, until=until), BERLIN)


def _weekly(name: str, starts: str, ends: str, until: date) -> list[Span]:
    return _spans(name, _repeated(starts, ends, "weekly", until))


def _listed(found: Plan) -> list[str]:
    return [
        f"{one.name} {one.starts:%m-%dT%H:%M} {one.ends:%m-%dT%H:%M} {one.scope}"
        for one in found.exclusions
    ]


def test_a_five_day_hackweek_has_an_exclusion_a_day() -> None:
    days = _repeated("2026-10-05T09:00", "2026-10-05T18:00", "daily", date(2026, 10, 9))
    found = plan(_spans("hackweek", days), NIGHTLY, BEFORE)
    assert found.exclusions[0] == Exclusion(
        name="hackweek-20261005-0620",
        starts=_utc("2026-10-05T06:20"),
        ends=_utc("2026-10-05T16:30"),
        scope="NO_UPGRADES",
    )
    assert _listed(found) == [
        "hackweek-20261005-0620 10-05T06:20 10-05T16:30 NO_UPGRADES",
        "hackweek-20261006-0620 10-06T06:20 10-06T16:30 NO_UPGRADES",
        "hackweek-20261007-0620 10-07T06:20 10-07T16:30 NO_UPGRADES",
        "hackweek-20261008-0620 10-08T06:20 10-08T16:30 NO_MINOR_OR_NODE_UPGRADES",
        "hackweek-20261009-0620 10-09T06:20 10-09T16:30 NO_MINOR_OR_NODE_UPGRADES",
    ]
    assert found.unprotected == ()


def test_a_hackweek_that_nearly_fills_its_nights_is_one_exclusion() -> None:
    days = _repeated("2026-10-05T08:00", "2026-10-06T03:00", "daily", date(2026, 10, 9))
    # 3h50m are left between two days.
    assert plan(_spans("hackweek", days), NIGHTLY, BEFORE) == Plan(
        exclusions=(
            Exclusion(
                name="hackweek-20261005-0520",
                starts=_utc("2026-10-05T05:20"),
                ends=_utc("2026-10-10T01:30"),
                scope="NO_UPGRADES",
            ),
        ),
        unprotected=(),
    )


def test_a_weekly_class_in_three_hubs_at_the_same_hour_has_an_exclusion_a_week() -> None:
    until = date(2027, 1, 18)
    spans = [
        span
        for hub in ("stat20", "data8", "data100")
        for span in _weekly(hub, "2026-10-12T10:00", "2026-10-12T12:00", until)
    ]
    found = plan(spans, NIGHTLY, BEFORE)
    assert len(found.exclusions) == 15
    assert found.unprotected == ()
    # The class is at ten by the clocks, which change on 25 October.
    assert _listed(found)[:4] == [
        "data100-data8-stat20-20261012-0720 10-12T07:20 10-12T10:30 NO_UPGRADES",
        "data100-data8-stat20-20261019-0720 10-19T07:20 10-19T10:30 NO_UPGRADES",
        "data100-data8-stat20-20261026-0820 10-26T08:20 10-26T11:30 NO_UPGRADES",
        "data100-data8-stat20-20261102-0820 11-02T08:20 11-02T11:30 NO_MINOR_OR_NODE_UPGRADES",
    ]


def test_a_weekly_class_in_three_hubs_on_three_days_shares_exclusions_late_in_the_term() -> None:
    spans = [
        *_weekly("stat20", "2026-10-12T10:00", "2026-10-12T12:00", date(2027, 1, 18)),
        *_weekly("data8", "2026-10-13T10:00", "2026-10-13T12:00", date(2027, 1, 19)),
        *_weekly("data100", "2026-10-14T10:00", "2026-10-14T12:00", date(2027, 1, 20)),
    ]
    found = plan(spans, NIGHTLY, BEFORE)
    assert _listed(found) == [
        "stat20-20261012-0720 10-12T07:20 10-12T10:30 NO_UPGRADES",
        "data8-20261013-0720 10-13T07:20 10-13T10:30 NO_UPGRADES",
        "data100-20261014-0720 10-14T07:20 10-14T10:30 NO_UPGRADES",
        "stat20-20261019-0720 10-19T07:20 10-19T10:30 NO_MINOR_OR_NODE_UPGRADES",
        "data8-20261020-0720 10-20T07:20 10-20T10:30 NO_MINOR_OR_NODE_UPGRADES",
        "data100-20261021-0720 10-21T07:20 10-21T10:30 NO_MINOR_OR_NODE_UPGRADES",
        "stat20-20261026-0820 10-26T08:20 10-26T11:30 NO_MINOR_OR_NODE_UPGRADES",
        "data8-data100-20261027-0820 10-27T08:20 10-28T11:30 NO_MINOR_OR_NODE_UPGRADES",
        *(
            f"stat20-data8-data100-{day:%Y%m%d}-0820 {day:%m-%d}T08:20 "
            f"{day + timedelta(days=2):%m-%d}T11:30 NO_MINOR_OR_NODE_UPGRADES"
            for day in (date(2026, 11, 2) + timedelta(weeks=week) for week in range(12))
        ),
    ]
    assert found.unprotected == ()


THIRTY = _weekly("seminar", "2026-10-07T14:00", "2026-10-07T16:00", date(2027, 4, 28))


def test_thirty_sessions_share_the_last_of_twenty_exclusions() -> None:
    assert len(THIRTY) == 30
    found = plan(THIRTY, NIGHTLY, BEFORE)
    assert [(one.starts, one.ends) for one in found.exclusions] == [
        *((one.starts, one.ends) for one in THIRTY[:19]),
        (THIRTY[19].starts, THIRTY[29].ends),
    ]
    assert found.unprotected == ()


def test_thirty_sessions_wait_their_turn_when_maintenance_is_rare() -> None:
    # 13 Saturdays of four hours in 92 days, of which one may close. The smallest gaps are those
    # of 167 hours, where the clocks change in March, and the latest a quarter before.
    found = plan(THIRTY, SATURDAYS, BEFORE)
    assert [(one.starts, one.ends) for one in found.exclusions] == [
        *((one.starts, one.ends) for one in THIRTY[:11]),
        (THIRTY[11].starts, THIRTY[12].ends),
        *((one.starts, one.ends) for one in THIRTY[13:21]),
    ]
    assert found.unprotected == tuple(
        Unprotected(
            name="seminar",
            starts=one.starts,
            ends=one.ends,
            because="28 exclusions are needed, and GKE holds 20 on a cluster; "
            "this one comes in as earlier ones pass",
        )
        for one in THIRTY[21:]
    )
    later = plan(THIRTY, SATURDAYS, THIRTY[9].starts)
    assert later.unprotected == ()
    assert later.exclusions[-1].ends == THIRTY[29].ends


def test_an_exam_across_midnight_takes_one_night() -> None:
    [span] = _spans("exam", [_local("2026-11-20T22:00", "2026-11-21T03:00")])
    found = plan([span], NIGHTLY, BEFORE)
    assert _listed(found) == ["exam-20261120-2020 11-20T20:20 11-21T02:30 NO_UPGRADES"]
    # Two and a half hours of that night are left, which is too short to count.
    available = Availability(window=NIGHTLY, now=BEFORE, limits=GKE)
    assert available.least(found.exclusions, span).available == timedelta(hours=91 * 4)


def test_the_window_has_the_offset_of_now_whatever_the_clocks_do_later() -> None:
    nights = _repeated("2026-10-25T20:00", "2026-10-26T01:30", "daily", date(2027, 1, 22))
    spans = _spans("marathon", nights)
    # Registered in summer, the window opens at midnight in UTC, an hour before a night is over.
    summer = plan(spans, NIGHTLY, BEFORE)
    assert [(one.starts, one.because) for one in summer.unprotected] == [
        (
            one.starts,
            "with it, the maintenance window leaves 44h in the 92 days from "
            f"{one.starts - timedelta(days=91):%Y-%m-%d}, and GKE asks for 48h",
        )
        for one in spans[80:]
    ]
    # Registered in winter, it opens when a night is over.
    winter = plan(spans, NIGHTLY, _utc("2026-10-25T12:00"))
    assert winter.unprotected == ()
    assert len(winter.exclusions) == 20


@pytest.mark.parametrize(
    ("now", "listed"),
    [
        ("2026-10-05T06:59", ["a-b-20261005-0700 10-05T07:00 10-05T16:00 NO_UPGRADES"]),
        ("2026-10-05T07:00", ["a-b-20261005-0700 10-05T07:00 10-05T16:00 NO_UPGRADES"]),
        # `a` is over, and `b` follows too closely for maintenance in between.
        ("2026-10-05T11:00", ["a-b-20261005-0700 10-05T07:00 10-05T16:00 NO_UPGRADES"]),
        ("2026-10-05T15:59", ["a-b-20261005-0700 10-05T07:00 10-05T16:00 NO_UPGRADES"]),
        ("2026-10-05T16:00", []),
    ],
)
def test_an_exclusion_under_way_stays_as_it_is_until_it_ends(now: str, listed: list[str]) -> None:
    spans = [
        Span(name="b", starts=_utc("2026-10-05T12:00"), ends=_utc("2026-10-05T16:00")),
        Span(name="a", starts=_utc("2026-10-05T07:00"), ends=_utc("2026-10-05T10:00")),
    ]
    assert _listed(plan(spans, NIGHTLY, _utc(now))) == listed


def test_what_is_over_is_neither_an_exclusion_nor_unprotected() -> None:
    over = Span(name="a", starts=_utc("2026-10-05T07:00"), ends=_utc("2026-10-05T10:00"))
    # Too long for GKE, and close behind.
    endless = Span(name="b", starts=_utc("2026-10-05T11:00"), ends=_utc("2027-02-05T11:00"))
    assert plan([over, endless], NIGHTLY, over.ends) == Plan(
        exclusions=(),
        unprotected=(
            Unprotected(
                name="b",
                starts=endless.starts,
                ends=endless.ends,
                because="lasts 123d, and GKE accepts exclusions of at most 90d",
            ),
        ),
    )


def test_a_span_that_is_over_is_not_reported_though_it_waits_behind_others() -> None:
    endless = Span(name="a", starts=_utc("2026-07-05T11:00"), ends=_utc("2026-10-05T11:00"))
    next_one = Span(name="b", starts=_utc("2026-10-05T12:00"), ends=_utc("2026-10-05T16:00"))
    found = plan([endless, next_one], NIGHTLY, endless.ends)
    assert _listed(found) == ["b-20261005-1200 10-05T12:00 10-05T16:00 NO_UPGRADES"]
    assert found.unprotected == ()


def test_nothing_is_planned_without_events() -> None:
    assert plan([], NIGHTLY, BEFORE) == Plan(exclusions=(), unprotected=())


def test_instants_of_other_time_zones_come_out_in_utc() -> None:
    local = [
        Span(
            name=name,
            starts=datetime(2026, 10, day, 9, tzinfo=BERLIN),
            ends=datetime(2026, 10, day, 12, tzinfo=BERLIN),
        )
        for name, day in (("last", 26), ("first", 24))
    ]
    assert _listed(plan(local, NIGHTLY, BEFORE.astimezone(BERLIN))) == [
        "first-20261024-0700 10-24T07:00 10-24T10:00 NO_UPGRADES",
        "last-20261026-0800 10-26T08:00 10-26T11:00 NO_UPGRADES",
    ]


@pytest.mark.parametrize(
    ("events", "name"),
    [
        (["ml"], "ml-20261005-0700"),
        (["ML Workshop (day 1)"], "ml-workshop-day-1-20261005-0700"),
        (["2026-exam"], "event-2026-exam-20261005-0700"),
        (["演習"], "event-20261005-0700"),
        (["b", "a", "b"], "a-b-20261005-0700"),
        (["introduction-to-geoscience"], "introduction-to-geoscience-20261005-0700"),
        (["introduction-to-geosciences"], "introduction-to-geo-d70ed9-20261005-0700"),
        (["introduction-to-ge-sciences"], "introduction-to-ge-d3acba-20261005-0700"),
    ],
)
def test_names_are_those_of_the_events_and_the_start(events: list[str], name: str) -> None:
    spans = [
        Span(name=event, starts=_utc("2026-10-05T07:00"), ends=_utc("2026-10-05T10:00"))
        for event in events
    ]
    [found] = plan(spans, NIGHTLY, BEFORE).exclusions
    assert found.name == name
    assert len(found.name) <= 40
