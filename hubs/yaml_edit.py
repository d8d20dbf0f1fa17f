"""Writing one entry into a YAML text that people keep: all else stays as it is. Pure."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, cast

import yaml

from hubs.shapes import is_list, is_mapping
from hubs.yaml_text import loaded

_INDENT = 2
Entry = Mapping[str, object]


def with_entry(text: str, at: Sequence[str | int], key: str, entry: Entry) -> str:
    """Return a text in which the mapping at a path has an entry, instead of one of its key.

    Comments, quotes and order of everything else stay to the letter. The entry is written in
    the style of the mapping that it comes into, its texts in double quotes.

    Args:
        text: YAML.
        at: Keys and indices to a mapping that is there.
        key: Of the entry.
        entry: Mappings of text, at any depth.

    Raises:
        ValueError: it cannot be written there without changing something else.
    """
    holder = _node(cast("Any", yaml).compose(text, yaml.SafeLoader), at)
    found = "" if holder is None else _written(text, holder, key, entry)
    if _loaded(found) != _expected(loaded(text), at, key, entry):
        msg = "it cannot be written there without changing something else"
        raise ValueError(msg)
    return found


def _node(node: Any, at: Sequence[str | int]) -> Any:  # noqa: ANN401 - yaml's nodes are untyped
    """Return the node of a mapping at a path; None where only a merge has brought it."""
    for part in at:
        if isinstance(part, int):
            node = node.value[part]
        else:
            own = [value for name, value in node.value if name.value == part]
            if not own:
                return None
            [node] = own
    return node


def _written(text: str, holder: Any, key: str, entry: Entry) -> str:  # noqa: ANN401 - yaml's nodes are untyped
    pairs: list[tuple[Any, Any]] = holder.value
    old = next((pair for pair in pairs if pair[0].value == key), None)
    if holder.flow_style or (old is not None and _in_line(old[1])):
        return _in_flow(text, pairs, old, f"{key}: {_flow(entry)}")
    ended = "\r\n" if "\r\n" in text else "\n"
    lines = ended.join(_block({key: entry}, pairs[0][0].start_mark.column)).lstrip(" ")
    if old is not None:
        return text[: old[0].start_mark.index] + lines + text[_end(old[1]) :]
    # The mark of a text in a block of its own is behind its last line break.
    end = text.find("\n", _end(pairs[-1][1]) - 1)
    before = text[: end + 1] if end >= 0 else text + ended
    indent = " " * pairs[0][0].start_mark.column
    return f"{before}{indent}{lines}{ended}{text[len(before) :]}"


def _in_flow(
    text: str, pairs: list[tuple[Any, Any]], old: tuple[Any, Any] | None, written: str
) -> str:
    if old is not None:
        return text[: old[0].start_mark.index] + written + text[_end(old[1]) :]
    end = _end(pairs[-1][1])
    return f"{text[:end]}, {written}{text[end:]}"


def _in_line(node: Any) -> bool:  # noqa: ANN401 - yaml's nodes are untyped
    return isinstance(node, yaml.ScalarNode) or bool(node.flow_style)


def _end(node: Any) -> int:  # noqa: ANN401 - yaml's nodes are untyped
    """Return where what is written of a node ends; a block's own mark is that of the next one."""
    if _in_line(node) or not node.value:
        return node.end_mark.index
    last = node.value[-1]
    return _end(last[1] if isinstance(node, yaml.MappingNode) else last)


def _flow(value: object) -> str:
    if is_mapping(value):
        return "{" + ", ".join(f"{key}: {_flow(inner)}" for key, inner in value.items()) + "}"
    return json.dumps(value, ensure_ascii=False)


def _block(entry: Entry, column: int) -> list[str]:
    found: list[str] = []
    for key, value in entry.items():
        nested = is_mapping(value)
        found.append(" " * column + f"{key}:" + ("" if nested else f" {_flow(value)}"))
        if nested:
            found += _block(value, column + _INDENT)
    return found


def _loaded(text: str) -> object:
    try:
        return loaded(text)
    except ValueError:
        return None


def _expected(value: object, at: Sequence[str | int], key: str, entry: Entry) -> object:
    if not at:
        return {**cast("Entry", value), key: entry}
    part, rest = at[0], at[1:]
    if is_list(value):
        return [
            _expected(inner, rest, key, entry) if index == part else inner
            for index, inner in enumerate(value)
        ]
    held = cast("Entry", value)
    return {
        name: _expected(inner, rest, key, entry) if name == part else inner
        for name, inner in held.items()
    }
