"""The charts know every value that we give them: schema, or the list of their keys.

The tables lie beside a checkout of this repository and are no part of it.
"""

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from hubs.active import PlannedEvent
from hubs.deployment import deployment, plan_events
from hubs.files import STAND_IN, stack_config
from hubs.grafana import grafana_hub, grafana_values
from hubs.monitoring import autoscaler_values, prometheus_values
from hubs.stack import Stack, load_stack

Raw = dict[str, Any]
Planned = tuple[Stack, tuple[PlannedEvent, ...]]

ROOT = Path(__file__).parents[2]
CHARTS = Path(__file__).parents[3] / "shared" / "charts"
FULL = ("full-gke", "full-eks")
POSTGRES = {"host": "db.example.edu", "user": "hubs", "password": {"secret": "postgresPassword"}}
STACKS = ("campus", "datahub", "exam", "icesat2", "workshop")
# Maps with default entries that take any further one; the list cannot show it.
OPEN_MAPS = {
    "cluster-autoscaler-9.59.0": "extraArgs.",
    "grafana-12.11.1": r"grafana\.ini.",
    "prometheus-29.27.0": "scrapeConfigs.hub-",
}
# What is handed on to Kubernetes as it is.
KUBERNETES = "ecurityContext."

pytestmark = pytest.mark.skipif(
    not CHARTS.is_dir(), reason=f"no chart tables in {CHARTS.parent.name}/charts beside the project"
)


def table(name: str) -> Any:  # noqa: ANN401 - JSON of several shapes
    """Return a JSON file of the tables; an empty list if a chart has none of that kind."""
    path = CHARTS / name
    return json.loads(path.read_text("utf-8")) if path.is_file() else []


