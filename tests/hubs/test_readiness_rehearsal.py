"""The instructor's test and the freeze after it, line by line."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from hubs.freeze_parts import RELEASE_KEYS, environment, fingerprint, unseen
from hubs.hub import HubConfig
from hubs.readiness_lines import Exam, Finding, Gap, Line, judged
from hubs.readiness_rehearsal import environment_now, freeze, measured, rehearsal
from hubs.stack import Stack
from preview.resources import Registered
from tests.hubs.exams import BEFORE, Change, Raw, changed, loaded

CHECKS = {"rehearsal": rehearsal, "measured": measured, "freeze": freeze}
DECEMBER_3 = datetime(2026, 12, 3, 13, tzinfo=UTC)
DECEMBER_4 = datetime(2026, 12, 4, 14, 45, tzinfo=UTC)
AFTER = "rehearse again, or freeze from the rehearsal on"


def found(line: str, change: Change, now: datetime = BEFORE) -> Finding:
    """Return what is found for a line of the shipped exam with some of its data changed."""
    stack, events = loaded(changed(change))
    return CHECKS[line](Exam(stack=stack, planned=events[0], events=events, now=now))


def _run(**keys: object) -> Change:
    return lambda event: event["readiness"]["rehearsal"].update(keys)


def _frozen(**keys: object) -> Change:
    return lambda event: event["freeze"].update(keys)


def _parts(**parts: str) -> Change:
    return lambda event: event["freeze"]["environment"].update(parts)


def _nothing(event: Raw) -> None:
    del event


def test_what_proves_the_lines_is_told() -> None:
    stack, events = loaded(changed(_nothing))
    said = events[0].config.readiness
    assert said

    assert found("rehearsal", _nothing) == Finding(
        proof="the instructor at 2026-12-04T10:00, with environment "
        f"{said.rehearsal.environment}, which is still there"
    )
    assert found("measured", _nothing) == Finding(
        proof="1.46 GiB at most + 25 %, 0.72 CPU + 15 %, of 3 servers in "
        "rehearsals/sample-final.csv (SAMPLE DATA)"
    )
    parts = len(environment_now(stack, events[0].hub))
    assert found("freeze", _nothing) == Finding(
        proof=f"since 2026-12-04 09:30, {parts} parts as they were"
    )


@pytest.mark.parametrize(
    ("change", "now", "told"),
    [
        (_nothing, DECEMBER_4, "the rehearsal is at 2026-12-04 10:00, which is to come"),
        (
            _run(at="2026-12-14T09:00"),
            datetime(2026, 12, 14, 15, tzinfo=UTC),
            "the rehearsal is at 2026-12-14 09:00, not before the exam at 2026-12-14 09:00",
        ),
        (
            _run(at="2026-12-04T09:29"),
            BEFORE,
            "the rehearsal is at 2026-12-04 09:29, before the freeze since 2026-12-04 09:30; "
            f"{AFTER}",
        ),
    ],
)
def test_a_rehearsal_is_after_the_freeze_and_before_the_exam(
    change: Change, now: datetime, told: str
) -> None:
    assert found("rehearsal", change, now).gaps == [Gap(told, "readiness.rehearsal.at")]


def test_a_rehearsal_of_another_environment_is_made_again() -> None:
    own = changed(_nothing)
    now = own["events"][0]["readiness"]["rehearsal"]["environment"]

    assert found("rehearsal", _run(environment="0" * 16)).gaps == [
        Gap(
            f"the rehearsal was with environment {'0' * 16}, and the hub has {now}; rehearse again",
            "readiness.rehearsal",
        )
    ]


def test_a_rehearsal_that_nobody_tells_of_is_none() -> None:
    assert found("rehearsal", lambda event: event.pop("readiness")).gaps == [
        Gap(
            "of the rehearsal, by, at, environment are missing",
            "readiness.rehearsal: by, at, environment",
        ),
    ]


def test_what_the_run_used_must_fit_the_seat() -> None:
    def smaller(event: Raw) -> None:
        event["seat"] = {"memory": "1792Mi", "cpu": "800m"}

    assert [gap.told for gap in found("measured", smaller).gaps] == [
        "memory rose to 1499 MiB, with 25 % of headroom 1874 MiB, and the seat has 1792 MiB; "
        "write seat.memory: 2048Mi",
        "CPU rose to 0.72 cores, with 15 % of headroom 0.828, and the seat has 0.8; write "
        "seat.cpu: 0.9",
    ]


@pytest.mark.parametrize(
    ("at", "fits"),
    [
        ("2026-12-04T04:00", True),
        ("2026-12-04T03:59", False),
        ("2026-12-04T11:30", True),
        ("2026-12-04T11:31", False),
    ],
)
def test_a_recording_of_another_time_is_of_another_run(at: str, *, fits: bool) -> None:
    told = "rehearsals/sample-final.csv is of 2026-12-04 10:00 to 2026-12-04 11:30, and the "
    told += f"rehearsal began at {at}"
    gaps = [] if fits else [Gap(told, "readiness.recording")]

    assert found("measured", _run(at=at)).gaps == gaps


@pytest.mark.parametrize("since", ["2026-12-04T09:30", "2026-12-14T09:01"])
def test_a_freeze_holds_already_and_before_the_exam(since: str) -> None:
    now = DECEMBER_3 if since < "2026-12-14" else datetime(2026, 12, 14, 16, tzinfo=UTC)

    assert found("freeze", _frozen(since=since), now).gaps == [
        Gap(f"it is frozen only from {since.replace('T', ' ')}", "freeze.since"),
    ]


def test_what_is_not_as_it_was_is_told_by_part() -> None:
    stack, events = loaded(changed(_nothing))
    image = environment_now(stack, events[0].hub)["image"]
    gap = Gap(
        f"image is {image}, frozen as {'0' * 16}",
        "put it back, or rehearse again and: readyroom freeze exam final",
    )

    assert found("freeze", _parts(image="0" * 16)).gaps == [gap]


LIFTED = "the freeze is lifted by first: A broken package."
OTHER_CHART = "oci://example.org/charts/jupyterhub"


def _emergency(event: Raw) -> None:
    event["freeze"]["emergency"] = {"by": "first ", "reason": " A broken package."}


def _after(change: Change) -> dict[str, Line]:
    """Return both lines where the exam's data are changed, and then the chart."""
    own = changed(change)
    own["cluster"]["charts"] = {"jupyterhub": OTHER_CHART}
    stack, events = loaded(own)
    exam = Exam(stack=stack, planned=events[0], events=events, now=BEFORE)
    lines = judged(exam, {"rehearsal": rehearsal, "freeze": freeze})
    return {line.name: line for line in lines}


