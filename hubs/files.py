"""Reading stack and hub files: the only place that opens them."""

import json
from dataclasses import dataclass
from pathlib import Path

from hubs.mistakes import Mistake, MistakesError
from hubs.shapes import is_list, is_mapping
from hubs.yaml_text import loaded

PROJECT = "readyroom"
STAND_IN = "[secret]"


def read_yaml(path: Path) -> object:
    """Return what a YAML file holds.

    Raises:
        MistakesError: no such file, or not YAML.
    """
    try:
        return loaded(path.read_text("utf-8"))
    except OSError as error:
        message = error.strerror or str(error)
        raise MistakesError([Mistake(str(path), message)]) from None
    except UnicodeDecodeError:
        raise MistakesError([Mistake(str(path), "is not YAML: not UTF-8 text")]) from None
    except ValueError as error:
        raise MistakesError([Mistake(str(path), f"is not YAML: {error}")]) from None


def read_json(path: Path) -> object:
    """Return what a JSON file holds.

    Raises:
        MistakesError: no such file, or not JSON.
    """
    try:
        return json.loads(path.read_text("utf-8"))
    except OSError as error:
        message = error.strerror or str(error)
        raise MistakesError([Mistake(str(path), message)]) from None
    except ValueError as error:
        raise MistakesError([Mistake(str(path), f"is not JSON: {error}")]) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class StackConfig:
    """The configuration of a stack, as the engine hands it to the program.

    Attributes:
        own: Our keys without the project's name; secret ones hold a stand-in.
        other: Keys of other namespaces, such as `gcp:project`.
        secrets: Our keys that are encrypted, wholly or in part.
    """

    own: dict[str, object]
    other: dict[str, object]
    secrets: frozenset[str]


def _holds_secret(value: object) -> bool:
    if is_mapping(value):
        return "secure" in value or any(_holds_secret(inner) for inner in value.values())
    return is_list(value) and any(_holds_secret(inner) for inner in value)


def stack_config(path: Path) -> StackConfig:
    """Return the configuration in a `Pulumi.<stack>.yaml`, without decrypting anything.

    Raises:
        MistakesError: unreadable, or without a `config` mapping.
    """
    content = read_yaml(path)
    config = content.get("config") if is_mapping(content) else None
    if not is_mapping(config):
        raise MistakesError([Mistake(str(path), "has no config; see the README for a stack file")])
    own: dict[str, object] = {}
    other: dict[str, object] = {}
    secrets: set[str] = set()
    for key, value in config.items():
        namespace, _, name = str(key).rpartition(":")
        mine = namespace in ("", PROJECT)
        if mine and _holds_secret(value):
            secrets.add(name)
        plain = is_mapping(value) and set(value) == {"secure"}
        (own if mine else other)[name if mine else str(key)] = STAND_IN if plain else value
    return StackConfig(own=own, other=other, secrets=frozenset(secrets))
