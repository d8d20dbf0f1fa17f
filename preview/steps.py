"""What the engine says that it would do, and what the program says that should differ."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from hubs.permitted import Expected, Step
from hubs.shapes import is_list, is_mapping
from preview.diff import Change, differences
from preview.resources import plain

_HIDDEN = ("[secret]", "[unknown]")
# What a bridge to a provider notes beside the inputs.
_NOTES = "__defaults"
# The engine leaves the stack out of the URN of what is directly below it; the SDK's monitor
# does not.
_BELOW_STACK = "::pulumi:pulumi:Stack$"


Json = Mapping[str, Any]


def steps(digest: Json) -> list[Step]:
    """Return the steps of what `pulumi preview --json` prints."""
    found: Sequence[Json] = digest.get("steps") or []
    return [_step(one) for one in found]


def errors(digest: Json) -> list[str]:
    """Return the errors among the diagnostics of what `pulumi preview --json` prints."""
    told: list[Json] = digest.get("diagnostics") or []
    return [str(one["message"]).strip() for one in told if one.get("severity") == "error"]


def expected(changes: Sequence[Change]) -> list[Expected]:
    """Return what differs between two instants, one for each resource."""
    found: dict[str, Expected] = {}
    for change in changes:
        urn = change.urn.replace(_BELOW_STACK, "::")
        before = dict(found[urn].before) if urn in found else {}
        if change.kind == "changed":
            before[change.property] = change.before
        found[urn] = Expected(urn=urn, kind=change.kind, before=before)
    return list(found.values())


def _step(raw: Json) -> Step:
    old: Json = raw.get("oldState") or {}
    new: Json = raw.get("newState") or {}
    depends: Mapping[str, Sequence[str]] = new.get("propertyDependencies") or {}
    before, after = (_inputs(state) for state in (old, new))
    changed = {path: was for path, was, _ in differences(before, after)}
    return Step(
        urn=raw["urn"],
        type=str((new or old).get("type", "")),
        op=raw["op"],
        paths=tuple(sorted(raw.get("detailedDiff") or raw.get("diffReasons") or ())),
        before=changed if old and new else {},
        hidden=frozenset(name for name, value in after.items() if _is_hidden(value)),
        depends={name: tuple(urns) for name, urns in depends.items()},
    )


def _inputs(state: Json) -> dict[str, Any]:
    return _without_notes(plain(state.get("inputs") or {}))


def _without_notes(value: Any) -> Any:  # noqa: ANN401 - any JSON
    if is_mapping(value):
        return {key: _without_notes(inner) for key, inner in value.items() if key != _NOTES}
    return [_without_notes(inner) for inner in value] if is_list(value) else value


def _is_hidden(value: Any) -> bool:  # noqa: ANN401 - any JSON
    return any(leaf in _HIDDEN for leaf in _leaves(value))


def _leaves(value: Any) -> Iterator[Any]:  # noqa: ANN401 - any JSON
    if is_mapping(value):
        for inner in value.values():
            yield from _leaves(inner)
    elif is_list(value):
        for inner in value:
            yield from _leaves(inner)
    else:
        yield value
