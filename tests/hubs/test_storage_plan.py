"""The figures of an event's storage on each kind of cluster."""

import pytest
from pydantic import TypeAdapter

from capacity.machines import find
from capacity.nodes import sold_node
from capacity.storage.store import NotSoldError
from hubs.cluster import ClusterConfig
from hubs.event import EventConfig
from hubs.hub import HubConfig
from hubs.storage_plan import storage_plan

Raw = dict[str, object]
Shown = list[tuple[str, int | str]]

CLUSTER: TypeAdapter[ClusterConfig] = TypeAdapter(ClusterConfig)
# 2i2c#8815: 140 users who read 7 GB and write 1 GB each.
STORY: Raw = {"sharedReadPerUser": "7Gi", "homeWritePerUser": "1Gi", "scratchPerUser": "2Gi"}


def _shown(cluster: Raw, hub: Raw, event: Raw, storage: Raw | None) -> Shown:
    config = EventConfig.model_validate(event | {"users": 140, "storage": storage})
    node = sold_node(find("n2-highmem-4" if cluster["provider"] == "gke" else "m5.2xlarge"))
    figures = storage_plan(
        CLUSTER.validate_python(cluster), config, HubConfig.model_validate(hub), node, 20
    )
    return [(figure.name, figure.value) for figure in figures]


def test_on_gke_the_default_is_too_slow_and_the_setting_that_is_not_is_told(
    gke: Raw, hub: Raw, event: Raw
) -> None:
    assert _shown(gke, hub, event, STORY) == [
        ("storageNeeded", "1672.6 MiB/s"),
        ("storageOffered", "100.0 MiB/s"),
        ("storageSeconds", 10_036),
        ("storageCost", "204.80"),
        ("storageSetting", "{tier: ZONAL, capacity: 6656Gi}"),
        ("bootDisk", 43),
        ("imageWrite", 19),
        ("scratchSeconds", 244),
    ]


def test_on_eks_elastic_is_fast_enough(eks: Raw, hub: Raw, event: Raw) -> None:
    assert _shown(eks, hub, event, STORY) == [
        ("storageNeeded", "273.1 MiB/s"),
        ("storageOffered", "500.0 MiB/s [unverified]"),
        ("storageSeconds", 328),
        ("storageCost", "2.26"),
        ("bootDisk", 43),
        ("imageWrite", 25),
        ("scratchSeconds", 328),
    ]


def test_on_own_nodes_the_disk_is_not_ours(existing: Raw, hub: Raw, event: Raw) -> None:
    existing["homes"] = {"storageClass": "nfs", "capacity": "1Ti", "throughput": 125}

    assert _shown(existing, hub, event, STORY) == [
        ("storageNeeded", "1911.5 MiB/s"),
        ("storageOffered", "125.0 MiB/s"),
        ("storageSeconds", 9176),
        ("storageCost", "0.00"),
        ("storageSetting", "{throughput: 1912}"),
    ]


@pytest.mark.parametrize("storage", [None, STORY])
def test_without_need_or_without_throughput_there_are_no_figures(
    storage: Raw | None, gke: Raw, existing: Raw, hub: Raw, event: Raw
) -> None:
    assert _shown(gke if storage is None else existing, hub, event, storage) == []


def test_a_capacity_that_is_not_sold_is_refused(gke: Raw, hub: Raw, event: Raw) -> None:
    gke["homes"] = {"tier": "BASIC_SSD", "capacity": "1Ti"}

    with pytest.raises(NotSoldError):
        _shown(gke, hub, event, STORY)
