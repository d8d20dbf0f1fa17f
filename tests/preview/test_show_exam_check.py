"""The list of an exam as it is printed, and as machines read it."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from hubs.readiness_lines import Line
from preview.loaded import Loaded
from preview.show_exam_check import Checked, exam_json, exam_list

LINES = (
    Line(name="room", state="proved", evidence="Hall B"),
    Line(name="network", state="open", evidence="nobody says", write="readiness.network"),
    Line(name="support", state="waived", evidence="A teacher is there. (nobody says)"),
)


def checked(loaded: Callable[[str], Loaded], found: Sequence[Line] = LINES) -> Checked:
    """Return the shipped exam with some lines."""
    now = datetime(2026, 12, 14, 13, tzinfo=UTC)
    [event] = loaded("exam").events
    return Checked(stack="exam", event=event, now=now, lines=found)


def test_each_line_stands_in_its_section_with_its_evidence(
    loaded: Callable[[str], Loaded], lines: Callable[..., list[str]]
) -> None:
    assert lines(*exam_list(checked(loaded))) == [
        "final on hub exam of exam, 100 users; looked at on Mon 2026-12-14 08:00 EST",
        "",
        "Before all: a controlled room",
        "  proved  The exam is written in a controlled room.",
        "          Hall B",
        "  open    Servers reach what was agreed, and no more.",
        "          nobody says",
        "          write readiness.network",
        "",
        "6. Help during the exam",
        "  waived  There is a place to ask, and somebody answers at once.",
        "          A teacher is there. (nobody says)",
        "",
        "Not ready: 1 proved, 1 open, 1 waived.",
    ]


def test_nothing_open_is_ready(
    loaded: Callable[[str], Loaded], lines: Callable[..., list[str]]
) -> None:
    found = checked(loaded, LINES[::2])

    assert found.is_ready
    assert lines(*exam_list(found))[-1] == "Ready: 1 proved, 1 waived."


def test_machines_read_the_same(loaded: Callable[[str], Loaded]) -> None:
    assert exam_json(checked(loaded, LINES[1:2])) == {
        "stack": "exam",
        "event": "final",
        "hub": "exam",
        "at": "2026-12-14T13:00:00+00:00",
        "ready": False,
        "lines": [
            {
                "line": "network",
                "section": "Before all: a controlled room",
                "asks": "Servers reach what was agreed, and no more.",
                "state": "open",
                "evidence": "nobody says",
                "write": "readiness.network",
            }
        ],
    }
    assert exam_json(checked(loaded, LINES[:1]))["lines"][0]["write"] is None