def merged(defaults: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values over a chart's defaults, as Helm merges them: maps deeply, lists whole."""
    found = dict(deepcopy(defaults))
    for key, value in values.items():
        before = found.get(key)
        if isinstance(before, Mapping) and isinstance(value, Mapping):
            found[key] = merged(before, value)
        else:
            found[key] = value
    return found


def refused(values: Mapping[str, Any]) -> list[str]:
    """Return what the JupyterHub chart's schema says against values."""
    schema = table("jupyterhub-4.4.0.values.schema.json")
    whole = merged(table("jupyterhub-4.4.0.values.json"), values)
    # Helm hands over JSON: tuples would not get there as lists.
    found = Draft7Validator(schema).iter_errors(json.loads(json.dumps(whole)))
    return [f"{error.json_path}: {error.message}" for error in found]


def paths(values: Mapping[str, Any], above: str = "") -> Iterator[str]:
    """Yield the path of every leaf, in the notation of the key lists."""
    for key, value in values.items():
        path = above + key.replace(".", "\\.")
        if isinstance(value, Mapping) and value:
            yield from paths(value, f"{path}.")
        else:
            yield path


def unknown(chart: str, values: Mapping[str, Any]) -> list[str]:
    """Return the paths that a chart's key lists do not have."""
    known = set(table(f"{chart}.keys.json")) | set(table(f"{chart}.commented-keys.json"))
    open_below = tuple(key.removesuffix("*") for key in known if key.endswith(".*"))
    return [
        path
        for path in paths(values)
        if path not in known
        and not path.startswith(open_below)
        and not path.startswith(OPEN_MAPS.get(chart, "\0"))
        and KUBERNETES not in path
    ]


def instants(events: tuple[PlannedEvent, ...]) -> list[datetime]:
    """Return an instant before all events, and the start and end of the first session of each."""
    firsts = [event.schedule.sessions[0] for event in events]
    starts, ends = [one.starts for one in firsts], [one.ends for one in firsts]
    return [datetime(2020, 1, 1, tzinfo=UTC), *starts, *ends]


@cache
def loaded(name: str) -> Stack:
    """Return a stack of the project."""
    config = stack_config(ROOT / f"Pulumi.{name}.yaml")
    return load_stack(name, config.own, ROOT / "hubs", secrets=config.secrets)


@cache
def full(name: str) -> Planned:
    """Return a stack with every option of its cloud, planned."""
    stack = loaded(name)
    return stack, plan_events(stack)


def all_values(planned: Planned) -> list[dict[str, Any]]:
    """Return the values of every hub at every instant."""
    stack, events = planned
    found = [hub.values for now in instants(events) for hub in deployment(stack, events, now).hubs]
    assert len(found) == (1 + 2 * len(events)) * len(stack.hubs)
    return found


@pytest.mark.parametrize("name", STACKS)
def test_the_hub_chart_takes_the_values_of_every_phase(
    name: str, shipped: dict[str, Planned]
) -> None:
    values = all_values(shipped[name])

    assert [message for one in values for message in refused(one)] == []


@pytest.mark.parametrize("name", FULL)
def test_the_hub_chart_takes_the_values_of_every_option(name: str) -> None:
    values = all_values(full(name))

    assert [message for one in values for message in refused(one)] == []
    # Locked in the exam, open at other times.
    public = [
        one["singleuser"]["networkPolicy"]["egressAllowRules"]["nonPrivateIPs"] for one in values
    ]
    assert set(public) == {True, False}


def test_the_stacks_sign_in_in_every_way(shipped: dict[str, Planned]) -> None:
    planned = [*shipped.values(), *(full(name) for name in FULL)]

    kinds = {hub.sign_in.kind for stack, _ in planned for hub in stack.hubs}
    assert kinds == {"sharedPassword", "github", "google", "cilogon", "oidc", "lti"}


@pytest.mark.parametrize(
    "cluster",
    [
        {"ingressClass": "nginx", "storageClass": "disks"},
        {"service": "NodePort"},
        {"service": "LoadBalancer"},
    ],
)
@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_the_hub_chart_takes_the_values_of_an_existing_cluster(
    cluster: Raw, database: str, existing: Raw, hub: Raw, event: Raw, tmp_path: Path
) -> None:
    del hub["pool"]
    hub |= {
        "address": {"host": "lab.example.edu", "contact": "admin@example.edu"},
        "cull": {"maxAge": "2d", "nightly": {}},
        "database": database,
        "scratch": "1Gi",
    }
    (tmp_path / "lab.yaml").write_text(yaml.safe_dump(hub), "utf-8")
    own: Raw = {
        "cluster": existing | {"database": POSTGRES} | cluster,
        "hubs": ["lab"],
        "events": [event | {"egressLock": {}}],
        "postgresPassword": STAND_IN,
    }
    stack = load_stack("small", own, tmp_path, secrets=frozenset({"postgresPassword"}))

    values = all_values((stack, plan_events(stack)))

    assert [message for one in values for message in refused(one)] == []


@pytest.mark.parametrize(
    ("mistake", "message"),
    [
        (
            {"singleuser": {"memry": {"limit": 1}}},
            "$.singleuser: Additional properties are not allowed ('memry' was unexpected)",
        ),
        (
            {"prePuller": {"continuous": {"enabled": "yes"}}},
            "$.prePuller.continuous.enabled: 'yes' is not of type 'boolean'",
        ),
    ],
)
def test_the_schema_would_refuse_a_mistake(mistake: dict[str, Any], message: str) -> None:
    assert refused(mistake) == [message]


@pytest.mark.parametrize("name", [*STACKS, *FULL])
def test_the_prometheus_chart_and_its_parts_know_our_keys(name: str) -> None:
    stack = loaded(name)
    values = prometheus_values(stack.cluster, [hub.name for hub in stack.hubs])
    parts = {
        "kube-state-metrics": "kube-state-metrics-8.4.0",
        "prometheus-node-exporter": "prometheus-node-exporter-4.56.1",
    }

    assert unknown("prometheus-29.27.0", values) == []
    for alias, chart in parts.items():
        part = values[alias]
        assert isinstance(part, Mapping)
        assert unknown(chart, part) == []


@pytest.mark.parametrize("name", [*STACKS, *FULL])
def test_the_grafana_chart_knows_our_keys(name: str) -> None:
    stack = loaded(name)
    shown = grafana_hub(stack.cluster, stack.hubs)

    assert (shown is not None) is (name in FULL)
    assert unknown("grafana-12.11.1", grafana_values(stack.cluster, shown)) == []


def test_the_autoscaler_chart_knows_our_keys() -> None:
    values = autoscaler_values("readyroom-icesat2", "us-west-2")

    assert unknown("cluster-autoscaler-9.59.0", values) == []


def test_a_misspelt_key_would_be_seen() -> None:
    values = {"server": {"retent": "30d", "nodeSelector": {"a.b/c": "d"}}, "sever": {}}

    assert unknown("prometheus-29.27.0", values) == ["server.retent", "sever"]
