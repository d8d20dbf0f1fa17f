"""`readyroom apply`, with the engine's answers written down: what it is asked, what comes of it."""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import Result

from hubs.files import stack_config
from live.engine import Done
from preview.pack import Verdict, Violation

pytestmark = pytest.mark.usefixtures("shared_pack")

Invoke = Callable[..., Result]
Command = Callable[..., tuple[object, str, str]]
URN = "urn:pulumi:campus::readyroom::readyroom:hub:JupyterHub$kubernetes:helm.sh/v3:Release::campus"
QUIET, WARM, LATE = "2027-01-26T12:00+01:00", "2027-02-01T13:50", "2027-02-01T13:59"


class Cli:
    """Stands in for Pulumi: remembers what it was asked, and what the copied stack file said."""

    def __init__(self, events: object) -> None:
        """Answer with an update on a quiet day, and with success."""
        self.asked: list[list[str]] = []
        self.copies: list[object] = []
        self.planned = QUIET
        self.events = events
        self.steps: list[dict[str, Any]] = [{"urn": URN, "op": "same"}]
        self.preview = Done(code=0)
        self.up = Done(code=0)

    def __call__(self, words: Sequence[str], *, shown: bool = False) -> Done:
        """Answer as the CLI would."""
        self.asked.append([*words])
        assert shown == (words[0] == "up")
        if words[0] == "stack":
            config = {
                "readyroom:at": {"value": self.planned},
                "readyroom:events": {"objectValue": self.events},
            }
            start = "2027-01-26T11:00:00.000Z"
            update = {"kind": "update", "result": "succeeded", "startTime": start, "config": config}
            return Done(code=0, out=json.dumps([update]))
        copy = Path(words[words.index("--config-file") + 1])
        self.copies.append(yaml.safe_load(copy.read_text("utf-8")))
        if words[0] == "up":
            return self.up
        return Done(
            code=self.preview.code,
            out=self.preview.out or json.dumps({"steps": self.steps}),
            err=self.preview.err,
        )

    @property
    def verbs(self) -> list[str]:
        """The first two words of everything that was asked."""
        return [" ".join(words[:2]) for words in self.asked]


