"""What a stack was last updated to, as the Pulumi CLI remembers it."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hubs.files import PROJECT
from hubs.mistakes import Mistake, MistakesError
from hubs.shapes import is_list, is_mapping
from live.asked import UnreachableError
from live.engine import Engine

_PAGE = 50
_PRINTED = "write what `pulumi stack history --json` prints"


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """An update that succeeded, or the destruction that did.

    Attributes:
        started: When it began. Its program ran after that: what changes while an update is on
            its way may not be in it.
        planned: What it was told to plan for: a time or a word, `now` if nothing.
        events: The events of its stack file, as that said them.
        destroyed: Whether it took everything down.
    """

    started: datetime
    planned: str
    events: Sequence[Any]
    destroyed: bool = False


def last_update(raw: object, where: str) -> Update | None:
    """Return the last update of a history that succeeded; None if there was none.

    Args:
        raw: What `pulumi stack history --json` prints, the newest first.
        where: What to call it.

    Raises:
        MistakesError: it is something else.
    """
    if not is_list(raw) or not all(is_mapping(one) for one in raw):
        raise MistakesError([Mistake(where, f"found no list of updates; {_PRINTED}")])
    for one in raw:
        if one.get("kind") in ("update", "destroy") and one.get("result") == "succeeded":
            return _update(one, where)
    return None


def _update(raw: dict[str, Any], where: str) -> Update:
    config = raw.get("config")
    try:
        started = datetime.fromisoformat(str(raw.get("startTime")))
    except ValueError:
        started = None
    if started is None or started.tzinfo is None or not is_mapping(config):
        told = f"found an update without startTime and config; {_PRINTED}"
        raise MistakesError([Mistake(where, told)])
    events = _value(config, "events", "objectValue")
    return Update(
        started=started,
        planned=str(_value(config, "at", "value") or "now"),
        events=events if is_list(events) else [],
        destroyed=raw["kind"] == "destroy",
    )


def _value(config: Any, key: str, form: str) -> Any:  # noqa: ANN401 - any JSON
    found = config.get(f"{PROJECT}:{key}")
    return found.get(form) if is_mapping(found) else None


def read_last_update(stack: str, run: Engine) -> Update | None:
    """Return a stack's last update that succeeded; None if there was none.

    Raises:
        UnreachableError: the CLI is not logged in, or has no such stack.
    """
    for page in _pages(stack, run):
        found = last_update(page, "pulumi stack history")
        if found is not None:
            return found
    return None


def _pages(stack: str, run: Engine) -> Iterator[list[Any]]:
    page: list[Any] = [None] * _PAGE
    number = 0
    while len(page) == _PAGE:
        number += 1
        words = ["stack", "history", "--json", "--stack", stack]
        done = run([*words, "--page-size", str(_PAGE), "--page", str(number)])
        if done.code:
            msg = f"the history of {stack} cannot be read: {done.last_words}"
            raise UnreachableError(msg)
        page = json.loads(done.out)
        yield page
