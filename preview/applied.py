"""What a stack's last update planned for: its instant, and the events as they were said then."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from hubs.due import Due, due
from hubs.mistakes import Mistake, MistakesError
from hubs.moments import moment
from hubs.permitted import Expected
from preview.diff import diff
from preview.loaded import Loaded, planned
from preview.resources import Registered
from preview.run import resources_at
from preview.steps import expected

_FIXED = (
    "found {found!r} in the stack file, which holds time still; pulumi config rm at --stack {stack}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What the last update planned for.

    Attributes:
        loaded: The stack of the files, with the events of that update.
        at: The instant.
        edited: Whether the stack file says other events now.
    """

    loaded: Loaded
    at: datetime
    edited: bool = False

    def due(self, loaded: Loaded, now: datetime) -> Due:
        """Return what of a stack's events is due."""
        return due(loaded.stack.cluster, loaded.events, self.at, now)

    def expected(self, wanted: Sequence[Registered]) -> list[Expected]:
        """Return how what is wanted differs from what the program wanted then."""
        return expected(diff(resources_at(self.loaded, self.at), wanted))


def applied(
    loaded: Loaded, word: str, clock: datetime, events: Sequence[Any] | None = None
) -> Applied:
    """Return what the last update planned for.

    Args:
        loaded: The stack as files say it now.
        word: What the update was told to plan for.
        clock: When it began.
        events: The events of its stack file; None for those that it says now.

    Raises:
        MistakesError: those events do not go with the files any more.
    """
    own = loaded.config.own
    if events is None or list(events) == own.get("events", []):
        return Applied(loaded=loaded, at=moment(word, loaded.events, clock))
    config = replace(loaded.config, own={**own, "events": list(events)})
    try:
        then = planned(loaded.root, loaded.stack.name, config)
    except MistakesError as error:
        told = "of the last update do not go with the files any more; deploy by hand"
        raise MistakesError([Mistake("events", told), *error.mistakes]) from None
    edited = then.stack.events != loaded.stack.events
    return Applied(loaded=then, at=moment(word, then.events, clock), edited=edited)


def asked_instant(loaded: Loaded, written: str | None, clock: datetime) -> datetime:
    """Return the instant that is asked for, or the clock's; never one that a file holds.

    Raises:
        MistakesError: the file holds one, or it is no instant.
    """
    found = loaded.config.own.get("at", "now")
    if found != "now":
        told = _FIXED.format(found=str(found), stack=loaded.stack.name)
        raise MistakesError([Mistake("at", told)])
    return moment(written, loaded.events, clock)
