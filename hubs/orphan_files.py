"""A state and a listing, as files have them. Pure."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from hubs.cloud_names import named
from hubs.mistakes import Mistake, MistakesError
from hubs.orphans import State, Thing, placeless
from hubs.shapes import is_list, is_mapping

_EXPORTED = "write what `pulumi stack export` prints"
_LISTED = 'write a list of objects such as {"type": ..., "id": ..., "tags": {...}}'
# Outputs that name the resource itself; other ARNs among them are of what it uses.
_OWN = ("arn", "accessEntryArn", "associationArn", "selfLink")
# Where resources of Pulumi's providers have tags: those given, and those with the provider's own.
_TAGS = ("tags", "labels", "resourceLabels", "tagsAll", "effectiveLabels")


def parse_state(raw: object, where: str) -> State:
    """Return what an exported state says of the stack's resources.

    Raises:
        MistakesError: it is no exported state.
    """
    deployment = raw.get("deployment") if is_mapping(raw) else None
    resources = deployment.get("resources", []) if is_mapping(deployment) else None
    if not is_list(resources) or not all(is_mapping(one) for one in resources):
        raise MistakesError([Mistake(where, f"found no resources of a deployment; {_EXPORTED}")])
    ids = {(str(one.get("type")), placeless(str(one["id"]))) for one in resources if one.get("id")}
    return State(
        urns=frozenset(str(one.get("urn")) for one in resources),
        ids=frozenset(ids),
        names=frozenset(placeless(name) for one in resources for name in _names(one)),
    )


def _names(resource: Mapping[str, Any]) -> Iterator[str]:
    outputs = resource.get("outputs")
    told = [outputs.get(key) for key in _OWN] if is_mapping(outputs) else []
    for name in (resource.get("id"), *told):
        if isinstance(name, str) and ("projects/" in name or name.startswith("arn:")):
            yield name


def parse_listing(raw: object, where: str, place: Mapping[str, str]) -> list[Thing]:
    """Return what a listing has, in our own form or with inputs and outputs as JSON.

    Args:
        raw: The file's content.
        where: What to call the file.
        place: `project` and `region`, for what names leave out.

    Raises:
        MistakesError: every row that cannot be read.
    """
    if not is_list(raw):
        raise MistakesError([Mistake(where, f"found {_brief(raw)}; {_LISTED}")])
    mistakes: list[Mistake] = []
    things = [
        thing
        for index, row in enumerate(raw)
        for thing in _thing(row, f"{where}[{index}]", place, mistakes)
    ]
    if mistakes:
        raise MistakesError(mistakes)
    return things


def _thing(
    row: object, where: str, place: Mapping[str, str], mistakes: list[Mistake]
) -> Iterator[Thing]:
    if not is_mapping(row):
        mistakes.append(Mistake(where, f"found {_brief(row)}; {_LISTED}"))
        return
    before = len(mistakes)
    mistakes += [
        Mistake(f"{where}.{key}", f"found {_brief(row.get(key))}; write text")
        for key in ("type", "id")
        if not isinstance(row.get(key), str)
    ]
    tags = dict(_tags(row, where, mistakes))
    since = row.get("since") or ""
    if not isinstance(since, str):
        mistakes.append(Mistake(f"{where}.since", f"found {_brief(since)}; write text"))
    if len(mistakes) == before:
        name = str(row["id"])
        known = named(str(row["type"]), name, place)
        yield Thing(named=known, listed=name, tags=tags, since=str(since))


def _tags(row: Mapping[str, Any], where: str, mistakes: list[Mistake]) -> Iterator[tuple[str, str]]:
    sources: list[tuple[str, object]] = [("tags", row.get("tags", {}))]
    for key in ("inputs", "outputs"):
        if key in row:
            sources += _inner(row[key], f"{where}.{key}", mistakes)
    for key, found in sources:
        if is_mapping(found):
            yield from ((str(tag), str(value)) for tag, value in found.items())
        elif key == "tags":
            told = f"found {_brief(found)}; write a mapping of text"
            mistakes.append(Mistake(f"{where}.tags", told))


def _inner(written: object, where: str, mistakes: list[Mistake]) -> Iterator[tuple[str, object]]:
    """Yield what in the JSON of a resource's inputs or outputs are tags."""
    try:
        inner = json.loads(written) if isinstance(written, str) else written
    except ValueError:
        inner = None
    if not is_mapping(inner):
        mistakes.append(Mistake(where, f"found {_brief(written)}; write an object as JSON"))
        return
    for part in (inner, inner.get("nodeConfig")):
        if is_mapping(part):
            yield from (("", part[key]) for key in _TAGS if key in part)


def _brief(found: object) -> str:
    text = repr(found)
    return text if len(text) <= 40 else f"{text[:37]}..."  # noqa: PLR2004 - what fits a line
