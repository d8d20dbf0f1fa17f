"""Whether what an update would do is the switching of events, and nothing else. Pure.

The program says, at two instants, what must exist; what differs between them is expected. What
the engine would do must lie within that. What only the engine can know, such as a password that
it makes anew, is expected where it follows from something that is.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

# Steps of the engine that change nothing in a cloud.
_NOTHING = ("same", "refresh", "read")
_KINDS = {"create": "added", "delete": "removed", "update": "changed", "replace": "changed"}
# A password is a note in the state: to make it anew takes nothing from anybody.
_ONLY_IN_STATE = "random:"
# What a provider reads back of a cloud need not be what the program wrote. Objects in a cluster
# are remembered as they were written, and they are where a hub's settings are.
_REMEMBERED_AS_WRITTEN = "kubernetes:"
_HIDDEN = ("[secret]", "[unknown]")
_QUOTED = re.compile(r'\["((?:[^"\\]|\\.)*)"\]')
_INDEX = re.compile(r"\[\d+\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """How a resource differs between two instants.

    Attributes:
        urn: The resource.
        kind: Whether only the later instant has it, only the earlier one, or both.
        before: Of properties that differ: path, and the value at the earlier instant.
    """

    urn: str
    kind: Literal["added", "removed", "changed"]
    before: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What the engine would do with a resource.

    Attributes:
        urn: The resource.
        type: Its type.
        op: What would be done.
        paths: Properties that its provider says differ.
        before: Of inputs that differ from those in the state: path, and the value there.
        hidden: Properties whose value is secret, or not known yet.
        depends: By property, the resources that its value is made of.
    """

    urn: str
    type: str
    op: str
    paths: tuple[str, ...] = ()
    before: Mapping[str, Any] = field(default_factory=dict[str, Any])
    hidden: frozenset[str] = frozenset()
    depends: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])

    @property
    def is_change(self) -> bool:
        """Return whether anything would be done."""
        return self.op not in _NOTHING


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Refusal:
    """Something that an update would do, and that is not the switching of an event."""

    urn: str
    path: str
    because: str

    @property
    def what(self) -> str:
        """Return type and name of the resource."""
        kinds, name = self.urn.split("::", 2)[-1].split("::", 1)
        return f"{kinds.rsplit('$', 1)[-1]} {name}"

    def __str__(self) -> str:
        """Return what, which property of it, and why."""
        return ": ".join(filter(None, (self.what, self.path, self.because)))


def refusals(expected: Sequence[Expected], steps: Sequence[Step]) -> list[Refusal]:
    """Return everything that no event switches, in order.

    Args:
        expected: What differs between the last instant that was applied, and the one to apply.
        steps: What the engine would do.
    """
    by_urn = {one.urn: one for one in expected}
    return sorted({found for step in steps if step.is_change for found in _of_step(step, by_urn)})


def _of_step(step: Step, expected: Mapping[str, Expected]) -> Iterator[Refusal]:
    own = expected.get(step.urn)
    if step.op == "update" and own is None:
        yield from _of_paths(step, Expected(urn=step.urn, kind="changed"), expected)
    elif own is None or _KINDS.get(step.op) != own.kind:
        yield Refusal(urn=step.urn, path="", because=f"no event asks to {step.op} it")
    elif step.op == "replace" and not step.type.startswith(_ONLY_IN_STATE):
        yield Refusal(urn=step.urn, path="", because="nothing is ever replaced by an event")
    elif own.kind == "changed":
        yield from _of_paths(step, own, expected)


def _of_paths(step: Step, own: Expected, expected: Mapping[str, Expected]) -> Iterator[Refusal]:
    loosely = not step.type.startswith(_REMEMBERED_AS_WRITTEN)
    allowed = {_normal(path, loosely=loosely) for path in own.before}
    paths = step.paths or tuple(step.before)
    if not paths:
        yield Refusal(urn=step.urn, path="", because="would change, and nobody says how")
    for written in paths:
        path = _normal(written, loosely=loosely)
        if _within(path, allowed) or _follows(step, written, expected):
            continue
        inner = [one for one in step.before if _within(_normal(one, loosely=loosely), {path})]
        beyond = [one for one in inner if not _within(_normal(one, loosely=loosely), allowed)]
        for one in beyond if inner else [written]:
            yield Refusal(urn=step.urn, path=one, because="is no setting of an event")
    if not loosely:
        yield from _unlike(step, own)


def _unlike(step: Step, own: Expected) -> Iterator[Refusal]:
    """Yield what is not as it was at the instant that was applied: somebody changed a file."""
    for path, before in step.before.items():
        if path in own.before and not _alike(before, own.before[path]):
            told = "was changed after the last update, and not by an event; deploy that first"
            yield Refusal(urn=step.urn, path=path, because=told)


def _alike(one: object, other: object) -> bool:
    """Return whether two values are the same as far as they can be seen."""
    shown = (str(one), str(other))
    return one == other or any(word in text for word in _HIDDEN for text in shown)


def _follows(step: Step, path: str, expected: Mapping[str, Expected]) -> bool:
    """Return whether a value that cannot be seen is made of something that is to change."""
    name = re.split(r"[.\[]", path, maxsplit=1)[0]
    return name in step.hidden and any(urn in expected for urn in step.depends.get(name, ()))


def _within(path: str, allowed: set[str]) -> bool:
    """Return whether a path is one of those allowed, or lies inside of one."""
    return any(path == one or path.startswith((f"{one}.", f"{one}[")) for one in allowed)


def _normal(path: str, *, loosely: bool) -> str:
    """Return a path as the program's are written; loosely, where providers number sets anew."""
    plain = _QUOTED.sub(lambda match: "." + match[1], path).lstrip(".")
    return _INDEX.sub("[]", plain) if loosely else plain
