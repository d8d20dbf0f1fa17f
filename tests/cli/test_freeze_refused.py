"""What `readyroom freeze` refuses, warns of, and cannot write by itself."""

import json
from pathlib import Path

import pytest

from tests.cli.frozen import AT, Freeze, change, fingerprints, refused


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("exam", "finl"), "event: found 'finl'; allowed: final; nearest: final"),
        (
            ("exam", "final", "--at", "2026-12-14T14:00"),
            "event: final is over since 2026-12-14 14:00 EST",
        ),
        (
            ("exam", "final", "--at", AT, "--since", "2026-12-14T14:00"),
            "since: found 2026-12-14T14:00, not before 2026-12-14 14:00 EST, when the event is "
            "over; write an earlier time",
        ),
        (
            ("exam", "final", "--at", AT, "--since", "soon"),
            "since: found 'soon'; write a quoted local time, such as \"2026-12-14T09:00\"",
        ),
        (
            ("exm", "final"),
            "stack: no file Pulumi.exm.yaml; allowed: exam; nearest: exam",
        ),
    ],
)
def test_what_cannot_be_frozen_is_refused(
    arguments: tuple[str, ...], message: str, call: Freeze
) -> None:
    assert refused(call, *arguments) == message


def test_a_stack_without_events_has_nothing_to_freeze(call: Freeze, project: Path) -> None:
    path = project / "Pulumi.exam.yaml"
    text = path.read_text("utf-8")
    path.write_text(text[: text.index("  readyroom:events:")], "utf-8")

    assert refused(call, "exam", "final") == "event: found 'final', and the stack has none"


TAG = ("digest: sha256:4f8b52e3a1d0c96b7e2f1a0d3c5b4e6f708192a3b4c5d6e7f8091a2b3c4d5e6f", "tag: v1")


def test_an_exam_is_frozen_with_a_digest(call: Freeze, project: Path) -> None:
    change(project / "hubs" / "exam.yaml", *TAG)

    assert refused(call, "exam", "final", "--at", AT) == (
        "hubs/exam.yaml: image.digest: is missing; what a tag names may change, and an exam's "
        "image may not"
    )


def test_a_class_is_warned_of_a_tag(call: Freeze, project: Path) -> None:
    change(project / "hubs" / "exam.yaml", *TAG)
    change(project / "Pulumi.exam.yaml", "kind: exam", "kind: class")

    result = call("freeze", "exam", "final", "--at", AT)

    assert result.exit_code == 0
    assert " ".join(result.stdout.split()).endswith(
        "What quay.io/jupyter/scipy-notebook:v1 is may change without anybody noticing; write "
        "image.digest. Written to Pulumi.exam.yaml."
    )


def test_a_minute_that_the_clocks_show_twice_is_written_with_its_offset(
    call: Freeze, project: Path
) -> None:
    call("freeze", "exam", "final", "--at", "2026-11-01T06:30+00:00")

    text = (project / "Pulumi.exam.yaml").read_text("utf-8")
    assert text.count('since: "2026-11-01T01:30-05:00"') == 1


def test_events_may_be_written_in_a_line_and_without_the_projects_name(
    call: Freeze, project: Path
) -> None:
    path = project / "Pulumi.exam.yaml"
    text = path.read_text("utf-8")
    start = text.index("  readyroom:events:")
    event = (
        "{name: final, hub: exam, kind: exam, users: 100, seat: {memory: 2Gi, cpu: 1}, "
        "arrivals: {within: 10m}, timezone: America/Toronto, "
        'sessions: [{starts: "2026-12-14T09:00", ends: "2026-12-14T13:30"}]}'
    )
    path.write_text(f"{text[:start]}  events: [{event}]  # one\n", "utf-8")

    environment = fingerprints(call)
    call("freeze", "exam", "final", "--at", AT)

    parts = ", ".join(f'{part}: "{found}"' for part, found in environment.items())
    freeze = f'freeze: {{since: "{AT}", environment: {{{parts}}}}}'
    last = path.read_text("utf-8").splitlines()[-1]
    assert last == f"  events: [{event[:-1]}, {freeze}}}]  # one"


def test_what_cannot_be_written_alone_is_told_to_be_written_by_hand(
    call: Freeze, project: Path
) -> None:
    environment = json.dumps(fingerprints(call))
    path = project / "Pulumi.exam.yaml"
    text = path.read_text("utf-8").replace("engineers: [first, second]", "engineers: *people")
    path.write_text(text.replace("config:\n", "x-people: &people [one]\nconfig:\n"), "utf-8")

    assert refused(call, "exam", "final", "--at", AT) == (
        "events[0]: it cannot be written there without changing something else; write it by hand: "
        f'freeze: {{"since": "{AT}", "environment": {environment}}}'
    )
