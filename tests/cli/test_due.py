"""`readyroom due`: exit code 0 when nothing is, 1 when something is, 2 for bad input."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from live.engine import Done

Invoke = Callable[..., Result]
Command = Callable[..., tuple[object, str, str]]
WARM = "2027-02-01T13:50"


def _update(at: str, events: object, kind: str = "update") -> dict[str, Any]:
    config = {
        "readyroom:at": {"value": at, "secret": False},
        "readyroom:events": {"value": "", "objectValue": events, "secret": False},
    }
    started = "2027-01-20T11:00:30.000Z"
    return {"kind": kind, "result": "succeeded", "startTime": started, "config": config}


@pytest.fixture
def events(root: Path) -> list[Any]:
    """The events of the campus, as its file says them."""
    from hubs.files import stack_config  # noqa: PLC0415 - a fixture's own

    return stack_config(root / "Pulumi.campus.yaml").own["events"]  # pyright: ignore[reportReturnType] - as written


def test_nothing_due_is_exit_code_0(invoke: Invoke) -> None:
    result = invoke("due", "campus", "--since", "2027-02-01T13:43", "--at", WARM)

    assert (result.exit_code, result.stdout.splitlines()) == (
        0,
        [
            "campus, Mon 2027-02-01 13:50 CET; last update for Mon 2027-02-01 13:43 CET",
            "nothing is due",
            "next: Mon 2027-02-01 14:00 CET demo live",
        ],
    )


def test_something_due_is_exit_code_1_for_machines_too(invoke: Invoke) -> None:
    result = invoke("due", "campus", "--since", "2027-01-26T12:00", "--at", WARM, "--json")

    assert result.exit_code == 1
    assert [one["events"] for one in json.loads(result.stdout)["due"]] == [{"demo": "warm"}]


def test_a_history_may_come_from_a_file(invoke: Invoke, tmp_path: Path, events: list[Any]) -> None:
    path = tmp_path / "history.json"
    path.write_text(json.dumps([_update("now", events)]), "utf-8")

    result = invoke("due", "campus", "--history", str(path), "--at", "2027-01-21T12:00")
    assert (result.exit_code, result.stdout.splitlines()[0]) == (
        0,
        "campus, Thu 2027-01-21 12:00 CET; last update for Wed 2027-01-20 12:00 CET",
    )
    path.write_text(json.dumps([_update("now", [])]), "utf-8")
    result = invoke("due", "campus", "--history", str(path), "--at", "2027-01-21T12:00")
    assert (result.exit_code, result.stdout.splitlines()[1]) == (
        1,
        "due: the events of the stack file, which were others at the last update",
    )


def test_the_history_is_read_from_pulumi(
    invoke: Invoke, events: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def engine(_: Path) -> Callable[..., Done]:
        return lambda _: Done(code=0, out=json.dumps([_update("now", events)]))

    monkeypatch.setattr("live.engine.engine", engine)

    assert invoke("due", "campus", "--at", "2027-01-21T12:00").exit_code == 0


def test_every_mistake_is_bad_input(command: Command, tmp_path: Path, events: list[Any]) -> None:
    path = tmp_path / "history.json"

    def told(content: object) -> tuple[object, str, str]:
        text = content if isinstance(content, str) else json.dumps(content)
        path.write_text(text, "utf-8")
        return command("due", "campus", "--history", str(path))

    assert told([]) == (
        2,
        "",
        "stack: campus has no update that succeeded; bring it up first, with pulumi up\n",
    )
    assert told([_update("now", events, "destroy")]) == (
        2,
        "",
        "stack: campus was taken down; bring it up again, or schedule it no more\n",
    )
    assert told("{")[2].startswith(f"--history: {path} is no JSON: Expecting property name")
    missing = command("due", "campus", "--history", f"{path}.gone")
    assert missing == (2, "", f"--history: cannot read {path}.gone: No such file or directory\n")
