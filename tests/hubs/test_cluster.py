"""What a stack file may say of its cluster, as it is held."""

import pytest
from pydantic import TypeAdapter

from hubs.cluster import ClusterConfig

Raw = dict[str, object]

CLUSTER: TypeAdapter[ClusterConfig] = TypeAdapter(ClusterConfig)


@pytest.mark.parametrize(
    ("written", "gib"),
    [("1Ti", 1024), ("2560Gi", 2560), ("1.5Gi", 2), ("1Ki", 1), ("1025Mi", 2), (1 << 30, 1)],
)
def test_room_for_homes_is_whole_gib_rounded_up(gke: Raw, written: object, gib: int) -> None:
    cluster = CLUSTER.validate_python(gke | {"homes": {"tier": "ZONAL", "capacity": written}})

    assert cluster.provider == "gke"
    assert cluster.homes.capacity_gib == gib


def test_taste_has_defaults_and_capacity_has_none(eks: Raw) -> None:
    assert CLUSTER.validate_python(eks).model_dump() == {
        "provider": "eks",
        "node_ready": None,
        "schedule_slack": None,
        "cost_centre": None,
        "monitoring": {"retention": 30 * 86400, "storage": 50 * 2**30, "grafana": None},
        "charts": {},
        "authorized_networks": ("198.51.100.0/24",),
        "github_actions": None,
        "quota_check": {"live": False, "request": False, "contact": None},
        "admins": (),
        "nat_gateways": "one",
        "fast_storage": None,
        "database": None,
        "budget": None,
        "region": "us-west-2",
        "zones": ("us-west-2a", "us-west-2b"),
        "kubernetes_version": "1.35",
        "core_pool": {"machine_type": "m5.xlarge", "max_nodes": 3},
        "homes": {
            "throughput_mode": "elastic",
            "throughput": None,
            "cold_after": None,
            "backups": True,
        },
    }


@pytest.mark.parametrize("kind", ["left", "sold"])
def test_nodes_that_are_there_have_110_pod_slots_unless_they_say_so(
    existing: Raw, kind: str
) -> None:
    existing["nodes"] = {"count": 2, kind: {"memory": "14Gi", "cpu": 3.5}}

    cluster = CLUSTER.validate_python(existing)

    assert cluster.provider == "existing"
    assert cluster.nodes.model_dump() == {"count": 2, "left": None, "sold": None, "labels": {}} | {
        kind: {"memory": 14 * 2**30, "cpu": 3500, "pods": 110}
    }
