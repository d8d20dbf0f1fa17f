"""One stack, validated and planned: what needs no engine."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from hubs.active import PlannedEvent
from hubs.deployment import plan_events
from hubs.files import StackConfig, stack_config
from hubs.mistakes import Mistake, MistakesError, nearest
from hubs.moments import moment
from hubs.stack import Stack, load_stack


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A stack file, validated and planned, whatever the time."""

    root: Path
    config: StackConfig
    stack: Stack
    events: tuple[PlannedEvent, ...]

    def instant(self, written: str | None, clock: datetime) -> datetime:
        """Return the instant that a word or the stack file asks for.

        Raises:
            MistakesError: neither an instant nor a word for one.
        """
        own = self.config.own.get("at")
        return moment(written or (str(own) if own else None), self.events, clock)


def stack_names(root: Path) -> list[str]:
    """Return the names of all stack files of a project, sorted."""
    return sorted(path.name.split(".")[1] for path in root.glob("Pulumi.*.yaml"))


def stack_path(root: Path, stack: str) -> Path:
    """Return the path of a stack's file, by its name or its path."""
    return Path(stack) if stack.endswith((".yaml", ".yml")) else root / f"Pulumi.{stack}.yaml"


def load(root: Path, stack: str) -> Loaded:
    """Return a stack by its name, or by the path of its file.

    Raises:
        MistakesError: every mistake in its files.
    """
    path = stack_path(root, stack)
    if not path.is_file():
        known = nearest(stack, stack_names(root))
        raise MistakesError([Mistake("stack", f"no file {path.name}; {known}")])
    name = path.name.removeprefix("Pulumi.").rsplit(".", 1)[0]
    return planned(root, name, stack_config(path))


def planned(root: Path, name: str, config: StackConfig) -> Loaded:
    """Return a stack of some config, whether or not a file has it.

    Raises:
        MistakesError: every mistake in it.
    """
    loaded = load_stack(name, config.own, root / "hubs", secrets=config.secrets)
    return Loaded(root=root, config=config, stack=loaded, events=plan_events(loaded))
