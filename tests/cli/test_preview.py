"""`readyroom preview`: exit code, output for people and machines, and comparisons."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

import cli.previewing
from preview.run import Previewed

pytestmark = pytest.mark.usefixtures("shared_pack")

Invoke = Callable[..., Result]
Command = Callable[..., tuple[object, str, str]]
Previews = Callable[[str, str], Previewed]

KEYS = [
    *("stack", "at", "refused", "violations", "notApplicable", "later", "plan", "phases"),
    *("homes", "freezes", "missingSecrets", "upgrades", "resources"),
]
STACKS = "campus, datahub, exam, full-eks, full-gke, icesat2, workshop"


def _json(result: Result, code: int = 0) -> dict[str, Any]:
    assert result.exit_code == code
    return json.loads(result.stdout)


def test_machines_read_what_must_exist_and_what_an_event_switches_on(
    invoke: Invoke, previewed: Previews
) -> None:
    found = _json(invoke("preview", "campus", "--at", "event", "--json"))

    assert list(found) == [*KEYS, "diff"]
    assert (found["stack"], found["at"], found["refused"]) == (
        "campus",
        "2027-02-01T14:00:00+01:00",
        False,
    )
    assert found["resources"] == [
        it.as_json()
        for it in previewed("campus", "event").resources
        if it.type != "pulumi:index:Stash"
    ]
    assert {change.get("property", "").split(".")[0] for change in found["diff"]} == {
        "",
        "event",
        "keepers",
        "values",
    }
    assert [change for change in found["diff"] if change["kind"] != "changed"] == [
        {
            "kind": "added",
            "urn": "urn:pulumi:campus::readyroom::readyroom:hub:JupyterHub$"
            "kubernetes:policy/v1:PodDisruptionBudget::campus-users",
            "type": "kubernetes:policy/v1:PodDisruptionBudget",
            "name": "campus-users",
        }
    ]


def test_without_an_active_event_there_is_nothing_to_compare(invoke: Invoke) -> None:
    found = _json(invoke("preview", "campus", "--at", "2027-01-01T12:00", "--json"))

    assert list(found) == KEYS
    assert found["notApplicable"] == dict.fromkeys(
        [
            "no-oversubscription",
            "guaranteed-qos",
            "exam-ready",
            "event-fits-pool",
            "users-per-node",
            "placeholders",
            "pinned-versions",
            "storage-throughput",
            "quota",
            "quotas-read",
            "exam-waived",
        ],
        "no event is active at this instant",
    )


def test_people_read_one_screen_and_then_the_details(invoke: Invoke) -> None:
    result = invoke("preview", "campus", "--at", "event")

    lines = [line.rstrip() for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert lines[0] == "campus on existing, planned for Mon 2027-02-01 14:00 CET"
    sections = ["Gate", "Events", "Plan", "Timeline", "What events have switched on"]
    assert [line for line in lines if line in sections] == sections
    gate = lines.index("Gate") + 1
    assert lines[gate : gate + 2] == [
        "Fits: 16 rules hold (no-replacement, frozen, sizes-fit, core-fits, no-oversubscription, "
        "guaranteed-qos, exam-ready, event-fits-pool,",
        "users-per-node, placeholders, pinned-versions, storage-throughput, quota, quotas-read, "
        "exam-waived, freeze-kept).",
    ]
    assert lines[-30] == "29 resources"


def test_another_instant_may_be_compared_with(invoke: Invoke) -> None:
    result = invoke("preview", "campus", "--at", "event", "--against", "2027-02-01T15:00", "--json")

    assert _json(result)["diff"] == []


def test_people_read_that_two_instants_are_the_same(invoke: Invoke) -> None:
    result = invoke("preview", "campus", "--at", "event", "--against", "2027-02-01T15:00")

    assert "From 2027-02-01 15:00 CET to 2027-02-01 14:00 CET: nothing" in result.stdout


def test_an_instant_before_the_event_shows_what_it_brings(invoke: Invoke) -> None:
    before = ("--at", "event", "--against", "2027-01-01T12:00")

    [always, given] = (
        _json(invoke("preview", "campus", *how, "--json"))["diff"] for how in (before[:2], before)
    )
    assert given == always


def test_another_stack_may_be_compared_with(invoke: Invoke) -> None:
    result = invoke("preview", "campus", "--at", "event", "--against", "exam", "--json")

    added = {change["type"] for change in _json(result)["diff"] if change["kind"] == "added"}
    assert "readyroom:existing:ExistingCluster" in added
    assert "readyroom:gke:GkeCluster" not in added


def test_a_refusal_is_exit_code_1_and_says_what_is_wrong(
    invoke: Invoke, root: Path, tmp_path: Path
) -> None:
    text = (root / "Pulumi.campus.yaml").read_text("utf-8").replace("users: 21", "users: 22")
    path = tmp_path / "Pulumi.crowd.yaml"
    path.write_text(text, "utf-8")

    result = invoke("preview", str(path), "--at", "event")

    gate = " ".join(result.stdout.split("Gate")[1].split("Events")[0].split())
    assert result.exit_code == 1
    assert gate == (
        "event-fits-pool [mandatory] Event demo: 22 users need 22 seats and 3 nodes of declared "
        "offer 21 (7 each); raise cluster.nodes.count or lower seat.memory or seat.cpu. Refused."
    )


def test_what_cannot_be_compared_with_is_told_before_anything_takes_time(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli.previewing, "preview_with_later", pytest.fail)

    code, out, err = command("preview", "campus", "--at", "event", "--against", "nope")
    assert (code, out, err.partition(";")[0]) == (2, "", "--against: found 'nope'")


def test_an_event_that_is_refused_later_is_exit_code_1_now(
    invoke: Invoke, root: Path, tmp_path: Path
) -> None:
    text = (root / "Pulumi.campus.yaml").read_text("utf-8")
    first = text[text.index("    - name: demo") :].rstrip()
    later = first.replace("demo", "later").replace("users: 21", "users: 22")
    assert first.count("2027-02-01") == 2
    path = tmp_path / "Pulumi.crowd.yaml"
    path.write_text(f"{text.rstrip()}\n{later.replace('2027-02-01', '2027-03-01')}\n", "utf-8")

    result = invoke("preview", str(path), "--at", "event")

    gate = " ".join(result.stdout.split("Gate")[1].split("Events")[0].split())
    assert result.exit_code == 1
    assert gate.endswith(
        "event later, from Mon 2027-03-01 14:00 CET: refused by event-fits-pool: 22 users need 22 "
        "seats and 3 nodes of declared offer 21 (7 each); raise cluster.nodes.count or lower "
        "seat.memory or seat.cpu; see --at later"
    )
    assert gate.startswith("Fits: ")
    found = _json(invoke("preview", str(path), "--at", "event", "--json"), 1)
    assert (found["refused"], found["violations"]) == (True, [])
    assert [(one["events"], one["refused"]) for one in found["later"]] == [(["later"], True)]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["exma"], f"stack: no file Pulumi.exma.yaml; allowed: {STACKS}; nearest: exam"),
        (["no/such.yaml"], f"stack: no file such.yaml; allowed: {STACKS}"),
        (
            ["campus", "--at", "soon"],
            "at: found 'soon'; write a quoted local time, such as \"2026-12-14T09:00\"; or a "
            "word, allowed: now, event, demo",
        ),
        (
            ["campus", "--at", "2027-02-30T09:00"],
            "at: found '2027-02-30T09:00'; write a quoted local time, such as "
            '"2026-12-14T09:00"; or a word, allowed: now, event, demo',
        ),
        (
            ["campus", "--against", "?"],
            "--against: found '?'; write a quoted local time, such as \"2026-12-14T09:00\"; or a "
            f"word or a stack, allowed: now, event, demo, {STACKS}",
        ),
        (
            ["campus", "--against", "exma"],
            "--against: found 'exma'; write a quoted local time, such as \"2026-12-14T09:00\"; "
            f"or a word or a stack, allowed: now, event, demo, {STACKS}; nearest: exam",
        ),
        (
            ["campus", "--against", "2027-03-28T02:30"],
            "--against: found 2027-03-28T02:30, which a clock change in Europe/Berlin skips; write "
            f"an hour later; or a word or a stack, allowed: now, event, demo, {STACKS}",
        ),
    ],
)
def test_bad_input_is_exit_code_2_and_one_line(
    arguments: list[str], told: str, command: Command
) -> None:
    assert command("preview", *arguments) == (2, "", f"{told}\n")
