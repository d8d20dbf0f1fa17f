"""Parts of chart values put together. Pure."""

from hubs.shapes import is_list, is_mapping
from hubs.values_access import Values


def joined(*parts: Values) -> Values:
    """Return parts as one: mappings are joined at every depth, lists one after the other.

    Raises:
        ValueError: two parts say different things of one key.
    """
    found: Values = {}
    for part in parts:
        for key, value in part.items():
            found[key] = _both(found[key], value, key) if key in found else value
    return found


def _both(first: object, second: object, key: str) -> object:
    if is_mapping(first) and is_mapping(second):
        return joined(dict(first), dict(second))
    if is_list(first) and is_list(second):
        return [*first, *second]
    if first != second:
        msg = f"{key} is {first!r} and {second!r}"
        raise ValueError(msg)
    return first
