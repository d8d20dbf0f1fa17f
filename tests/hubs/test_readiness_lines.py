"""How a line stands: proved, open, or waived with a reason."""

from datetime import timedelta

import pytest

from hubs.readiness_lines import ITEMS, Exam, Finding, Gap, Line, judged
from tests.hubs.exams import BEFORE, Raw, changed, loaded

GAPS = [Gap("one is missing", "a"), Gap("two is missing", "b"), Gap("three", "a")]
EXCUSED = Gap("one differs", "put it back", "broken")


def exam_of(*waived: Raw) -> Exam:
    """Return the shipped exam with some lines waived."""
    stack, events = loaded(changed(lambda event: event["readiness"].update(waived=list(waived))))
    return Exam(stack=stack, planned=events[0], events=events, now=BEFORE)


def room(found: Finding, *waived: Raw) -> list[Line]:
    """Return how the line of the room stands with a finding."""
    return list(judged(exam_of(*waived), {"room": lambda _: found}))


WAIVED: Raw = {"line": "room", "reason": "Written at home."}


def test_a_line_without_a_gap_is_proved_even_where_it_is_waived() -> None:
    proved = [Line(name="room", state="proved", evidence="Hall B")]

    assert room(Finding(proof="Hall B")) == proved
    assert room(Finding(proof="Hall B"), WAIVED) == proved


def test_every_gap_of_an_open_line_is_told_and_what_to_write_once() -> None:
    told = "one is missing; two is missing; three"

    assert room(Finding(proof="", gaps=GAPS)) == [
        Line(name="room", state="open", evidence=told, write="a; b"),
    ]


@pytest.mark.parametrize("waiver", [{"line": "room"}, {"line": "support", "reason": "Nobody."}])
def test_a_waiver_without_a_reason_or_of_another_line_is_none(waiver: Raw) -> None:
    [line] = room(Finding(proof="", gaps=GAPS[:1]), waiver)

    assert line.state == "open"


def test_a_waived_line_tells_the_reason_and_what_is_missing() -> None:
    assert room(Finding(proof="", gaps=GAPS[:1]), WAIVED) == [
        Line(name="room", state="waived", evidence="Written at home. (one is missing)"),
    ]


@pytest.mark.parametrize(
    ("gaps", "waived", "line"),
    [
        ([EXCUSED], (), Line(name="room", state="waived", evidence="broken (one differs)")),
        (
            [EXCUSED, EXCUSED],
            (),
            Line(name="room", state="waived", evidence="broken (one differs; one differs)"),
        ),
        # What is not excused is open, and what is excused is not asked for.
        (
            [EXCUSED, *GAPS[:1]],
            (),
            Line(name="room", state="open", evidence="one is missing", write="a"),
        ),
        (
            [EXCUSED, *GAPS[:1]],
            (WAIVED,),
            Line(
                name="room",
                state="waived",
                evidence="Written at home. (one differs; one is missing)",
            ),
        ),
    ],
)
def test_a_gap_is_excused_alone(gaps: list[Gap], waived: tuple[Raw, ...], line: Line) -> None:
    assert room(Finding(proof="", gaps=gaps), *waived) == [line]


def test_lines_come_in_the_order_of_the_guide() -> None:
    def check(_: Exam) -> Finding:
        return Finding(proof="")

    lines = list(judged(exam_of(), {"support": check, "dates": check, "room": check}))

    assert [line.name for line in lines] == ["room", "dates", "support"]
    sections = list(dict.fromkeys(item.section for item in ITEMS.values()))
    assert [section[:2] for section in sections] == ["Be", "1.", "2.", "3.", "4.", "5.", "6."]
    assert [line.item for line in lines] == [ITEMS["room"], ITEMS["dates"], ITEMS["support"]]


def test_the_next_session_is_the_one_that_is_on_or_to_come_or_the_last() -> None:
    exam = exam_of()
    first, last = exam.sessions
    after = {
        hours: Exam(
            stack=exam.stack,
            planned=exam.planned,
            events=exam.events,
            now=first.starts + timedelta(hours=hours),
        ).next_session
        for hours in (-1, 2, 3, 9)
    }

    assert after == {-1: first, 2: first, 3: last, 9: last}
