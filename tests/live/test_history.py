"""The last update of a stack, out of what the CLI prints."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from hubs.mistakes import MistakesError
from live.asked import UnreachableError
from live.engine import Done
from live.history import Update, last_update, read_last_update

STARTED = datetime(2026, 11, 21, 19, 38, 41, tzinfo=UTC)


def _raw(kind: str = "update", result: str = "succeeded", **config: Any) -> dict[str, Any]:  # noqa: ANN401 - any value
    return {
        "version": 0,
        "kind": kind,
        "startTime": "2026-11-21T19:38:41.000Z",
        "endTime": "2026-11-21T19:58:00.000Z",
        "result": result,
        "config": {f"readyroom:{key}": value for key, value in config.items()},
    }


EVENTS = {"value": '[{"name":"intro"}]', "objectValue": [{"name": "intro"}], "secret": False}
TOLD = _raw(at={"value": "2026-12-07T08:31-05:00", "secret": False}, events=EVENTS)


def test_an_update_is_known_by_its_start_its_instant_and_its_events() -> None:
    assert last_update([TOLD], "h") == Update(
        started=STARTED, planned="2026-12-07T08:31-05:00", events=[{"name": "intro"}]
    )


def test_an_update_that_was_told_nothing_planned_for_its_clock_and_for_no_events() -> None:
    assert last_update([_raw()], "h") == Update(started=STARTED, planned="now", events=[])


def test_only_updates_and_destructions_that_succeeded_count() -> None:
    before = [_raw("refresh"), _raw("update", "failed"), _raw("update", "in-progress")]

    assert last_update(before, "h") is None
    assert last_update([*before, TOLD, _raw()], "h") == last_update([TOLD], "h")
    gone = last_update([*before, _raw("destroy"), TOLD], "h")
    assert gone == Update(started=STARTED, planned="now", events=[], destroyed=True)


@pytest.mark.parametrize("raw", [{}, "text", [1], None])
def test_what_is_no_history_is_refused(raw: object) -> None:
    with pytest.raises(MistakesError) as caught:
        last_update(raw, "h.json")
    assert str(caught.value) == (
        "h.json: found no list of updates; write what `pulumi stack history --json` prints"
    )


@pytest.mark.parametrize(
    "change", [{"startTime": "soon"}, {"startTime": "2026-11-21T19:38:41"}, {"config": None}]
)
def test_an_update_that_does_not_say_when_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(MistakesError) as caught:
        last_update([TOLD | change], "h.json")
    assert str(caught.value) == (
        "h.json: found an update without startTime and config; write what "
        "`pulumi stack history --json` prints"
    )


class _Cli:
    """Answers with a page after the other."""

    def __init__(self, *answers: Done) -> None:
        self.asked: list[list[str]] = []
        self._answers = list(answers)

    def __call__(self, words: Sequence[str], *, shown: bool = False) -> Done:
        self.asked.append([*words, *(["shown"] * shown)])
        return self._answers[len(self.asked) - 1]


def _page(*updates: dict[str, Any]) -> Done:
    return Done(code=0, out=json.dumps(updates))


def _words(page: int) -> list[str]:
    stack = ["--json", "--stack", "lab"]
    return ["stack", "history", *stack, "--page-size", "50", "--page", str(page)]


def test_the_history_is_read_page_by_page_until_one_succeeded() -> None:
    failed = _raw(result="failed")
    cli = _Cli(_page(*[failed] * 50), _page(failed, TOLD))

    assert read_last_update("lab", cli) == last_update([TOLD], "h")
    assert cli.asked == [_words(1), _words(2)]


def test_a_history_without_success_is_read_to_its_end() -> None:
    cli = _Cli(_page(_raw(result="failed")))

    assert read_last_update("lab", cli) is None
    assert cli.asked == [_words(1)]


def test_a_cli_that_refuses_is_told_in_one_line() -> None:
    cli = _Cli(Done(code=255, err="error: no stack named 'lab' found\n"))

    with pytest.raises(UnreachableError) as caught:
        read_last_update("lab", cli)
    assert str(caught.value) == (
        "the history of lab cannot be read: error: no stack named 'lab' found"
    )
