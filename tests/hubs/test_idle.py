"""What a stack costs when nobody comes: each line, and what changes it."""

from collections.abc import Callable, Sequence
from typing import cast

import pytest

from hubs.active import PlannedEvent
from hubs.gke import GkeConfig
from hubs.idle import idle_costs
from hubs.idle_gke import gke_idle
from hubs.idle_lines import IdleCost, total
from hubs.stack import Stack

Raw = dict[str, object]
Planned = tuple[Stack, tuple[PlannedEvent, ...]]
Build = Callable[[Raw, Raw, Sequence[Raw]], Planned]


def dollars(lines: Sequence[IdleCost]) -> dict[str, float | None]:
    """Return the lines in dollars."""
    return {
        line.what: None if line.micro_usd_per_month is None else line.micro_usd_per_month / 10**6
        for line in lines
    }


def test_a_small_cluster_on_gke(gke: Raw, hub: Raw, build: Build) -> None:
    stack, _ = build(gke, hub, [])

    lines = idle_costs(stack)

    assert dollars(lines) == {
        "core nodes": pytest.approx(95.640220),
        "boot disks": 10.0,
        "volumes of hubs and metrics": 6.1,
        "control plane": 73.0,
        "Cloud NAT for one node": 1.022,
        "address of Cloud NAT": 3.65,
        "load balancers, up to five hubs": 18.25,
        "homes": 204.8,
    }
    assert [line.what for line in lines if not line.verified] == ["homes"]
    assert total(lines) == sum(line.micro_usd_per_month or 0 for line in lines)


@pytest.mark.parametrize(
    ("hubs", "dollars_a_month"),
    [
        (5, {"load balancers, up to five hubs": 18.25}),
        (7, {"load balancers, up to five hubs": 18.25, "load balancers of further hubs": 14.6}),
    ],
)
def test_hubs_beyond_the_fifth_have_a_rule_each(
    gke: Raw, hub: Raw, build: Build, hubs: int, dollars_a_month: dict[str, float]
) -> None:
    stack, _ = build(gke, hub, [])

    lines = gke_idle(cast("GkeConfig", stack.cluster), hubs)

    told = dollars([line for line in lines if line.what.startswith("load balancers")])
    assert told == dollars_a_month


@pytest.mark.parametrize(
    ("database", "dollars_a_month", "verified"),
    [
        ({"tier": "db-f1-micro"}, 9.365, False),
        ({"tier": "db-g1-small", "highlyAvailable": True}, 54.5, True),
        ({"tier": "db-custom-1-3840"}, None, True),
    ],
)
def test_a_database_on_gke(
    on_gke: Callable[[Raw, Raw], Planned],
    database: Raw,
    dollars_a_month: float | None,
    verified: bool,  # noqa: FBT001 - a case
) -> None:
    fast = {"tier": "ZONAL", "capacity": "1Ti"}
    stack, _ = on_gke({"database": database, "fastStorage": fast}, {})

    lines = {line.what: line for line in idle_costs(stack)}

    assert dollars([lines["Cloud SQL"]]) == {"Cloud SQL": dollars_a_month}
    assert lines["Cloud SQL"].verified is verified
    assert dollars([lines["fast storage"]]) == {"fast storage": 266.24}


def test_eks_with_everything(eks: Raw, hub: Raw, build: Build) -> None:
    eks["natGateways"] = "perZone"
    eks["fastStorage"] = {"capacity": "1200Gi", "throughputPerTib": 125}
    eks["database"] = {"instanceClass": "db.t4g.small", "highlyAvailable": True}
    hub["pool"] = {"machineType": "m5.2xlarge", "maxNodes": 5}
    stack, _ = build(eks, hub | {"database": "postgres"}, [])

    lines = idle_costs(stack)

    assert dollars(lines) == {
        "core nodes": pytest.approx(140.16),
        "boot disks": 8.0,
        "volumes of hubs and metrics": 4.8,
        "control plane": 73.0,
        "key of the cluster's secrets": 1.0,
        "NAT gateways": 65.7,
        "load balancers of hubs": 18.25,
        # Two of the gateways, two of the load balancer.
        "public addresses": 14.6,
        "homes, empty": 0.0,
        "fast storage": pytest.approx(186.831078),
        "RDS": 51.32,
    }


@pytest.mark.parametrize(("database", "instances"), [("sqlite", []), ("postgres", [("RDS", None)])])
def test_databases_are_those_that_hubs_want(
    eks: Raw, hub: Raw, build: Build, database: str, instances: list[tuple[str, None]]
) -> None:
    eks["database"] = {"instanceClass": "db.r9.huge"}
    hub["pool"] = {"machineType": "m5.2xlarge", "maxNodes": 5}
    stack, _ = build(eks, hub | {"database": database}, [])

    found = dollars([line for line in idle_costs(stack) if line.what == "RDS"])
    assert list(found.items()) == instances


def test_a_region_without_prices_of_a_type_says_so(gke: Raw, hub: Raw, build: Build) -> None:
    gke["corePool"] = {"machineType": "c3-highmem-4", "maxNodes": 1}
    gke |= {"region": "southamerica-east1", "zones": ["southamerica-east1-a"]}
    stack, _ = build(gke, hub, [])

    first = idle_costs(stack)[0]
    assert (first.what, first.micro_usd_per_month) == ("core nodes", None)
    assert first.because == "1 x c3-highmem-4 in southamerica-east1, no price known"


def test_own_nodes_cost_nothing_of_ours(existing: Raw, hub: Raw, build: Build) -> None:
    del hub["pool"]
    stack, _ = build(existing, hub, [])

    assert idle_costs(stack) == ()
