"""From pydantic's errors to mistakes as people read them. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from hubs.mistakes import Mistake, nearest, nearest_of
from hubs.shapes import is_list, is_mapping

Path = tuple[str | int, ...]
Schema = Mapping[str, Any]
T = TypeVar("T")

_UNIONS = ("union_tag_invalid", "union_tag_not_found")
_UNKNOWN_KEYS = ("extra_forbidden", "invalid_key")
_MAPPINGS = ("model_type", "model_attributes_type", "dict_type")
_FIXED = {
    "missing": "is missing; it has no default",
    "tuple_type": "found {found}; write a list",
    "too_short": "found a list of {actual_length}; write at least {min_length}",
    "too_long": "found a list of {actual_length}; write at most {max_length}",
    "string_pattern_mismatch": "found {found}; write text of the form {pattern}",
}


def shown(path: Path) -> str:
    """Return a path as people write it: `events[0].seat.memory`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def parsed(
    adapter: TypeAdapter[T], raw: object, at: Path, mistakes: list[Mistake], file: str = ""
) -> T | None:
    """Return the parsed value, or None after adding every mistake in it."""
    try:
        return adapter.validate_python(raw, by_alias=True, by_name=False)
    except ValidationError as error:
        schema = adapter.json_schema(by_alias=True)
        mistakes += _from_pydantic(error, raw, at, schema, file)
        return None


def _from_pydantic(
    error: ValidationError, raw: object, at: Path, schema: Schema, file: str
) -> Iterator[Mistake]:
    for item in error.errors():
        path, value = _resolved(item["loc"], raw)
        context = item.get("ctx", {})
        if item["type"] == "too_short" and is_list(value) and len(value) >= context["min_length"]:
            continue  # its items are mistaken, each with a message of its own
        if item["type"] in _UNIONS:
            path = (*path, context["discriminator"].strip("'"))
        where = shown((*at, *path)) or "file"
        yield Mistake(f"{file}: {where}" if file else where, _message(item, path, schema, raw))


def _resolved(path: Path, raw: object) -> tuple[Path, object]:
    """Return the path as written, without pydantic's tags for unions, and what lies there."""
    kept: list[str | int] = []
    here = raw
    for part in path:
        if part == "[key]":
            continue  # the key itself is mistaken, and ends the path already
        if is_mapping(here):
            if part not in here and part in here.values():
                continue
            kept.append(str(part))
            here = here.get(str(part))
        else:
            kept.append(part)
            here = _item(here, part)
    return tuple(kept), here


def _item(here: object, part: str | int) -> object:
    if is_list(here) and isinstance(part, int) and part < len(here):
        return here[part]
    return None


def _message(item: Any, path: Path, schema: Schema, raw: object) -> str:  # noqa: ANN401 - pydantic's error details
    kind, context = item["type"], item.get("ctx", {})
    found = "nothing" if item["input"] is None else repr(item["input"])
    if kind == "value_error":
        return str(context["error"]).replace("found None;", "found nothing;")
    if kind in _UNKNOWN_KEYS:
        return f"unknown key; {nearest(str(path[-1]), _keys_at(schema, path[:-1], raw))}"
    if kind in _UNIONS:
        return _tag(context, _tags_at(schema, path[:-1], raw))
    if kind == "literal_error":
        words = [word.strip(" '") for word in context["expected"].replace(" or ", ",").split(",")]
        return f"found {found}; {nearest_of(item['input'], words)}"
    if kind in _MAPPINGS:
        return f"found {found}; write a mapping with the keys " + ", ".join(
            _keys_at(schema, path, raw)
        )
    told = {"found": found, "told": str(item["msg"]).lower()}
    return _FIXED.get(kind, "found {found}; {told}").format(**(context | told))


def _tag(context: Mapping[str, Any], words: list[str]) -> str:
    if "tag" not in context:
        return f"is missing; {nearest('', words)}"
    return f"found {context['tag']!r}; {nearest(context['tag'], words)}"


def _keys_at(schema: Schema, path: Path, raw: object) -> list[str]:
    """Return the keys that the JSON Schema allows at a path."""
    keys: list[str] = []
    for node in _nodes_at(schema, schema, path, raw):
        keys += [key for key in node.get("properties", {}) if key not in keys]
    return keys


def _tags_at(schema: Schema, path: Path, raw: object) -> list[str]:
    """Return the kinds that a union at a path may be of."""
    found: list[str] = []
    for node in _nodes_at(schema, schema, path, raw, whole_unions=True):
        tags = {ref: tag for tag, ref in node["discriminator"]["mapping"].items()}
        found += [tags[option["$ref"]] for option in node["oneOf"]]
    return found


def _nodes_at(
    root: Schema, node: Schema, path: Path, raw: object, *, whole_unions: bool = False
) -> Iterator[Schema]:
    """Yield what the schema says at a path; of a union the branch that `raw` is of."""
    if "$ref" in node:
        inner = root["$defs"][node["$ref"].rsplit("/", 1)[1]]
        yield from _nodes_at(root, inner, path, raw, whole_unions=whole_unions)
    elif "discriminator" in node and not (whole_unions and not path):
        for branch in _branches(node, raw):
            yield from _nodes_at(root, branch, path, raw, whole_unions=whole_unions)
    elif "anyOf" in node:
        for branch in node["anyOf"]:
            yield from _nodes_at(root, branch, path, raw, whole_unions=whole_unions)
    elif not path:
        yield node
    else:
        part = path[0]
        below = _item(raw, part) if is_list(raw) else _value(raw, part)
        for inner in _inside(node, part):
            yield from _nodes_at(root, inner, path[1:], below, whole_unions=whole_unions)


def _branches(node: Schema, raw: object) -> list[Schema]:
    choice = node["discriminator"]
    chosen = choice["mapping"].get(_value(raw, choice["propertyName"]))
    return [{"$ref": chosen}] if chosen else node["oneOf"]


def _value(raw: object, key: str | int) -> Any:  # noqa: ANN401 - any YAML value
    return raw.get(str(key)) if is_mapping(raw) else None


def _inside(node: Schema, part: str | int) -> list[Schema]:
    """Return what the schema says one step below a node; nothing where it says nothing."""
    if isinstance(part, int):
        found = node.get("items")
    else:
        found = node.get("properties", {}).get(part) or node.get("additionalProperties")
    return [found] if found else []
