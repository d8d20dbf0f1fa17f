"""While an exam is on, no line of the exam guide's list is open."""

from collections.abc import Callable
from typing import Any

import pytest
from pulumi_policy import EnforcementLevel, StackValidationPolicy

from policies.exam_ready import exam_ready, exam_waived

Resources = dict[str, Any]
Judge = Callable[[StackValidationPolicy, Resources], list[str]]
Change = Callable[[Resources, str, object], None]

SINGLE = "release.values.singleuser"
OPEN = {"line": "room", "told": "no room is named", "write": "readiness.room"}
WAIVED = {"line": "support", "told": "A teacher is there. (nobody says where to ask)"}
MISSING = "Event intro: cannot be judged, readiness is missing; make it plain in the program."


def _exam(*, event: str = "intro", opened: object = (), waived: object = ()) -> Resources:
    return {"event": event, "open": list(opened), "waived": list(waived)}  # pyright: ignore[reportArgumentType, reportUnknownVariableType] - lists of lines


def test_every_open_line_is_refused_with_what_to_write(
    exam: Resources, judge: Judge, change: Change
) -> None:
    second = {"line": "dates", "told": "by is missing", "write": "readiness.datesConfirmed: by"}
    change(exam, "hub.event.readiness", [_exam(opened=[OPEN, second])])

    assert judge(exam_ready, exam) == [
        "Event intro: line room of the exam guide is open: no room is named; write readiness.room.",
        "Event intro: line dates of the exam guide is open: by is missing; write "
        "readiness.datesConfirmed: by.",
    ]


def test_one_of_several_exams_at_once_is_named(
    exam: Resources, judge: Judge, change: Change
) -> None:
    change(exam, "hub.event.readiness", [_exam(), _exam(event="other", opened=[OPEN])])
    told = "line room of the exam guide is open: no room is named; write readiness.room."

    assert judge(exam_ready, exam) == [f"Event intro: exam other: {told}"]


def test_what_is_waived_is_told_and_refuses_nothing(
    exam: Resources, judge: Judge, change: Change
) -> None:
    change(exam, "hub.event.readiness", [_exam(waived=[WAIVED])])

    assert judge(exam_ready, exam) == []
    assert judge(exam_waived, exam) == [
        "Event intro: line support of the exam guide is waived: A teacher is there. (nobody says "
        "where to ask)."
    ]
    assert exam_waived.enforcement_level is EnforcementLevel.ADVISORY


@pytest.mark.parametrize("rule", [exam_ready, exam_waived], ids=lambda rule: rule.name)
@pytest.mark.parametrize("facts", [..., None, []], ids=["left out", "null", "empty"])
def test_an_exam_of_which_nothing_is_told_is_refused(
    rule: StackValidationPolicy, facts: object, exam: Resources, judge: Judge, change: Change
) -> None:
    change(exam, "hub.event.readiness", facts)

    assert judge(rule, exam) == [MISSING]


@pytest.mark.parametrize("rule", [exam_ready, exam_waived], ids=lambda rule: rule.name)
def test_what_is_no_exam_has_no_list(
    rule: StackValidationPolicy, gke: Resources, judge: Judge, change: Change
) -> None:
    change(gke, "release.values.prePuller", {"continuous": {"enabled": False}})

    assert judge(rule, gke) == []


@pytest.mark.parametrize(
    ("enabled", "refused"), [(True, False), (..., False), (False, True), ("yes", True)]
)
def test_a_pre_puller_that_is_off_is_refused(
    exam: Resources, judge: Judge, change: Change, enabled: object, *, refused: bool
) -> None:
    change(exam, "release.values.prePuller", {"continuous": {"enabled": True}})
    change(exam, "release.values.prePuller.continuous.enabled", enabled)
    told = "line image of the exam guide is open: the pre-puller is off; turn it on."

    assert judge(exam_ready, exam) == ([f"Event intro: {told}"] if refused else [])


def test_more_than_one_size_is_refused(exam: Resources, judge: Judge) -> None:
    profiles = exam["release"]["values"]["singleuser"]["profileList"]
    profiles.append(profiles[0] | {"display_name": "larger"})

    assert judge(exam_ready, exam) == [
        "Event intro: line seats of the exam guide is open: there are 2 sizes to choose from, and "
        "1 is fair; leave one."
    ]
