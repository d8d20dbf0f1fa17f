"""What `readyroom apply` does: history, due, preview, permitted, update; nothing else."""

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from cli.due import usable
from cli.output import console, progress, project_root, write_json
from hubs.due import Due
from hubs.files import PROJECT
from hubs.mistakes import Mistake, MistakesError, nearest
from hubs.permitted import Expected, Step, refusals
from live.engine import Engine, engine
from live.history import read_last_update
from preview.applied import Applied, applied, asked_instant
from preview.loaded import Loaded, load, stack_names
from preview.run import Previewed, preview
from preview.show_due import due_json, due_lines
from preview.steps import errors, steps

Ended = Literal["nothing due", "unchanged", "refused", "permitted", "applied", "failed"]
_FINE = ("nothing due", "unchanged", "permitted", "applied")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the command line asks for."""

    stack: str
    at: str | None
    dry_run: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How it ended.

    Attributes:
        ended: In a word.
        told: Why it was refused or failed, a line each.
        steps: What would change, or has changed.
    """

    ended: Ended
    told: Sequence[str] = ()
    steps: Sequence[Step] = field(default_factory=list[Step])


def clock() -> datetime:
    """Return the time, the only thing here that is not the same twice."""
    return datetime.now(UTC)


def told(asked: Asked, *, as_json: bool) -> bool:
    """Apply what is due and tell of it; returns whether somebody must look.

    Raises:
        MistakesError: no such stack in the project, or nothing to go by.
        UnreachableError: the CLI does not answer.
    """
    root = project_root()
    known = stack_names(root)
    if asked.stack not in known:
        raise MistakesError(
            [Mistake("stack", f"found {asked.stack}; {nearest(asked.stack, known)}")]
        )
    loaded = load(root, asked.stack, strict=True)
    now = asked_instant(loaded, asked.at, clock())
    run = engine(root)
    with progress().status(f"reading the history of {loaded.stack.name}"):
        update = usable(loaded.stack.name, read_last_update(loaded.stack.name, run))
    last = applied(loaded, update.planned, update.started, update.events)
    due = last.due(loaded, now)
    outcome = _outcome(asked, loaded, last, due, run)
    _show(loaded.stack.name, due, outcome, as_json=as_json, edited=last.edited)
    return outcome.ended not in _FINE or (outcome.ended != "unchanged" and bool(due.missed))


def _outcome(asked: Asked, loaded: Loaded, last: Applied, due: Due, run: Engine) -> Outcome:
    if not (due.due or due.ahead or last.edited):
        return Outcome(ended="nothing due")
    if due.ahead and asked.at is None:
        told = (
            "the last update planned for a later instant than now; to go back, once nobody uses "
            f"what it switched on: readyroom apply {loaded.stack.name} --at now"
        )
        return Outcome(ended="refused", told=[told])
    with progress().status("planning"):
        previewed = preview(loaded, due.now)
        expected = last.expected(previewed.resources)
    if not expected:
        return Outcome(ended="unchanged")
    if previewed.verdict.refused:
        return Outcome(ended="refused", told=_violations(previewed))
    with TemporaryDirectory(prefix="readyroom-") as folder:
        return _engine(Update(loaded, due.now, Path(folder), run), expected, dry_run=asked.dry_run)


def _violations(previewed: Previewed) -> list[str]:
    return [
        f"{violation.policy} [{violation.level}] {violation.message}"
        for violation in previewed.verdict.violations
    ]


class Update:
    """A preview and the update that does exactly what it showed.

    The CLI writes what `--config` sets into the stack's file. The instant belongs to one update
    and not to the file, so both work on a copy. The plan holds the update to what the preview
    showed: something that changes in between is not swept along.
    """

    def __init__(self, loaded: Loaded, now: datetime, folder: Path, run: Engine) -> None:
        """Copy the stack file; the folder is gone afterwards."""
        name = f"Pulumi.{loaded.stack.name}.yaml"
        self._run, self._plan = run, folder / "plan.json"
        self._words = [
            *("--stack", loaded.stack.name),
            *("--policy-pack", "policies"),
            *("--config-file", str(shutil.copy(loaded.root / name, folder))),
            # Minutes only: with seconds, the CLI would take it for a date and rewrite it.
            *("--config", f"{PROJECT}:at={now.isoformat(timespec='minutes')}"),
        ]

    def preview(self) -> tuple[int, Any, str]:
        """Return exit code, digest, and the last words of its errors."""
        done = self._run(["preview", "--json", *self._words, "--save-plan", str(self._plan)])
        try:
            return done.code, json.loads(done.out), done.last_words
        except ValueError:
            return done.code or 1, {}, done.last_words

    def up(self) -> int:
        """Do what the preview showed, and return the exit code."""
        words = ["up", "--yes", *self._words, "--plan", str(self._plan)]
        return self._run(words, shown=True).code


def _engine(update: Update, expected: Sequence[Expected], *, dry_run: bool) -> Outcome:
    with progress().status("comparing with the cloud: pulumi preview"):
        code, digest, last_words = update.preview()
    if code:
        return Outcome(ended="failed", told=["pulumi preview:", *(errors(digest) or [last_words])])
    found = [step for step in steps(digest) if step.is_change]
    refused = [str(refusal) for refusal in refusals(expected, found)]
    if refused:
        return Outcome(ended="refused", told=refused, steps=found)
    if dry_run:
        return Outcome(ended="permitted", steps=found)
    code = update.up()
    if code:
        told = f"pulumi up ended with exit code {code}; the next run tries again"
        return Outcome(ended="failed", told=[told], steps=found)
    return Outcome(ended="applied", steps=found)


def _show(stack: str, due: Due, outcome: Outcome, *, as_json: bool, edited: bool) -> None:
    if as_json:
        changes = [{"urn": it.urn, "op": it.op, "paths": it.paths} for it in outcome.steps]
        found = due_json(stack, due, edited=edited)
        write_json(found | {"ended": outcome.ended, "told": outcome.told, "changes": changes})
        return
    for line in (*due_lines(stack, due, edited=edited), *outcome.told):
        console().print(line, markup=False, soft_wrap=True)
    if outcome.ended != "nothing due":
        console().print(f"{outcome.ended}: {_count(outcome.steps)}", markup=False)


def _count(found: Sequence[Step]) -> str:
    return f"{len(found)} changes" if len(found) != 1 else "1 change"
