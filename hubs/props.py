"""What a component shows of its configuration. Pure."""

import json
from typing import Any

from hubs.fields import Model
from hubs.shapes import is_list, is_mapping


def props(config: Model) -> dict[str, Any]:
    """Return a configuration as plain data, its lists in an order of their own.

    The order in which a file lists zones, networks or days decides nothing, so it changes
    nothing, either.
    """
    return _in_order(config.model_dump(mode="json", by_alias=True))


def _in_order(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    if is_mapping(value):
        return {key: _in_order(inner) for key, inner in value.items()}
    if is_list(value):
        return sorted((_in_order(inner) for inner in value), key=_text)
    return value


def _text(value: object) -> str:
    return json.dumps(value, sort_keys=True)
