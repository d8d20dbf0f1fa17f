"""A stack: its cluster, its hubs, its events, read and checked together. Pure but for files."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import Field, TypeAdapter

from capacity.quotas.snapshot import Snapshot
from hubs.checks import check, unlisted
from hubs.cluster import ClusterConfig
from hubs.cluster_parts import SecretRef
from hubs.event import EventConfig
from hubs.fields import DnsLabel, Model, Text
from hubs.files import OUR_KEYS, PROJECT, read_yaml, stray_keys
from hubs.hub import HubConfig
from hubs.identity import unknown_names
from hubs.kept_names import kept_names
from hubs.mistakes import Mistake, MistakesError, nearest
from hubs.parsing import parsed
from hubs.quota_snapshot import snapshot_path, stack_snapshot
from hubs.rehearsals import Rehearsal, stack_rehearsals
from hubs.shapes import is_list, is_mapping

_CLUSTER: TypeAdapter[ClusterConfig] = TypeAdapter(ClusterConfig)
_NAMES: TypeAdapter[tuple[str, ...]] = TypeAdapter(tuple[DnsLabel, ...])
_EVENT: TypeAdapter[EventConfig] = TypeAdapter(EventConfig)
_TEXTS: TypeAdapter[tuple[str, ...]] = TypeAdapter(tuple[Text, ...])
_HUB: TypeAdapter[HubConfig] = TypeAdapter(HubConfig)


class StackFile(Model):
    """The `config` of a stack file, without the project's name before each key."""

    cluster: ClusterConfig
    hubs: tuple[DnsLabel, ...] = Field(min_length=1, description="names of files in hubs/")
    events: tuple[EventConfig, ...] = ()
    at: Text | None = Field(default=None, description="instant to plan for; default: now")
    replace: tuple[Text, ...] = Field(
        default=(), description="what the next update may replace, by its name in the preview"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """Everything known of a stack, validated.

    Attributes:
        name: Its name.
        cluster: Where it is.
        hubs: Its hubs.
        events: Its events.
        quotas: Limits that were read, if any were.
        replace: What the next update may replace.
        rehearsals: Recorded runs, by their file.
        missing: Config keys of secrets that files refer to and nobody has set.
    """

    name: str
    cluster: ClusterConfig
    hubs: tuple[HubConfig, ...]
    events: tuple[EventConfig, ...]
    quotas: Snapshot | None = None
    replace: frozenset[str] = frozenset()
    rehearsals: Mapping[str, Rehearsal] = field(default_factory=dict[str, Rehearsal])
    missing: tuple[str, ...] = ()

    def hub(self, name: str) -> HubConfig:
        """Return the hub of a name that a checked event refers to."""
        return next(hub for hub in self.hubs if hub.name == name)


def secret_keys(cluster: ClusterConfig | None, hubs: list[HubConfig]) -> list[str]:
    """Return the config keys of all secrets that files refer to."""
    return sorted({ref.secret for ref in _references([cluster, *hubs])})


def _references(value: object) -> Iterator[SecretRef]:
    if isinstance(value, SecretRef):
        yield value
    elif isinstance(value, Model):
        for name in type(value).model_fields:
            yield from _references(getattr(value, name))
    elif is_list(value):
        for inner in value:
            yield from _references(inner)


def load_stack(
    name: str,
    own: Mapping[str, object],
    hub_files: Path,
    *,
    secrets: frozenset[str] = frozenset(),
    stand_in: bool = False,
) -> Stack:
    """Return the stack that our config keys and the hub files describe.

    Args:
        name: Its name.
        own: Our config keys.
        hub_files: The folder of hub files.
        secrets: Keys that are encrypted.
        stand_in: Whether secrets may be missing, since nothing is made of them.

    Raises:
        MistakesError: with every mistake in all of them.
    """
    mistakes = stray_keys(hub_files.parent / f"Pulumi.{name}.yaml")
    # What holds a secret is refused as a whole further down, and never shown.
    open_keys = {key: value for key, value in own.items() if key not in secrets}
    cluster = _part(_CLUSTER, open_keys, "cluster", mistakes, secrets)
    names = _part(_NAMES, open_keys, "hubs", mistakes, secrets)
    if names == ():
        mistakes.append(Mistake("hubs", "found none; name at least one file of hubs/"))
    names = names or ()
    hubs = [_hub(index, label, hub_files, mistakes) for index, label in enumerate(names)]
    calendars = hub_files.parent / "calendars"
    events = list(_events(open_keys.get("events", []), names, calendars, mistakes))
    known = [hub for hub in hubs if hub is not None]
    if cluster is not None:
        mistakes += check(cluster, known, names, events)
    referred = secret_keys(cluster, known)
    missing = tuple(key for key in referred if key not in own)
    mistakes += _misplaced(own, secrets, referred, all_known=all(hubs))
    mistakes += (
        [] if stand_in else [Mistake(key, f"is missing; {set_secret(key)}") for key in missing]
    )
    replace = _replaced(name, cluster, known, open_keys, mistakes)
    quotas = stack_snapshot(snapshot_path(hub_files, name), cluster, mistakes)
    rehearsals = stack_rehearsals(hub_files, events, mistakes)
    if mistakes or cluster is None:
        raise MistakesError(mistakes)
    found = tuple(event for event in events if event is not None)
    return Stack(
        name=name,
        cluster=cluster,
        hubs=tuple(known),
        events=found,
        quotas=quotas,
        replace=frozenset(replace),
        rehearsals=rehearsals,
        missing=missing,
    )


def set_secret(key: str) -> str:
    """Return the command that sets a secret."""
    return f"pulumi config set --secret {key}"


def _replaced(
    name: str,
    cluster: ClusterConfig | None,
    hubs: list[HubConfig],
    own: Mapping[str, object],
    mistakes: list[Mistake],
) -> tuple[str, ...]:
    named = parsed(_TEXTS, own.get("replace", []), ("replace",), mistakes) or ()
    if cluster is not None:
        mistakes += unknown_names(named, kept_names(name, cluster, hubs))
    return named


def _part(
    adapter: TypeAdapter[Any],
    own: Mapping[str, object],
    key: str,
    into: list[Mistake],
    secrets: frozenset[str],
) -> Any:  # noqa: ANN401 - whatever the adapter parses
    if key in secrets:
        return None
    if key not in own:
        into.append(Mistake(key, f"is missing; write {PROJECT}:{key} in the stack file"))
        return None
    return parsed(adapter, own[key], (key,), into)


def _events(
    raw: object, names: Sequence[str], calendars: Path, mistakes: list[Mistake]
) -> Iterator[EventConfig | None]:
    if not is_list(raw):
        mistakes.append(Mistake("events", f"found {raw!r}; write a list"))
        return
    for index, item in enumerate(raw):
        event = parsed(_EVENT, item, ("events", index), mistakes)
        if event is None and is_mapping(item) and isinstance(item.get("hub"), str):
            mistakes += unlisted(f"events[{index}]", item["hub"], names)
        if event is not None and event.calendar is not None:
            from hubs.calendars import with_calendar  # noqa: PLC0415 - few stacks pay for it

            event = with_calendar(event, f"events[{index}]", calendars, event_names(raw), mistakes)
        yield event


def event_names(raw: Sequence[object]) -> list[str]:
    """Return the names of events as they are written, whatever else is wrong with them."""
    named = [item.get("name") for item in raw if is_mapping(item)]
    return [name for name in named if isinstance(name, str)]


def _hub(index: int, name: str, folder: Path, mistakes: list[Mistake]) -> HubConfig | None:
    path = folder / f"{name}.yaml"
    if not path.is_file():
        known = sorted(file.stem for file in folder.glob("*.yaml"))
        mistakes.append(
            Mistake(f"hubs[{index}]", f"no file hubs/{name}.yaml; {nearest(name, known)}")
        )
        return None
    label = f"hubs/{name}.yaml"
    try:
        raw = read_yaml(path)
    except MistakesError as error:
        mistakes += [Mistake(label, mistake.message) for mistake in error.mistakes]
        return None
    hub = parsed(_HUB, raw, (), mistakes, file=label)
    if hub is not None and hub.name != name:
        mistakes.append(Mistake(f"{label}: name", f"found {hub.name!r}; write {name}"))
    return hub


def _misplaced(
    own: Mapping[str, object], secrets: frozenset[str], referred: list[str], *, all_known: bool
) -> Iterator[Mistake]:
    for key in own:
        if key in OUR_KEYS and key in secrets:
            yield Mistake(key, "holds a secret; give it a key of its own and refer to that")
        if key not in OUR_KEYS and key not in referred and all_known:
            yield Mistake(key, f"unknown key; {nearest(key, [*OUR_KEYS, *referred])}")
    for key in referred:
        if key in own and key not in secrets:
            yield Mistake(key, f"is not encrypted; {set_secret(key)}")
