"""Reading stack and hub files: the only place that opens them."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from hubs.mistakes import Mistake, MistakesError, nearest
from hubs.shapes import is_list, is_mapping
from hubs.yaml_text import loaded

PROJECT = "readyroom"
STAND_IN = "[secret]"
# What the engine hands over as JSON, and all that we read.
STRUCTURED = ("cluster", "hubs", "events", "replace")
OUR_KEYS = (*STRUCTURED, "at")
# Whatever else stands beside them the Pulumi CLI passes over in silence.
# Source: pulumi/pulumi sdk/go/common/workspace/project.go, ProjectStack, @1b594989 (2026-08-21).
PULUMI_KEYS = ("config", "secretsprovider", "encryptedkey", "encryptionsalt", "environment")
# What begins so is for anchors that others refer to, as Compose has it.
_ANCHORS = "x-"
_LIKENESS = 0.75


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

    def with_stand_ins(self, keys: Iterable[str]) -> "StackConfig":
        """Return the same with stand-ins for secrets that nobody has set."""
        missing = dict.fromkeys(keys, STAND_IN)
        own: dict[str, object] = {**self.own, **missing}
        return StackConfig(own=own, other=self.other, secrets=self.secrets | missing.keys())


def _holds_secret(value: object) -> bool:
    if is_mapping(value):
        return "secure" in value or any(_holds_secret(inner) for inner in value.values())
    return is_list(value) and any(_holds_secret(inner) for inner in value)


def stack_config(path: Path) -> StackConfig:
    """Return the configuration in a `Pulumi.<stack>.yaml`, without decrypting anything.

    Raises:
        MistakesError: unreadable, without a `config` mapping, or with keys that nobody reads.
    """
    content = read_yaml(path)
    config = content.get("config") if is_mapping(content) else None
    mistakes = list(_stray_keys(path, content, config))
    if not is_mapping(config):
        missing = Mistake(str(path), "has no config; see the README for a stack file")
        raise MistakesError([*mistakes, missing])
    if mistakes:
        raise MistakesError(mistakes)
    own: dict[str, object] = {}
    other: dict[str, object] = {}
    secrets: set[str] = set()
    for key, value in config.items():
        namespace, name = _split(key)
        mine = namespace in ("", PROJECT)
        if mine and _holds_secret(value):
            secrets.add(name)
        plain = is_mapping(value) and set(value) == {"secure"}
        (own if mine else other)[name if mine else key] = STAND_IN if plain else value
    return StackConfig(own=own, other=other, secrets=frozenset(secrets))


def stray_keys(path: Path) -> list[Mistake]:
    """Return the keys of a stack file that nobody reads; none if there is no such file.

    The engine hands a program its config alone, so that the program must look by itself.

    Raises:
        MistakesError: unreadable.
    """
    content = read_yaml(path) if path.is_file() else None
    return list(_stray_keys(path, content, content.get("config") if is_mapping(content) else None))


def _stray_keys(path: Path, content: object, config: object) -> Iterator[Mistake]:
    allowed = [*PULUMI_KEYS, f"{_ANCHORS}*"]
    for key in content if is_mapping(content) else ():
        if key not in PULUMI_KEYS and not key.startswith(_ANCHORS):
            where, name = f"{path.name}: {key}", key.removeprefix(f"{PROJECT}:")
            told = f"belongs under config, as {PROJECT}:{name}"
            known = f"unknown key; {nearest(key, allowed)}"
            yield Mistake(where, told if name in OUR_KEYS else known)
    written = list(config) if is_mapping(config) else []
    for key in written:
        namespace, name = _split(key)
        where = f"{path.name}: config.{key}"
        if namespace == PROJECT and name in written:
            yield Mistake(where, f"is there twice, as {name} too; leave one out")
        if namespace != PROJECT and get_close_matches(namespace, [PROJECT], cutoff=_LIKENESS):
            yield Mistake(where, f"unknown key; nearest: {PROJECT}:{name}")


def _split(key: str) -> tuple[str, str]:
    """Return the namespace and the name of a key; `ns:config:name` is an old form of `ns:name`."""
    namespace, _, name = key.rpartition(":")
    return namespace.removesuffix(":config"), name
