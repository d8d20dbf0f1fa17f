"""Reads an active event, its release and its pool from collected resources."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hubs.shapes import is_list, is_mapping
from policies.collected import HUB, RELEASE, UNKNOWN, Resource, collected

Json = Any


class UnreadableError(Exception):
    """What a rule needs is missing, not known yet, or not of its kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """The facts of an active event, as its hub registered them."""

    name: str
    hub: str
    hub_urn: str
    kind: str
    users: int
    fewest_per_node: int | None
    warm_nodes: int
    storage: Json = None
    options: frozenset[str] = frozenset()


Messages = Callable[[Event], Iterable[str]]


def look(value: Json, path: str, default: Json = UNKNOWN) -> Json:
    """Return what lies at a dotted path, or the default where a key is missing.

    Raises:
        UnreadableError: missing without a default, or not known in a preview.
    """
    if value is UNKNOWN:
        msg = f"what holds {path} is not known yet"
        raise UnreadableError(msg)
    here: Json = value
    for key in path.split("."):
        if not is_mapping(here) or key not in here:
            if default is UNKNOWN:
                msg = f"{path} is missing"
                raise UnreadableError(msg)
            return default
        here = here[key]
        if here is UNKNOWN:
            msg = f"{path} is not known yet"
            raise UnreadableError(msg)
    return here


def whole(value: Json, path: str, default: int | None = None) -> int:
    """Return the whole number at a dotted path; numbers reach a policy as floats.

    Raises:
        UnreadableError: not a whole number.
    """
    found = look(value, path, UNKNOWN if default is None else default)
    if isinstance(found, bool) or not isinstance(found, int | float) or found != int(found):
        msg = f"{path} is {found!r}, not a whole number"
        raise UnreadableError(msg)
    return int(found)


def list_at(value: Json, path: str) -> Sequence[Json]:
    """Return the list at a dotted path; empty where it is missing or null.

    Raises:
        UnreadableError: something else.
    """
    found = look(value, path, None)
    if found is None:
        return []
    if not is_list(found):
        msg = f"{path} is {found!r}, not a list"
        raise UnreadableError(msg)
    return found


def mapping_at(value: Json, path: str) -> Mapping[str, Json]:
    """Return the mapping at a dotted path; empty where it is missing or null.

    Raises:
        UnreadableError: something else.
    """
    found = look(value, path, None)
    if found is None:
        return {}
    if not is_mapping(found):
        msg = f"{path} is {found!r}, not a mapping"
        raise UnreadableError(msg)
    return found


def of_type(*types: str) -> list[Resource]:
    """Return the collected resources of some types, by URN."""
    return [collected[urn] for urn in sorted(collected) if collected[urn].type in types]


def active_events() -> Iterator[Event]:
    """Yield every event that a registered hub says is active.

    Raises:
        UnreadableError: a hub's facts cannot be read.
    """
    for hub in of_type(HUB):
        facts = look(hub.props, "event", None)
        if facts is None:
            continue
        fewest = look(facts, "fewestPerNode", None) is not None
        yield Event(
            name=str(look(facts, "name")),
            hub=str(look(hub.props, "release")),
            hub_urn=hub.urn,
            kind=str(look(facts, "kind")),
            users=whole(facts, "users"),
            fewest_per_node=whole(facts, "fewestPerNode") if fewest else None,
            warm_nodes=whole(facts, "warmNodes"),
            storage=look(facts, "storage", None),
            options=frozenset(map(str, list_at(facts, "options"))),
        )


def release_values(event: Event) -> dict[str, Json]:
    """Return the Helm values of an event's hub.

    Raises:
        UnreadableError: no such release, or its values are not known.
    """
    return hub_values(event.hub)


def hub_values(hub: str) -> dict[str, Json]:
    """Return the Helm values of a hub by its name.

    Raises:
        UnreadableError: no such release, or its values are not known.
    """
    return look(hub_release(hub), "values")


def hub_release(hub: str) -> dict[str, Json]:
    """Return the inputs of the Helm release of a hub by its name.

    Raises:
        UnreadableError: no such release.
    """
    for release in of_type(RELEASE):
        named = (release.props.get("name"), release.props.get("namespace"))
        if named == (hub, hub):
            return release.props
    msg = f"release {hub} in namespace {hub} is missing"
    raise UnreadableError(msg)
