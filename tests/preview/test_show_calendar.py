"""The next changes of a stack for a reader, for machines and for calendars."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from hubs.calendars import Remark
from hubs.gap_cost import gaps
from hubs.idle import idle_costs
from hubs.idle_lines import total
from hubs.steps import steps
from preview.loaded import Loaded
from preview.show_calendar import Calendar, calendar_json, calendar_table, entries, remarks

Make = Callable[[str], Calendar]
Lines = Callable[..., list[str]]


@pytest.fixture
def make(loaded: Callable[[str], Loaded]) -> Make:
    """Make the calendar of a shipped stack, as its first session begins."""

    def made(stack: str) -> Calendar:
        of = loaded(stack)
        first = min(event.schedule.sessions[0].starts for event in of.events)
        return Calendar(
            stack=stack,
            now=first.astimezone(of.events[0].where),
            events=of.events,
            steps=steps(of.events, of.stack.cluster),
            idle=None if stack == "campus" else total(idle_costs(of.stack)),
        )

    return made


def _words(found: list[str]) -> list[str]:
    return [" ".join(line.split()) for line in found]


def test_a_row_says_when_what_changes_is_held_and_spent(make: Make, lines: Lines) -> None:
    of = make("workshop")
    shown = [of.money(step.cost) or 0 for step in of.steps]

    found = _words(lines(calendar_table(of, None)))

    assert found[0] == ("from hub event phase people warm seats nodes USD until next what changes")
    rows = [line for line in found if " workshop intro " in line]
    assert [line.split(" EST workshop ")[0] for line in rows] == [
        "Mon 2026-11-30 09:00",
        "Mon 2026-12-07 08:30",
        "> Mon 2026-12-07 09:00",
        "Mon 2026-12-07 12:00",
        "Mon 2026-12-07 13:20",
    ]
    assert [line.split(" EST workshop ")[1].split(" ", 1)[1] for line in rows[2:]] == [
        "live 240 168 35 27.52 nothing changes",
        "live, draining 240 168 35 12.23 nothing changes",
        "over 0 0 0 1.53 everything as usual",
    ]
    assert shown[2:] == [27_512_940, 12_227_974, 1_528_497]


@pytest.mark.parametrize(("count", "rows"), [(1, 2), (2, 3), (50, 3), (None, 5)])
def test_so_many_are_shown_with_what_is_in_force(make: Make, count: int | None, rows: int) -> None:
    assert len(make("workshop").shown(count)) == rows


def test_before_the_first_change_nothing_is_in_force(make: Make, lines: Lines) -> None:
    of = make("workshop")
    early = replace(of, now=of.now - timedelta(days=100))

    assert early.shown(2) == list(of.steps[:2])
    assert ">" not in "".join(lines(calendar_table(early, 2)))
    assert not any(step["current"] for step in calendar_json(early, None)["steps"])


def test_the_cost_of_an_instant_is_said_once(make: Make, lines: Lines) -> None:
    of = make("datahub")
    step = max(of.steps, key=lambda step: len(step.changes))
    twice = replace(step, changes=step.changes * 2)

    rows = [
        line for line in lines(calendar_table(replace(of, steps=[twice]), None)) if "PST" in line
    ]

    assert len(rows) == 2 * len(step.changes)
    assert sum("0.00" in line for line in rows) == 2


def test_what_the_figures_mean_is_said_below(make: Make) -> None:
    assert list(remarks(make("icesat2"), 6)) == [
        "And 12 more until 2027-06-18.",
        "At most: everybody comes, nodes of all hubs together, ten minutes until an unneeded "
        "node goes. Altogether: $415.75.",
        "Beside that $0.40 an hour, whatever happens (readyroom idle icesat2).",
        "hackweek: minimum 0 between sessions, 4 times 13h12m x 14 nodes: saves at most $280.27 "
        "against staying warm",
    ]


def test_own_nodes_have_no_number_and_no_price(make: Make, lines: Lines) -> None:
    of = make("campus")
    found = calendar_json(of, None)

    assert list(remarks(of, 1)) == [
        "And 1 more until 2027-02-01.",
        "The nodes are your own, so nothing is said of their number and price.",
    ]
    assert _words(lines(calendar_table(of, 1)))[1:] == [
        "> Mon 2027-02-01 14:00 CET campus demo live 21 21 - - nothing changes",
        "Mon 2027-02-01 16:00 CET campus demo live, draining 21 21 - - nothing changes",
    ]
    assert (found["idleMicroUsdPerHour"], found["microUsdAtMost"]) == (None, None)
    assert {step["microUsdAtMost"] for step in found["steps"]} == {None}
    assert {step["hubs"]["campus"]["nodesAtMost"] for step in found["steps"]} == {None}


def test_machines_read_the_same(make: Make) -> None:
    of = make("icesat2")
    found = calendar_json(of, 2)

    assert list(found) == ["stack", "at", "idleMicroUsdPerHour", "microUsdAtMost", "steps", "gaps"]
    assert (found["stack"], found["at"]) == ("icesat2", "2027-06-14T08:30:00-07:00")
    assert found["microUsdAtMost"] == 415_744_000
    assert found["steps"][1] == {
        "at": "2027-06-14T17:30:00-07:00",
        "until": "2027-06-14T18:50:00-07:00",
        "current": False,
        "microUsdAtMost": 10_240_000,
        "changes": [
            {
                "hub": "icesat2",
                "events": [{"event": "hackweek", "phase": "live", "draining": True, "users": 80}],
                "switched": {},
            }
        ],
        "hubs": {"icesat2": {"people": 80, "warmSeats": 56, "nodesAtMost": 20}},
    }
    [first, *_] = gaps(of.events[0])
    assert len(found["gaps"]["hackweek"]) == 4
    assert found["gaps"]["hackweek"][0] == {
        "from": "2027-06-14T18:50:00-07:00",
        "until": "2027-06-15T08:02:00-07:00",
        "nodes": 14,
        "staysWarm": False,
        "microUsdStayingWarm": first.staying.micro_usd,
        "microUsdSavedByGoing": first.saving.micro_usd,
    }
    assert calendar_json(of, None)["steps"][-1]["until"] is None


def test_a_change_of_home_directories_alone_has_no_event_and_no_phase(
    make: Make, lines: Lines
) -> None:
    of = make("full-eks")
    of = replace(of, now=of.steps[-1].at)

    [header, row] = lines(calendar_table(of, 1))
    assert _words([row]) == ["> Thu 2027-03-04 09:33 PST full-eks 0 0 0 0.00 everything as usual"]
    event, people = header.index("event"), header.index("people")
    assert row[event:people].strip() == ""
    assert calendar_json(of, 1)["steps"][0]["changes"] == [
        {"hub": "full-eks", "events": [], "switched": {"home directories": "off"}}
    ]
    assert entries(of)[-1] == Remark(
        name="full-eks: home directories", at=of.steps[-1].at, text="everything as usual"
    )


def test_a_calendar_has_an_entry_for_every_change_of_a_hub(make: Make) -> None:
    of = make("datahub")
    found = entries(of)

    assert len(found) == sum(len(step.changes) for step in of.steps)
    assert found[0] == Remark(
        name="data8: lab staged",
        at=of.steps[0].at,
        text=found[0].text,
    )
    assert found[0].text.startswith("pool ")
    assert found[-1].text == "everything as usual"