@pytest.fixture
def cli(root: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Put it in the place of the CLI."""
    found = Cli(stack_config(root / "Pulumi.campus.yaml").own["events"])
    monkeypatch.setattr("cli.applying.engine", lambda _: found)
    monkeypatch.setattr("cli.applying.clock", lambda: datetime(2027, 1, 27, 11, tzinfo=UTC))
    return found


def _last(result: Result) -> str:
    return result.stdout.splitlines()[-1]


def test_nothing_due_asks_for_the_history_alone(invoke: Invoke, cli: Cli) -> None:
    result = invoke("apply", "campus", "--at", "2027-01-27T12:00")

    assert (result.exit_code, cli.verbs) == (0, ["stack history"])
    assert result.stdout.splitlines()[1:] == [
        "nothing is due",
        "next: Mon 2027-02-01 13:43 CET demo warm",
    ]


def test_what_is_due_is_previewed_and_applied_at_the_same_instant(
    invoke: Invoke, cli: Cli, root: Path
) -> None:
    cli.steps = [{"urn": URN, "op": "update", "diffReasons": ["values.hub.concurrentSpawnLimit"]}]
    result = invoke("apply", "campus", "--at", WARM)

    assert (result.exit_code, _last(result)) == (0, "applied: 1 change")
    [_, preview, up] = cli.asked
    folder = Path(preview[preview.index("--config-file") + 1]).parent
    both = [
        *("--stack", "campus"),
        *("--policy-pack", "policies"),
        *("--config-file", str(folder / "Pulumi.campus.yaml")),
        *("--config", "readyroom:at=2027-02-01T13:50+01:00"),
    ]
    plan = str(folder / "plan.json")
    assert preview == ["preview", "--json", *both, "--save-plan", plan]
    assert up == ["up", "--yes", *both, "--plan", plan]
    said = yaml.safe_load((root / "Pulumi.campus.yaml").read_text("utf-8"))
    assert (cli.copies, folder.exists()) == ([said, said], False)


def test_a_late_change_is_applied_and_still_an_alert(invoke: Invoke, cli: Cli) -> None:
    result = invoke("apply", "campus", "--at", LATE)

    assert (result.exit_code, cli.verbs[-1]) == (1, "up --yes")
    assert result.stdout.splitlines()[1] == (
        "missed: Mon 2027-02-01 13:43 CET demo warm; 16m ago, slack 15m"
    )
    assert _last(result) == "applied: 0 changes"


def test_a_change_that_no_event_makes_is_refused_before_anything_is_done(
    invoke: Invoke, cli: Cli
) -> None:
    cli.steps = [{"urn": URN, "op": "update", "diffReasons": ["values.hub.image"]}]
    result = invoke("apply", "campus", "--at", WARM)

    assert (result.exit_code, [words[0] for words in cli.asked]) == (1, ["stack", "preview"])
    assert result.stdout.splitlines()[-2:] == [
        "kubernetes:helm.sh/v3:Release campus: values.hub.image: is no setting of an event",
        "refused: 1 change",
    ]


def test_a_dry_run_stops_before_the_update(invoke: Invoke, cli: Cli) -> None:
    result = invoke("apply", "campus", "--at", WARM, "--dry-run", "--json")

    found = json.loads(result.stdout)
    assert (result.exit_code, [words[0] for words in cli.asked]) == (0, ["stack", "preview"])
    assert (found["ended"], found["told"], found["changes"]) == ("permitted", [], [])
    assert [one["events"] for one in found["due"]] == [{"demo": "warm"}]


def test_where_nothing_differs_nothing_is_asked(invoke: Invoke, cli: Cli) -> None:
    cli.planned = WARM
    result = invoke("apply", "campus", "--at", "2027-02-01T14:05")

    assert (result.exit_code, cli.verbs, _last(result)) == (
        0,
        ["stack history"],
        "unchanged: 0 changes",
    )


def test_other_events_in_the_file_are_applied(invoke: Invoke, cli: Cli) -> None:
    cli.events = []
    result = invoke("apply", "campus", "--at", "2027-01-27T12:00")

    assert (result.exit_code, _last(result)) == (0, "applied: 0 changes")
    assert result.stdout.splitlines()[1].startswith("due: the events of the stack file")


def test_what_is_ahead_of_its_time_is_taken_back_only_on_request(invoke: Invoke, cli: Cli) -> None:
    cli.planned = "event"
    result = invoke("apply", "campus")

    assert (result.exit_code, cli.verbs) == (1, ["stack history"])
    assert result.stdout.splitlines()[-2:] == [
        "the last update planned for a later instant than now; to go back, once nobody uses what "
        "it switched on: readyroom apply campus --at now",
        "refused: 0 changes",
    ]
    result = invoke("apply", "campus", "--at", "2027-01-27T12:00")
    assert (result.exit_code, _last(result)) == (0, "applied: 0 changes")


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (Done(code=255, err="error: the stack is locked\n"), ["error: the stack is locked"]),
        (Done(code=0, out="no JSON"), ["exit code 0"]),
        (
            Done(
                code=1,
                out=json.dumps(
                    {"diagnostics": [{"severity": "error", "message": "preview failed"}]}
                ),
            ),
            ["preview failed"],
        ),
    ],
)
def test_a_preview_that_fails_is_told(
    answer: Done, told: list[str], invoke: Invoke, cli: Cli
) -> None:
    cli.preview = answer
    result = invoke("apply", "campus", "--at", WARM)

    assert result.exit_code == 1
    assert result.stdout.splitlines()[-2 - len(told) :] == [
        "pulumi preview:",
        *told,
        "failed: 0 changes",
    ]


def test_an_update_that_fails_is_told(invoke: Invoke, cli: Cli) -> None:
    cli.up = Done(code=255)
    result = invoke("apply", "campus", "--at", WARM)

    assert result.exit_code == 1
    assert result.stdout.splitlines()[-2:] == [
        "pulumi up ended with exit code 255; the next run tries again",
        "failed: 0 changes",
    ]


def test_what_the_gate_refuses_is_not_shown_to_the_engine(
    invoke: Invoke, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    violation = Violation(policy="fits", level="mandatory", urn="", message="2 of 3 seats")
    verdict = Verdict(rules=("fits",), violations=(violation,), not_applicable={})
    monkeypatch.setattr("preview.pack.Pack.judge", lambda *_: verdict)
    result = invoke("apply", "campus", "--at", WARM)

    assert (result.exit_code, cli.verbs) == (1, ["stack history"])
    assert result.stdout.splitlines()[-2:] == [
        "fits [mandatory] 2 of 3 seats",
        "refused: 0 changes",
    ]


def test_a_stack_that_was_never_up_is_bad_input(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cli.applying.engine", lambda _: lambda _: Done(code=0, out="[]"))

    assert command("apply", "campus") == (
        2,
        "",
        "stack: campus has no update that succeeded; bring it up first, with pulumi up\n",
    )


def test_only_a_stack_of_the_project_is_applied(command: Command) -> None:
    code, out, err = command("apply", "Pulumi.campus.yaml")

    assert (code, out) == (2, "")
    assert err.startswith("stack: found Pulumi.campus.yaml; allowed: campus, ")
