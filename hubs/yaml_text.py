"""YAML as the Pulumi CLI reads it: keys are text, none is there twice. Pure.

A quoted date stays text. An unquoted one is text, too, in the form that the CLI makes of
it, so that a preview accepts and refuses what an update would.
"""

import re
from typing import Any, cast

import yaml

_TIMESTAMP = "tag:yaml.org,2002:timestamp"
_NAIVE = re.compile(r"(\d{4}-\d\d-\d\d)[Tt ]+(\d\d:\d\d:\d\d)(?:\.\d+)?")


class _Loader(yaml.SafeLoader):
    """A safe loader with the constructors below."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[str, object]:
    own = [_key(loader, key) for key, _ in node.value if key.tag != "tag:yaml.org,2002:merge"]
    for index, (key, line) in enumerate(own):
        if key in [earlier for earlier, _ in own[:index]]:
            msg = f"line {line}: key {key!r} is there twice"
            raise yaml.YAMLError(msg)
    loader.flatten_mapping(node)
    build = cast("Any", loader).construct_object
    return {_key(loader, key)[0]: build(value, deep=True) for key, value in node.value}


def _key(loader: _Loader, node: Any) -> tuple[str, int]:  # noqa: ANN401 - yaml's nodes are untyped
    line = node.start_mark.line + 1
    if not isinstance(node, yaml.ScalarNode):
        found = cast("Any", loader).construct_object(node, deep=True)
        msg = f"line {line}: key {found!r} is not text"
        raise yaml.YAMLError(msg)
    return str(node.value), line


def _timestamp(_: _Loader, node: yaml.ScalarNode) -> str:
    naive = _NAIVE.fullmatch(node.value)
    return f"{naive[1]} {naive[2]} +0000 UTC" if naive else str(node.value)


# The same by libyaml, eight times as fast, where PyYAML was built with it.
_BY_LIBYAML = cast(
    "type[_Loader]", type("_ByLibyaml", (getattr(yaml, "CSafeLoader", yaml.SafeLoader),), {})
)
for _one in (_Loader, _BY_LIBYAML):
    _one.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
    _one.add_constructor(_TIMESTAMP, _timestamp)


def loaded(text: str) -> object:
    """Return what a YAML text holds.

    Raises:
        ValueError: not YAML, with the line and what is wrong there.
    """
    try:
        return yaml.load(text, _BY_LIBYAML)  # noqa: S506 - a SafeLoader
    except yaml.YAMLError:
        return _told(text)


def _told(text: str) -> object:
    """Return the same more slowly, and say what is wrong in words of one parser."""
    try:
        return yaml.load(text, _Loader)  # noqa: S506 - a SafeLoader
    except yaml.MarkedYAMLError as error:
        line = f"line {error.problem_mark.line + 1}: " if error.problem_mark else ""
        msg = f"{line}{error.problem}"
        raise ValueError(msg) from None
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from None
