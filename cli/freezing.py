"""What `readyroom freeze` does: runs the program, and writes what it finds into the stack file."""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from cli.output import console, progress, project_root, replace_file, write_json
from events.instants import instant, normal
from hubs.active import PlannedEvent
from hubs.deployment import deployment
from hubs.files import PROJECT
from hubs.freeze import Freeze, ends, freeze_mistakes, freezes, shown
from hubs.freeze_config import FreezeConfig
from hubs.freeze_parts import environment, unseen
from hubs.mistakes import Mistake, MistakesError, nearest
from hubs.shapes import is_mapping
from hubs.yaml_edit import with_entry
from hubs.yaml_text import loaded as read_text
from preview.loaded import Loaded, load, stack_path
from preview.run import resources_at
from preview.show_freeze import frozen_json, frozen_lines

_RELEASE = "kubernetes:helm.sh/v3:Release"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the command line asks for."""

    since: str | None
    at: str | None
    again: bool
    dry_run: bool


def freeze_event(stack: str, name: str, asked: Asked, *, as_json: bool) -> None:
    """Freeze the hub of an event, and say what was written.

    Raises:
        MistakesError: it cannot be frozen, or not be written down.
    """
    root = project_root()
    with progress().status(f"freezing {stack}"):
        loaded = load(root, stack)
        event = _event(loaded, name)
        now = loaded.instant(asked.at, datetime.now(UTC))
        _check(event, now, again=asked.again)
        since = _since(event, asked.since or _minute(now, event))
        config = FreezeConfig(since=since, environment=_environment(loaded, event, now))
        freeze = _freeze(event, config)
        path = stack_path(root, stack)
        text = _text(path, loaded, event, config)
    if not asked.dry_run:
        replace_file(path, text)
    if as_json:
        write_json(frozen_json(event, freeze) | {"file": path.name, "written": not asked.dry_run})
        return
    for line in frozen_lines(event, freeze):
        console().print(line, markup=False)
    told = "Nothing was written: --dry-run." if asked.dry_run else f"Written to {path.name}."
    console().print(told)


def _event(loaded: Loaded, name: str) -> PlannedEvent:
    names = [event.config.name for event in loaded.events]
    if not names:
        raise MistakesError([Mistake("event", f"found {name!r}, and the stack has none")])
    if name not in names:
        raise MistakesError([Mistake("event", f"found {name!r}; {nearest(name, names)}")])
    return loaded.events[names.index(name)]


def _check(event: PlannedEvent, now: datetime, *, again: bool) -> None:
    config, until = event.config, ends(event.config, event.schedule)
    if until <= now:
        raise MistakesError([Mistake("event", f"{config.name} is over since {shown(until)}")])
    if config.freeze is not None and not again:
        [old] = freezes([event])
        told = f"{config.name} is frozen since {shown(old.since)}"
        raise MistakesError([Mistake("event", f"{told}; add --again to take what is there now")])
    if config.kind == "exam" and event.hub.image.digest is None:
        file = f"hubs/{event.hub.name}.yaml"
        told = "is missing; what a tag names may change, and an exam's image may not"
        raise MistakesError([Mistake(f"{file}: image.digest", told)])


def _minute(now: datetime, event: PlannedEvent) -> str:
    """Return an instant as the local time of an event, with an offset where the clocks change."""
    local = now.astimezone(event.where)
    written = f"{local:%Y-%m-%dT%H:%M}"
    try:
        instant(written, event.where)
    except ValueError:
        return local.isoformat(timespec="minutes")
    return written


def _since(event: PlannedEvent, written: str) -> str:
    asked = FreezeConfig.model_construct(since=written, environment={})
    config = event.config.model_copy(update={"freeze": asked})
    mistakes = [Mistake("since", told) for _, told in freeze_mistakes(config, event.schedule)]
    if mistakes:
        raise MistakesError(mistakes)
    return normal(written)


def _environment(loaded: Loaded, event: PlannedEvent, now: datetime) -> dict[str, str]:
    hub = event.hub
    [release] = [
        resource.inputs
        for resource in resources_at(loaded, now)
        if (resource.type, resource.inputs.get("name")) == (_RELEASE, hub.name)
        and resource.inputs.get("namespace") == hub.name
    ]
    [usual] = [one.values for one in deployment(loaded.stack, (), now).hubs if one.config is hub]
    return environment(release, unseen(hub, usual))


def _freeze(event: PlannedEvent, config: FreezeConfig) -> Freeze:
    frozen = replace(event, config=event.config.model_copy(update={"freeze": config}))
    [found] = freezes([frozen])
    return found


def _text(path: Path, loaded: Loaded, event: PlannedEvent, config: FreezeConfig) -> str:
    index = [one.config.name for one in loaded.events].index(event.config.name)
    text = path.read_bytes().decode("utf-8")
    entry = {"since": config.since, "environment": config.environment}
    try:
        return with_entry(text, ("config", _events_key(text), index), "freeze", entry)
    except ValueError as error:
        told = f"{error}; write it by hand: freeze: {json.dumps(entry)}"
        raise MistakesError([Mistake(f"events[{index}]", told)]) from None


def _events_key(text: str) -> str:
    """Return the key of the events, which may leave out the project's name."""
    content = read_text(text)
    config = content.get("config") if is_mapping(content) else None
    whole = f"{PROJECT}:events"
    return whole if is_mapping(config) and whole in config else "events"