def test_an_emergency_in_which_nothing_changes_excuses_nothing() -> None:
    assert found("freeze", _emergency) == found("freeze", _nothing)
    assert found("rehearsal", _emergency) == found("rehearsal", _nothing)


def test_without_an_emergency_a_change_after_the_rehearsal_is_open() -> None:
    assert {name: line.state for name, line in _after(_nothing).items()} == {
        "rehearsal": "open",
        "freeze": "open",
    }


def test_an_emergency_waives_what_it_changes_with_its_reason() -> None:
    own = changed(_nothing)
    before = own["events"][0]["freeze"]["environment"]["chart"]
    rehearsed = own["events"][0]["readiness"]["rehearsal"]["environment"]
    own["cluster"]["charts"] = {"jupyterhub": OTHER_CHART}
    now = environment_now(*_hub(own))

    assert _after(_emergency) == {
        "rehearsal": Line(
            name="rehearsal",
            state="waived",
            evidence=f"{LIFTED} (the rehearsal was with environment {rehearsed}, and the hub has "
            f"{fingerprint(now)}; rehearse again)",
        ),
        "freeze": Line(
            name="freeze",
            state="waived",
            evidence=f"{LIFTED} (chart is {now['chart']}, frozen as {before})",
        ),
    }


@pytest.mark.parametrize(
    ("change", "line", "told"),
    [
        (
            lambda event: event["readiness"].pop("rehearsal"),
            "rehearsal",
            "of the rehearsal, by, at, environment are missing",
        ),
        (_run(by=None), "rehearsal", "of the rehearsal, by is missing"),
        (
            _run(at="2026-12-04T09:29"),
            "rehearsal",
            f"the rehearsal is at 2026-12-04 09:29, before the freeze since 2026-12-04 09:30; "
            f"{AFTER}",
        ),
        (
            _frozen(since="2026-12-14T08:01"),
            "freeze",
            "it is frozen only from 2026-12-14 08:01",
        ),
    ],
)
def test_what_an_emergency_does_not_explain_stays_open(
    change: Change, line: str, told: str
) -> None:
    def both(event: Raw) -> None:
        change(event)
        _emergency(event)

    after = _after(both)[line]
    assert (after.state, after.evidence) == ("open", told)


def test_an_emergency_does_not_explain_a_rehearsal_of_what_was_never_frozen() -> None:
    def other(event: Raw) -> None:
        _run(environment="0" * 16)(event)
        _emergency(event)

    after = _after(other)
    assert {name: line.state for name, line in after.items()} == {
        "rehearsal": "open",
        "freeze": "waived",
    }


def test_a_rehearsal_without_a_freeze_is_excused_by_nothing() -> None:
    def thawed(event: Raw) -> None:
        _run(environment="0" * 16)(event)
        del event["freeze"]

    assert [gap.excused for gap in found("rehearsal", thawed).gaps] == [""]


@pytest.mark.parametrize("word", ["quiet", "warm", "event"])
def test_the_environment_is_that_of_the_release_that_the_program_registers(
    word: str, resources: Callable[[str, str], list[Registered]]
) -> None:
    stack, events = loaded(changed(_nothing))
    hub = events[0].hub
    [release] = [
        one.inputs
        for one in resources("exam", word)
        if one.type == "kubernetes:helm.sh/v3:Release" and one.inputs["name"] == "exam"
    ]
    [quiet] = [
        one.inputs["values"]
        for one in resources("exam", "quiet")
        if one.type == "kubernetes:helm.sh/v3:Release" and one.inputs["name"] == "exam"
    ]
    told = {key: release.get(key) for key in RELEASE_KEYS}

    assert environment(told, unseen(hub, quiet)) == environment_now(stack, hub)


def test_a_chart_from_elsewhere_is_part_of_the_environment() -> None:
    own = changed(_nothing)
    before = environment_now(*_hub(own))
    own["cluster"]["charts"] = {"jupyterhub": "oci://example.org/charts/jupyterhub"}
    after = environment_now(*_hub(own))

    assert {part for part in before if before[part] != after[part]} == {"chart"}


def _hub(own: Raw) -> tuple[Stack, HubConfig]:
    stack, events = loaded(own)
    return stack, events[0].hub
