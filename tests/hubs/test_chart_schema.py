"""The charts know every value that we give them: schema, or the list of their keys.

The tables lie beside a checkout of this repository and are no part of it.
"""

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from hubs.active import PlannedEvent
from hubs.cluster import Provider
from hubs.deployment import deployment
from hubs.monitoring import autoscaler_values, grafana_values, prometheus_values
from hubs.stack import Stack

Planned = tuple[Stack, tuple[PlannedEvent, ...]]

CHARTS = Path(__file__).parents[3] / "shared" / "charts"
STACKS = ("campus", "datahub", "exam", "icesat2", "workshop")
PROVIDERS: tuple[Provider, ...] = ("gke", "eks", "existing")
# Maps with default entries that take any further one; the list cannot show it.
OPEN_MAPS = {"cluster-autoscaler-9.59.0": "extraArgs."}

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
    ]


@pytest.mark.parametrize("name", STACKS)
def test_the_hub_chart_takes_the_values_of_every_phase(
    name: str, shipped: dict[str, Planned]
) -> None:
    stack, events = shipped[name]
    firsts = [event.schedule.sessions[0] for event in events]
    instants = [
        datetime(2020, 1, 1, tzinfo=UTC),
        *(session.starts for session in firsts),
        *(session.ends for session in firsts),
    ]
    values = [hub.values for now in instants for hub in deployment(stack, events, now).hubs]

    assert len(values) == len(instants) * len(stack.hubs)
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


@pytest.mark.parametrize("provider", PROVIDERS)
def test_the_prometheus_chart_and_its_parts_know_our_keys(provider: Provider) -> None:
    values = prometheus_values(provider)
    parts = {
        "kube-state-metrics": "kube-state-metrics-8.4.0",
        "prometheus-node-exporter": "prometheus-node-exporter-4.56.1",
    }

    assert unknown("prometheus-29.27.0", values) == []
    for alias, chart in parts.items():
        part = values[alias]
        assert isinstance(part, Mapping)
        assert unknown(chart, part) == []


@pytest.mark.parametrize("provider", PROVIDERS)
def test_the_grafana_chart_knows_our_keys(provider: Provider) -> None:
    assert unknown("grafana-12.11.1", grafana_values(provider)) == []


def test_the_autoscaler_chart_knows_our_keys() -> None:
    values = autoscaler_values("readyroom-icesat2", "us-west-2")

    assert unknown("cluster-autoscaler-9.59.0", values) == []


def test_a_misspelt_key_would_be_seen() -> None:
    values = {"server": {"retent": "30d", "nodeSelector": {"a.b/c": "d"}}, "sever": {}}

    assert unknown("prometheus-29.27.0", values) == ["server.retent", "sever"]
