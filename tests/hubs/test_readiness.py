"""The shipped exam is ready because of its data: without any of them one line is open."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from hubs.active import at, on_hub
from hubs.mistakes import MistakesError
from hubs.readiness import exam_check, facts, is_ready
from hubs.readiness_lines import ITEMS
from tests.hubs.exams import BEFORE, ROOT, Raw, changed, lines_of, loaded, raw_stack

Path = tuple[str | int, ...]
# The line that each part of an exam's data proves; the longest path counts.
PROVES: dict[Path, str] = {
    ("sessions",): "dates",
    ("engineers",): "engineers",
    ("freeze",): "freeze",
    ("readiness", "room"): "room",
    ("readiness", "network"): "network",
    ("readiness", "datesConfirmed"): "dates",
    ("readiness", "onCall"): "engineers",
    ("readiness", "access"): "access",
    ("readiness", "rehearsal"): "rehearsal",
    ("readiness", "recording"): "measured",
    ("readiness", "support"): "support",
}
# What a session or a freeze cannot be without is refused as a whole.
NEEDED = ("starts", "ends", "since", "environment")


def _inside(value: object, path: Path) -> Iterator[Path]:
    yield path
    items = value.items() if isinstance(value, dict) else ()
    for key, inner in list(enumerate(value)) if isinstance(value, list) else list(items):
        yield from _inside(inner, (*path, key))


def _at(event: Raw, path: Path) -> Any:  # noqa: ANN401 - any YAML value
    found: Any = event
    for key in path:
        found = found[key]
    return found


def _data() -> list[Path]:
    """Return every datum of the shipped exam, small and large, that may be left out."""
    event = raw_stack()["events"][0]
    found = [path for start in PROVES for path in _inside(_at(event, start), start)]
    return [
        path
        for path in found
        if path != ("sessions",) and not (path[0] in ("sessions", "freeze") and path[-1] in NEEDED)
    ]


def _line(path: Path) -> str:
    return next(line for start, line in PROVES.items() if path[: len(start)] == start)


@pytest.fixture(scope="module")
def shipped() -> Raw:
    """The shipped exam stack, as data."""
    return raw_stack()


def test_the_shipped_exam_is_ready_by_its_data(shipped: Raw) -> None:
    stack, events = loaded(shipped)
    lines = exam_check(stack, events[0], events, BEFORE)

    assert [(line.name, line.state) for line in lines] == [(name, "proved") for name in ITEMS]
    assert is_ready(lines)
    assert len(_data()) == 65


@pytest.mark.parametrize("path", _data(), ids=lambda path: ".".join(map(str, path)))
def test_without_a_datum_its_line_and_only_its_line_is_open(path: Path) -> None:
    own = raw_stack()
    holder = _at(own["events"][0], path[:-1])
    del holder[path[-1]]

    found = lines_of(own)

    assert {name: line.state for name, line in found.items() if line.state != "proved"} == {
        _line(path): "open"
    }
    assert found[_line(path)].write != ""
    assert not is_ready(found.values())


@pytest.mark.parametrize("key", ["since", "environment"])
def test_what_a_freeze_cannot_be_without_is_refused(key: str) -> None:
    with pytest.raises(MistakesError, match=rf"^events\[0\]\.freeze\.{key}: "):
        loaded(changed(lambda event: event["freeze"].pop(key)))


@pytest.mark.parametrize("stack", ["full-gke", "full-eks"])
def test_the_other_shipped_exams_are_ready_when_they_begin(stack: str) -> None:
    from preview.loaded import load  # noqa: PLC0415 - what only this test needs

    found = load(ROOT, stack)
    [exam] = [event for event in found.events if event.config.kind == "exam"]
    now = exam.schedule.sessions[0].starts - exam.lead.span

    assert is_ready(exam_check(found.stack, exam, found.events, now))


def test_the_gate_is_told_what_people_have_not_done() -> None:
    own = changed(lambda event: event["readiness"].pop("room"))
    own["events"][0]["readiness"].pop("support")
    own["events"][0]["readiness"]["waived"] = [{"line": "room", "reason": "Written at home."}]
    stack, events = loaded(own)
    now = [at(event, BEFORE.replace(minute=31)) for event in events]
    on = on_hub(events[0].hub, now)
    assert on is not None

    assert facts(stack, on, now) == {
        "readiness": [
            {
                "event": "final",
                "open": [
                    {
                        "line": "support",
                        "told": "nobody says where to ask; nobody says how soon there is an answer",
                        "write": "readiness.support.channel; readiness.support.respondsWithin",
                    }
                ],
                "waived": [{"line": "room", "told": "Written at home. (no room is named)"}],
            }
        ]
    }
    assert facts(stack, now[0], now) == facts(stack, on, now)


def test_the_gate_is_told_nothing_of_what_is_no_exam(shipped: Raw) -> None:
    own = deepcopy(shipped)
    own["events"][0]["kind"] = "workshop"
    stack, events = loaded(own)
    now = [at(event, BEFORE.replace(minute=31)) for event in events]

    assert facts(stack, now[0], now) == {}
