"""What differs between two lists of resources: added, removed, changed by property."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from hubs.shapes import is_list, is_mapping
from preview.identities import without_identities
from preview.resources import Registered

Kind = Literal["added", "removed", "changed"]
ABSENT = "(absent)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference; `property`, `before` and `after` only for a changed resource."""

    kind: Kind
    urn: str
    type: str
    name: str
    property: str = ""
    before: Any = None
    after: Any = None

    def as_json(self) -> dict[str, Any]:
        """Return what machines read."""
        found = {"kind": self.kind, "urn": self.urn, "type": self.type, "name": self.name}
        if self.kind != "changed":
            return found
        return found | {"property": self.property, "before": self.before, "after": self.after}


def _key(resource: Registered) -> str:
    """Return the URN without its stack, so that two stacks can be compared."""
    return resource.urn.split("::", 2)[-1]


def diff(before: Sequence[Registered], after: Sequence[Registered]) -> list[Change]:
    """Return every difference, by URN; not of what only the state keeps."""
    old, new = ({_key(item): item for item in without_identities(side)} for side in (before, after))
    found: list[Change] = []
    for key in sorted(old.keys() | new.keys()):
        if key not in old:
            found.append(_whole("added", new[key]))
        elif key not in new:
            found.append(_whole("removed", old[key]))
        else:
            found += _changes(old[key], new[key])
    return found


def _whole(kind: Kind, resource: Registered) -> Change:
    return Change(kind=kind, urn=resource.urn, type=resource.type, name=resource.name)


def _changes(old: Registered, new: Registered) -> Iterator[Change]:
    for path, before, after in differences(old.inputs, new.inputs):
        yield Change(
            kind="changed",
            urn=new.urn,
            type=new.type,
            name=new.name,
            property=path,
            before=before,
            after=after,
        )


def differences(before: Any, after: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:  # noqa: ANN401 - any JSON value
    """Yield path, before and after of every leaf that differs."""
    if is_mapping(before) and is_mapping(after):
        for key in sorted(before.keys() | after.keys()):
            inner = f"{path}.{key}" if path else str(key)
            yield from differences(before.get(key, ABSENT), after.get(key, ABSENT), inner)
    elif is_list(before) and is_list(after) and len(before) == len(after):
        for index, (old, new) in enumerate(zip(before, after, strict=True)):
            yield from differences(old, new, f"{path}[{index}]")
    elif before != after:
        yield path, before, after
