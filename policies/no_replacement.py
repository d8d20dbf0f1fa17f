"""Mandatory, always. What holds people's data, and a cluster, is replaced only if it is named.

The zone of the core nodes on EKS is part of what a cluster is: volumes stay where they are.

Beside each of them a stash holds what it was `made` as, which the engine takes from the
state, and what it is `now`. Beside one that config names, both are what it is now.

Source: terraform-provider-aws#47719, a changed version of Lustre by which the file system
was destroyed and made anew; the sources in `hubs.identity`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from pulumi_policy import (
    EnforcementLevel,
    ReportViolation,
    StackValidationArgs,
    StackValidationPolicy,
)

from hubs.identity import CLUSTERS, STRANDS, Difference, differences, taken
from hubs.shapes import is_mapping
from policies.collected import STASH, Resource
from policies.reading import Json, of_type


def _texts(value: Json) -> Mapping[str, str]:
    """Return what is text of a mapping; nothing if it is none, so of a stash of others."""
    if not is_mapping(value):
        return {}
    return {key: text for key, text in value.items() if isinstance(text, str)}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Memory:
    """What a stash tells of a cluster or a storage."""

    name: str
    token: str
    made: Mapping[str, str]
    now: Mapping[str, str]


def _memory(stash: Resource) -> _Memory:
    told = stash.props.get("input")
    found: Mapping[str, Json] = told if is_mapping(told) else {}
    return _Memory(
        name=str(found.get("name")),
        token=str(found.get("type")),
        made=_texts(found.get("made")),
        now=_texts(found.get("now")),
    )


def _message(memory: _Memory) -> str | None:
    """Return what to say; None if nothing has changed of what it was made as."""
    name, token, made, now = memory.name, memory.token, memory.made, memory.now
    found = differences(token, made, now)
    changed = ", ".join(str(change) for change in found if (token, change.path) not in STRANDS)
    if not changed:
        return _stranded(name, found[0]) if found else None
    by = "a new one, without all that runs in it" if token in CLUSTERS else "an empty one"
    blocked = taken(token, made, now)
    room = f"; the name {blocked} is taken until the old one is gone" if blocked else ""
    return (
        f"{name} would be replaced by {by}: {changed}; change it back, or add {name} to "
        f"readyroom:replace for one update{room}."
    )


def _stranded(name: str, moved: Difference) -> str:
    """Return what to say of core nodes that would leave the volumes behind."""
    return (
        f"{name} would have its core nodes in {moved.after} instead of {moved.before}, where the "
        "volumes of hubs and metrics stay: their pods would wait for ever; change cluster.zones so "
        f"that {moved.before} is the first by name, or add {name} to readyroom:replace for one "
        "update."
    )


def validate(args: StackValidationArgs, report: ReportViolation) -> None:
    """Report every cluster and storage that is no longer what it was made as."""
    urns = {(found.resource_type, found.name): found.urn for found in args.resources}
    for stash in of_type(STASH):
        memory = _memory(stash)
        message = _message(memory)
        if message is not None:
            report(message, urns.get((memory.token, memory.name), stash.urn))


no_replacement = StackValidationPolicy(
    name="no-replacement",
    description="A cluster or a storage is replaced only if readyroom:replace names it.",
    enforcement_level=EnforcementLevel.MANDATORY,
    validate=validate,
)
