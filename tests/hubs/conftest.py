"""Files, hubs and events that the tests of this folder share."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from pydantic import TypeAdapter

from hubs.active import PlannedEvent
from hubs.deployment import deployment, plan_events
from hubs.event import EventConfig
from hubs.files import stack_config
from hubs.stack import Stack, load_stack
from tests.hubs.kept import HALF, OPTIONS

ROOT = Path(__file__).parents[2]
HUBS = ROOT / "hubs"
CASE_HUBS = ROOT / "tests" / "stacks" / "hubs"
SHIPPED = ("campus", "datahub", "exam", "icesat2", "workshop")

Raw = dict[str, object]
Planned = tuple[Stack, tuple[PlannedEvent, ...]]
Build = Callable[[Raw, Raw, Sequence[Raw]], Planned]


@pytest.fixture(scope="session")
def shipped() -> dict[str, Planned]:
    """The five stacks of the project, planned, by name."""
    found: dict[str, Planned] = {}
    for name in SHIPPED:
        config = stack_config(ROOT / f"Pulumi.{name}.yaml")
        stack = load_stack(name, config.own, HUBS, secrets=config.secrets)
        found[name] = (stack, plan_events(stack))
    return found


@pytest.fixture
def load_case(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], Planned]:
    """Load a stack file of `tests/stacks`; its hubs are beside it if one is named after it."""

    def load(path: Path) -> Planned:
        monkeypatch.chdir(path.parent)
        config = stack_config(Path(path.name))
        case = path.name.split(".")[0]
        folder = CASE_HUBS if (CASE_HUBS / f"{case}.yaml").is_file() else HUBS
        stack = load_stack(case, config.own, folder, secrets=config.secrets)
        return stack, plan_events(stack)

    return load


@pytest.fixture
def gke() -> Raw:
    """The cluster of a stack file: a small one on GKE."""
    return {
        "provider": "gke",
        "authorizedNetworks": ["198.51.100.0/24"],
        "region": "us-central1",
        "zones": ["us-central1-b"],
        "corePool": {"machineType": "n2-highmem-2", "maxNodes": 3},
        "homes": {"tier": "BASIC_HDD", "capacity": "1Ti"},
    }


@pytest.fixture
def eks() -> Raw:
    """The cluster of a stack file: a small one on EKS."""
    return {
        "provider": "eks",
        "authorizedNetworks": ["198.51.100.0/24"],
        "region": "us-west-2",
        "zones": ["us-west-2a", "us-west-2b"],
        "corePool": {"machineType": "m5.xlarge", "maxNodes": 3},
    }


@pytest.fixture
def existing() -> Raw:
    """The cluster of a stack file: four nodes that are there already."""
    return {
        "provider": "existing",
        "nodes": {"count": 4, "left": {"memory": "16Gi", "cpu": 4}, "labels": {"pool": "users"}},
        "homes": {"storageClass": "nfs-client", "capacity": "200Gi"},
    }


@pytest.fixture
def hub() -> Raw:
    """A hub file of GKE: shared password, two usual sizes."""
    return {
        "name": "lab",
        "image": {"name": "quay.io/jupyter/base-notebook", "tag": "2026-11-02", "size": "1Gi"},
        "signIn": {"kind": "sharedPassword", "admins": ["teacher"]},
        "pool": {"machineType": "n2-highmem-4", "maxNodes": 5},
        "profiles": {"perNode": [4, 1]},
    }


@pytest.fixture
def event() -> Raw:
    """An event on that hub, one session long."""
    return {
        "name": "intro",
        "hub": "lab",
        "kind": "workshop",
        "users": 20,
        "seat": {"memory": "2Gi", "cpu": 0.5},
        "arrivals": {"within": "10m"},
        "timezone": "Europe/Berlin",
        "sessions": [{"starts": "2027-02-01T14:00", "ends": "2027-02-01T16:00"}],
    }


@pytest.fixture
def final_event(event: Raw) -> Callable[..., EventConfig]:
    """Make the event `final`, in Berlin, with some keys changed."""

    def made(**keys: object) -> EventConfig:
        return TypeAdapter(EventConfig).validate_python(event | {"name": "final"} | keys)

    return made


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Load and plan a cluster, one hub and its events."""

    def built(cluster: Raw, hub: Raw, events: Sequence[Raw]) -> Planned:
        (tmp_path / f"{hub['name']}.yaml").write_text(yaml.safe_dump(hub), "utf-8")
        own: Raw = {"cluster": cluster, "hubs": [hub["name"]], "events": list(events)}
        stack = load_stack("small", own, tmp_path)
        return stack, plan_events(stack)

    return built


@pytest.fixture
def on_gke(build: Build, gke: Raw, hub: Raw, event: Raw) -> Callable[[Raw, Raw], Planned]:
    """Load and plan the small stack on GKE, with some keys of cluster and event changed."""

    def built(cluster: Raw, changed: Raw) -> Planned:
        return build(gke | cluster, hub, [event | changed])

    return built


@pytest.fixture
def values_at(build: Build) -> Callable[[Raw, Raw, Raw, str], Raw]:
    """Return the hub's chart values at a local time of Berlin."""

    def found(cluster: Raw, hub: Raw, event: Raw, time: str) -> Raw:
        stack, events = build(cluster, hub, [event])
        now = datetime.fromisoformat(time).replace(tzinfo=ZoneInfo("Europe/Berlin"))
        return deployment(stack, events, now).hubs[0].values

    return found


@pytest.fixture
def fast(gke: Raw) -> Raw:
    """Return a cluster with fast storage."""
    return gke | {"fastStorage": {"tier": "BASIC_SSD", "capacity": "2560Gi"}}


@pytest.fixture
def keeping(build: Build, fast: Raw, hub: Raw, event: Raw) -> Callable[..., Planned]:
    """Plan the small event with some options of its hub, and some more keys."""

    def planned(*names: str, cluster: Raw | None = None, **more: object) -> Planned:
        own = hub | {"options": [*OPTIONS, HALF], "scratch": "10Gi"}
        kept: Raw = {"options": list(names)} if names else {}
        return build(fast | (cluster or {}), own, [event | kept | more])

    return planned
