"""The timeline of phases: when each setting changes, and which change is in force."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from events.phases import Transition
from preview.loaded import Loaded
from preview.show_timeline import phase_name, timeline

Load = Callable[[str], Loaded]
Lines = Callable[..., list[str]]
CLOCK = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


def _lines(loaded: Loaded, now: datetime, lines: Lines) -> list[str]:
    return lines(timeline(list(loaded.events), loaded.stack.cluster, now))


def test_a_short_timeline_is_shown_whole_with_an_arrow_at_the_change_in_force(
    loaded: Load, lines: Lines, instant: Callable[[str, str], datetime]
) -> None:
    assert _lines(loaded("campus"), instant("campus", "event"), lines) == [
        "   event  from                      phase           what changes",
        "   demo   Mon 2027-01-25 14:00 CET  staged          passwords new ones",
        "   demo   Mon 2027-02-01 13:43 CET  warm            profile demo only; pre-puller on; "
        "spawn limit 64; start timeout 300 s",
        ">  demo   Mon 2027-02-01 14:00 CET  live            nothing changes",
        "   demo   Mon 2027-02-01 16:00 CET  live, draining  nothing changes",
        "   demo   Mon 2027-02-01 17:20 CET  over            everything as usual",
    ]


def test_before_everything_no_change_is_in_force(
    loaded: Load, lines: Lines, instant: Callable[[str, str], datetime]
) -> None:
    found = _lines(loaded("workshop"), instant("workshop", "quiet"), lines)

    assert found[:2] == [
        "  event  from                      phase           what changes",
        "  intro  Mon 2026-11-30 09:00 EST  staged          pool n2-highmem-4, at most 35 nodes; "
        "upgrades never while it is on; passwords new ones",
    ]
    assert [line for line in found if line.startswith(">")] == []


def test_after_everything_the_last_change_is_in_force(
    loaded: Load, lines: Lines, instant: Callable[[str, str], datetime]
) -> None:
    found = _lines(loaded("workshop"), instant("workshop", "over"), lines)

    assert [line for line in found if line.startswith(">")] == [
        ">  intro  Mon 2026-12-07 13:20 EST  over            everything as usual"
    ]


def test_an_exam_suspends_culling_and_drains_its_last_servers(
    loaded: Load, lines: Lines, instant: Callable[[str, str], datetime]
) -> None:
    found = _lines(loaded("exam"), instant("exam", "event"), lines)

    assert found[3].strip() == (
        "limit 100; start timeout 1188 s; QoS Guaranteed; culling suspended"
    )
    assert found[5:] == [
        "   final  Mon 2026-12-14 13:30 EST  live, draining  culling after 10m idle",
        "   final  Mon 2026-12-14 14:00 EST  over            everything as usual",
    ]


def test_between_the_days_of_a_long_event_its_settings_go_and_its_pool_stays(
    loaded: Load, lines: Lines
) -> None:
    stack = loaded("icesat2")
    now = stack.instant("2027-06-16T19:00", stack.events[0].schedule.sessions[0].starts)

    found = _lines(stack, now, lines)
    assert [line for line in found if line.startswith(">")] == [
        ">  hackweek  Wed 2027-06-16 18:50 PDT  staged          placeholders, profile, "
        "pre-puller, spawn limit, start timeout as usual"
    ]


def test_the_changes_of_many_events_come_in_order_of_time(
    loaded: Load, lines: Lines, instant: Callable[[str, str], datetime]
) -> None:
    found = _lines(loaded("datahub"), instant("datahub", "event"), lines)

    arrows = [line for line in found if line.startswith(">")]
    times = [line[12:32] for line in found[1:] if line[3:10].strip() in ("lab", "lecture")]
    assert arrows == [
        ">  lecture  Tue 2027-01-19 10:00 PST  staged          pool e2-highmem-8, at most 15 "
        "nodes; upgrades never while it is on",
        ">  section  Thu 2027-01-21 08:00 PST  staged          pool e2-highmem-4, at most 12 "
        "nodes; upgrades never while it is on",
        ">  lab      Tue 2027-01-26 09:00 PST  live            nothing changes",
    ]
    assert times == sorted(times, key=lambda text: text[4:])
    assert found[-1].split() == ["and", "172", "more", "until", "2027-05-06"]


@pytest.mark.parametrize(("now", "arrow"), [("2027-03-04T09:32", " "), ("2027-03-04T09:33", ">")])
def test_a_change_of_home_directories_alone_has_no_event_and_no_phase(
    now: str, arrow: str, loaded: Load, lines: Lines
) -> None:
    stack = loaded("full-eks")
    found = _lines(stack, stack.instant(now, CLOCK), lines)

    assert found == [
        "   event     from                      phase  what changes",
        ">  midterm   Tue 2027-03-02 11:30 PST  over   everything as usual",
        ">  hackweek  Wed 2027-03-03 17:40 PST  over   pool, placeholders, profile, pre-puller, "
        "spawn limit, start timeout as usual",
        f"{arrow}            Thu 2027-03-04 09:33 PST         everything as usual",
    ]


def test_a_phase_that_drains_says_so(instant: Callable[[str, str], datetime]) -> None:
    at = instant("campus", "event")

    assert phase_name(Transition(at=at, phase="live", draining=True)) == "live, draining"
    assert phase_name(Transition(at=at, phase="live")) == "live"
