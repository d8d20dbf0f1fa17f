"""Whether an exam is ready: the exam guide's list, each line proved, open, or waived. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from hubs import readiness_machines as machines
from hubs import readiness_people as people
from hubs import readiness_rehearsal as run
from hubs.active import EventNow, PlannedEvent
from hubs.readiness_config import LineName
from hubs.readiness_lines import Check, Exam, Line, judged
from hubs.stack import Stack
from hubs.values_access import Values

_CHECKS: Mapping[LineName, Check] = {
    "room": people.room,
    "network": people.network,
    "dates": people.dates,
    "engineers": people.engineers,
    "access": people.access,
    "seats": machines.seats,
    "alone": machines.alone,
    "window": machines.window,
    "rehearsal": run.rehearsal,
    "measured": run.measured,
    "freeze": run.freeze,
    "warm": machines.warm,
    "image": machines.image,
    "support": people.support,
}
# What the gate recomputes from the values that will be deployed.
_RECOMPUTED: frozenset[LineName] = frozenset({"seats", "image"})


def exam_check(
    stack: Stack, event: PlannedEvent, events: Iterable[PlannedEvent], now: datetime
) -> tuple[Line, ...]:
    """Return every line of the list for an exam at an instant.

    Args:
        stack: Its stack.
        event: The exam, as it is planned.
        events: Every event of the stack.
        now: What is to come then has not been done.
    """
    exam = Exam(stack=stack, planned=event, events=tuple(events), now=now)
    return tuple(judged(exam, _CHECKS))


def is_ready(lines: Iterable[Line]) -> bool:
    """Return whether no line is open."""
    return all(line.state != "open" for line in lines)


def facts(stack: Stack, on: EventNow, events: Sequence[EventNow]) -> Values:
    """Return what the gate must know of the exams among what is on at a hub; nothing without one.

    They are judged as of the instant since when they are on, so that nothing changes in between.

    Args:
        stack: The stack.
        on: What is on at the hub.
        events: Every event of the stack as it is now.
    """
    planned = tuple(one.planned for one in events)
    checks: dict[LineName, Check] = {
        name: check for name, check in _CHECKS.items() if name not in _RECOMPUTED
    }
    exams: list[Values] = []
    for member in on.members or (on,):
        if member.planned.config.kind != "exam":
            continue
        since = member.state.at
        exam = Exam(stack=stack, planned=member.planned, events=planned, now=since)
        lines = list(judged(exam, checks))
        exams.append(
            {
                "event": member.planned.config.name,
                "open": [
                    {"line": line.name, "told": line.evidence, "write": line.write}
                    for line in lines
                    if line.state == "open"
                ],
                "waived": [
                    {"line": line.name, "told": line.evidence}
                    for line in lines
                    if line.state == "waived"
                ],
            }
        )
    return {"readiness": exams} if exams else {}
