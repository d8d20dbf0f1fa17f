"""Mandatory for exams. No line of the exam guide's list is open while an exam is on.

What people have done is told by the hub's facts, and nobody can recompute it. That there is one
choice of seat, and that the image is pulled beforehand, is read from what will be deployed; that
seats are equal and warm is for the rules `guaranteed-qos`, `placeholders` and `event-fits-pool`.
What is waived is told by an advisory rule.

Source: 2i2c exam guide @9ad7cd0fc, 2026-08-21: an exam that is on without two engineers, their
access, a rehearsal or a freeze is what the guide is there to prevent.
"""

from collections.abc import Iterator

from pulumi_policy import EnforcementLevel

from policies.collected import collected
from policies.reading import Event, Json, UnreadableError, list_at, look, release_values
from policies.rule import event_rule
from policies.sizes import sizes


def messages(event: Event) -> Iterator[str]:
    """Yield a message for every line that is open."""
    if event.kind != "exam":
        return
    for exam in _exams(event):
        for line in list_at(exam, "open"):
            name, told = look(line, "line"), look(line, "told")
            yield (
                f"{_of(event, exam)}line {name} of the exam guide is open: {told}; write "
                f"{look(line, 'write')}."
            )
    yield from _deployed(event)


def _exams(event: Event) -> list[Json]:
    found = list_at(collected[event.hub_urn].props, "event.readiness")
    if not found:
        msg = "readiness is missing"
        raise UnreadableError(msg)
    return list(found)


def _of(event: Event, exam: Json) -> str:
    name = str(look(exam, "event"))
    return "" if name == event.name else f"exam {name}: "


def _deployed(event: Event) -> Iterator[str]:
    values = release_values(event)
    if look(values, "prePuller.continuous.enabled", default=True) is not True:
        yield "line image of the exam guide is open: the pre-puller is off; turn it on."
    count = len(list(sizes(values)))
    if count != 1:
        yield (
            f"line seats of the exam guide is open: there are {count} sizes to choose from, and 1 "
            "is fair; leave one."
        )


def waived(event: Event) -> Iterator[str]:
    """Yield a message for every line that is waived."""
    if event.kind != "exam":
        return
    for exam in _exams(event):
        for line in list_at(exam, "waived"):
            name, told = look(line, "line"), look(line, "told")
            yield f"{_of(event, exam)}line {name} of the exam guide is waived: {told}."


exam_ready = event_rule(
    "exam-ready",
    "While an exam is on, no line of the exam guide's list is open.",
    messages,
)
exam_waived = event_rule(
    "exam-waived",
    "Nothing of the exam guide's list is waived.",
    waived,
    level=EnforcementLevel.ADVISORY,
)
