"""Checks that no two things of a stack would be named alike. Pure."""

from collections.abc import Iterator, Sequence

from hubs.event import EventConfig
from hubs.hub import HubConfig
from hubs.mistakes import Mistake
from hubs.names import RESERVED


def check_clashes(
    hubs: Sequence[HubConfig], names: Sequence[str], events: Sequence[EventConfig | None]
) -> Iterator[Mistake]:
    """Yield names of ours, and events and options whose pool would be named like another one."""
    taken: dict[str, str] = dict.fromkeys(RESERVED, "what the program makes itself")
    for index, name in enumerate(names):
        if name in taken and name not in names[:index]:
            yield Mistake(f"hubs[{index}]", f"found {name!r}, the name of {taken[name]}; rename it")
        taken.setdefault(name, f"hub {name}")
    yield from _options(hubs, taken)
    yield from _events(events, taken)


def _options(hubs: Sequence[HubConfig], taken: dict[str, str]) -> Iterator[Mistake]:
    for hub in hubs:
        for index, option in enumerate(hub.options):
            owner, told = f"{hub.name}-{option.name}", f"option {option.name} of hub {hub.name}"
            if owner in taken:
                where = f"hubs/{hub.name}.yaml: options[{index}].name"
                yield _alike(where, taken[owner])
            taken.setdefault(owner, told)


def _events(events: Sequence[EventConfig | None], taken: dict[str, str]) -> Iterator[Mistake]:
    for index, event in enumerate(events):
        if event is None:
            continue
        if event.name in ("event", "now"):
            msg = f"found {event.name!r}, which --at understands in another way; rename it"
            yield Mistake(f"events[{index}].name", msg)
        owner, told = f"{event.hub}-{event.name}", f"event {event.name} on hub {event.hub}"
        if taken.get(owner, told) != told:
            yield _alike(f"events[{index}].name", taken[owner])
        taken.setdefault(owner, told)


def _alike(where: str, other: str) -> Mistake:
    return Mistake(where, f"its pool would be named like that of {other}; rename it")
