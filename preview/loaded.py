"""One stack, validated and planned: what needs no engine."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from hubs.active import PlannedEvent
from hubs.deployment import plan_events
from hubs.files import StackConfig, stack_config
from hubs.mistakes import Mistake, MistakesError, nearest
from hubs.moments import moment
from hubs.stack import Stack, load_stack, set_secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A stack file, validated and planned, whatever the time."""

    root: Path
    config: StackConfig
    stack: Stack
    events: tuple[PlannedEvent, ...]

    @property
    def notes(self) -> list[str]:
        """Return what is missing of the stack, which an update refuses."""
        missing = self.stack.missing
        return [f"{key} is missing: `{set_secret(key)}` before up" for key in missing]

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


def load(root: Path, stack: str, *, strict: bool = False) -> Loaded:
    """Return a stack by its name, or by the path of its file.

    Args:
        root: The project's folder.
        stack: The name or the path.
        strict: Whether a secret that is missing is a mistake, as it is in an update.

    Raises:
        MistakesError: every mistake in its files.
    """
    path = stack_path(root, stack)
    if not path.is_file():
        known = nearest(stack, stack_names(root))
        raise MistakesError([Mistake("stack", f"no file {path.name}; {known}")])
    name = path.name.removeprefix("Pulumi.").rsplit(".", 1)[0]
    return planned(root, name, stack_config(path), strict=strict)


def planned(root: Path, name: str, config: StackConfig, *, strict: bool = False) -> Loaded:
    """Return a stack of some config, whether or not a file has it.

    Secrets that are missing have stand-ins, unless it is to be strict.

    Raises:
        MistakesError: every mistake in it.
    """
    files, secrets = root / "hubs", config.secrets
    found = load_stack(name, config.own, files, secrets=secrets, stand_in=not strict)
    whole = config.with_stand_ins(found.missing)
    return Loaded(root=root, config=whole, stack=found, events=plan_events(found))
