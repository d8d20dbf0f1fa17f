"""What a check is, and how it reads what was registered."""

import json
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from fnmatch import fnmatch
from typing import Any

Inputs = dict[str, Any]
Statement = dict[str, Any]
WORLD = ("0.0.0.0/0", "::/0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A rule for every resource of some types.

    Attributes:
        name: Checkov's, and kube-linter's where it has one.
        says: What must hold.
        types: Ends of the resource types that it is for.
        holds: Whether it does, of a resource's inputs.
        breaks: Inputs by path, each of which it must not hold with.
    """

    name: str
    says: str
    types: tuple[str, ...]
    holds: Callable[[Inputs], bool]
    breaks: Sequence[tuple[str, Any]]

    def covers(self, type_: str) -> bool:
        """Return whether the check is for a type."""
        return type_.endswith(self.types)


def at(value: Any, path: str) -> Any:  # noqa: ANN401 - any JSON value
    """Return what is at a path, or None."""
    for key in path.split("."):
        if isinstance(value, list):
            value = value[int(key)] if int(key) < len(value) else None
        else:
            value = value.get(key) if isinstance(value, dict) else None
    return value


def is_set(path: str, *allowed: object) -> Callable[[Inputs], bool]:
    """Return a check that a path has one of some values; of any value where none is given."""
    if not allowed:
        return lambda inputs: at(inputs, path) not in (None, "", [], {})
    # AWS and GCP take true as text, too.
    wanted = {str(it).lower() for it in allowed}
    return lambda inputs: str(at(inputs, path)).lower() in wanted


def both(*parts: Callable[[Inputs], bool]) -> Callable[[Inputs], bool]:
    """Return a check of several."""
    return lambda inputs: all(part(inputs) for part in parts)


def broken(inputs: Inputs, path: str, value: object) -> Inputs:
    """Return inputs with another value at a path."""
    changed = deepcopy(inputs)
    *steps, last = path.split(".")
    held: Any = changed
    for step in steps:
        held = held[int(step)] if isinstance(held, list) else held.setdefault(step, {})
    held[int(last) if isinstance(held, list) else last] = value
    return changed


def as_list(value: Any) -> list[Any]:  # noqa: ANN401 - IAM takes one or many
    """Return one or many as many."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def statements(inputs: Inputs, key: str, effect: str) -> list[Statement]:
    """Return the statements of a policy with an effect; an unknown policy is a mistake."""
    document = json.loads(inputs[key])
    return [it for it in as_list(document["Statement"]) if it["Effect"] == effect]


def policy(**statement: object) -> str:
    """Return a policy with one statement that allows something."""
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow"} | statement]})


def writes(statement: Statement) -> bool:
    """Return whether a statement is of more than looking."""
    looks = ("Describe", "Get", "List", "View")
    return any(
        not action.partition(":")[2].startswith(looks) for action in as_list(statement["Action"])
    )


def grants(statement: Statement, wanted: Sequence[str]) -> bool:
    """Return whether a statement is of one of some actions."""
    return any(fnmatch(one, it) for it in as_list(statement["Action"]) for one in wanted)


def everywhere(statement: Statement) -> bool:
    """Return whether a statement is of every resource."""
    return "*" in as_list(statement["Resource"])


def anybody(principal: str | Mapping[str, Any] | None) -> bool:
    """Return whether a principal of a statement is everybody."""
    if principal is None or isinstance(principal, str):
        return principal == "*"
    return any("*" in as_list(it) for it in principal.values())


def is_value(
    name: str, types: str | tuple[str, ...], says: str, path: str, *values: object
) -> Check:
    """Return a check of one value; it breaks where nothing, or the opposite, is."""
    opposite = {"true": False, "false": True, "None": True}
    wrong = opposite.get(str(values[0])) if values else None
    return Check(
        name=name,
        says=says,
        types=(types,) if isinstance(types, str) else types,
        holds=is_set(path, *values),
        breaks=[(path, wrong)],
    )
