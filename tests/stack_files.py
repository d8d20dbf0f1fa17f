"""Valid stacks of every provider, drawn from the fixtures that switch everything on."""

import json
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree
from typing import Any

import yaml
from hypothesis import strategies as st

from preview.loaded import load
from preview.resources import Registered
from preview.run import resources_at

ROOT = Path(__file__).parents[1]
Raw = dict[str, Any]
# What a stack or a hub can do without.
_OF_CLUSTER = (
    "fastStorage",
    "database",
    "budget",
    "githubActions",
    "costCentre",
    "quotaCheck",
    "monitoring",
    "maintenance",
    "natGateways",
    "admins",
)
_OF_HUB = ("options", "scratch", "shared", "buckets", "database", "cull")
_FILES = {"gke": "full-gke", "eks": "full-eks", "existing": "campus"}


@dataclass(frozen=True, slots=True, kw_only=True)
class StackFiles:
    """A stack file and its hub files, as data."""

    cluster: Raw
    hubs: list[Raw]
    events: list[Raw]
    secrets: dict[str, str]

    def without(self, hub: str) -> "StackFiles":
        """Return the stack without one of its hubs."""
        cluster = deepcopy(self.cluster)
        if cluster.get("monitoring", {}).get("grafana", {}).get("hub") == hub:
            del cluster["monitoring"]["grafana"]
        return StackFiles(
            cluster=cluster,
            hubs=[one for one in self.hubs if one["name"] != hub],
            events=[one for one in self.events if one["hub"] != hub],
            secrets=self.secrets,
        )


def _yaml(path: Path) -> Raw:
    return yaml.safe_load(path.read_text("utf-8"))


def whole(provider: str) -> StackFiles:
    """Return the fixture of a provider in which every option is on."""
    config = _yaml(ROOT / f"Pulumi.{_FILES[provider]}.yaml")["config"]
    own = {key.removeprefix("readyroom:"): value for key, value in config.items()}
    return StackFiles(
        cluster=own.pop("cluster"),
        hubs=[_yaml(ROOT / "hubs" / f"{name}.yaml") for name in own.pop("hubs")],
        events=own.pop("events"),
        secrets=dict.fromkeys(own, "AAAB"),
    )


@st.composite
def stack_files(draw: st.DrawFn, provider: str) -> StackFiles:
    """Draw a stack with some of its options, and one or two hubs with some of theirs."""
    found = whole(provider)
    cluster = _some(draw, found.cluster, _OF_CLUSTER)
    hubs = [_some(draw, hub, _OF_HUB) for hub in found.hubs]
    count = draw(st.integers(1, len(hubs)))
    return _consistent(
        StackFiles(cluster=cluster, hubs=hubs[:count], events=found.events, secrets=found.secrets)
    )


def _some(draw: st.DrawFn, holder: Raw, optional: tuple[str, ...]) -> Raw:
    present = [key for key in optional if key in holder]
    dropped = draw(st.sets(st.sampled_from(present))) if present else set[str]()
    return {key: deepcopy(value) for key, value in holder.items() if key not in dropped}


def _consistent(found: StackFiles) -> StackFiles:
    """Take away what needs something that was not drawn."""
    names = {hub["name"] for hub in found.hubs}
    for hub in found.hubs:
        if "database" not in found.cluster:
            hub.pop("database", None)
        for option in hub.get("options", []):
            if "fastStorage" not in found.cluster:
                option.pop("storage", None)
    events = [event for event in found.events if event["hub"] in names]
    offered = {hub["name"]: {one["name"] for one in hub.get("options", [])} for hub in found.hubs}
    for event in events:
        kept = [name for name in event.pop("options", []) if name in offered[event["hub"]]]
        if kept:
            event["options"] = kept
    return StackFiles(cluster=found.cluster, hubs=found.hubs, events=events, secrets=found.secrets)


def shuffled(draw: Callable[[Any], Any], value: Any) -> Any:  # noqa: ANN401 - any YAML value
    """Return a value in which every list of things that have no order is in another one."""
    if isinstance(value, dict):
        return {key: shuffled(draw, inner) for key, inner in value.items()}
    if isinstance(value, list):
        return draw(st.permutations([shuffled(draw, inner) for inner in value]))
    return value


def registered(files: StackFiles, folder: Path, stack: str = "lab") -> dict[str, Registered]:
    """Return what a stack registers at its first event, by URN."""
    (folder / "hubs").mkdir(exist_ok=True)
    for name in ("__main__.py", "Pulumi.yaml"):
        (folder / name).write_text((ROOT / name).read_text("utf-8"), "utf-8")
    for path in (folder / "hubs").glob("*.yaml"):
        path.unlink()
    for hub in files.hubs:
        (folder / "hubs" / f"{hub['name']}.yaml").write_text(json.dumps(hub), "utf-8")
    copytree(ROOT / "rehearsals", folder / "rehearsals", dirs_exist_ok=True)
    referred = json.dumps([files.cluster, files.hubs])
    config = {
        "readyroom:cluster": files.cluster,
        "readyroom:hubs": [hub["name"] for hub in files.hubs],
        "readyroom:events": files.events,
    } | {
        f"readyroom:{key}": {"secure": text}
        for key, text in files.secrets.items()
        if f'"{key}"' in referred
    }
    path = folder / f"Pulumi.{stack}.yaml"
    path.write_text(yaml.safe_dump({"config": config}), "utf-8")
    loaded = load(folder, stack)
    now = loaded.instant("event" if files.events else None, datetime(2027, 1, 1, tzinfo=UTC))
    return {resource.urn: resource for resource in resources_at(loaded, now)}
