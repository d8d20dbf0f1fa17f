"""Telling mappings and lists apart in data of unknown shape. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeGuard


def is_mapping(value: object) -> TypeGuard[Mapping[str, Any]]:
    """Return whether a value is a mapping; keys of JSON and YAML objects are text."""
    return isinstance(value, Mapping)


def is_list(value: object) -> TypeGuard[Sequence[Any]]:
    """Return whether a value is a list of any kind, and not text."""
    return isinstance(value, Sequence) and not isinstance(value, str | bytes)
