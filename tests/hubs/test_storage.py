"""From what files say of an event's data to what storage must do."""

from dataclasses import replace

import pytest
from pydantic import TypeAdapter

from capacity.quantities import GIB, MIB
from capacity.storage.declared import declared
from capacity.storage.efs import bursting, elastic, provisioned
from capacity.storage.filestore import filestore
from capacity.storage.need import StorageNeed
from capacity.storage.store import Store
from hubs.cluster import ClusterConfig
from hubs.event import EventConfig
from hubs.hub import HubConfig
from hubs.storage import better_stores, home_store, storage_facts, storage_need

Raw = dict[str, object]

CLUSTER: TypeAdapter[ClusterConfig] = TypeAdapter(ClusterConfig)
STORED = 7 * GIB
# 2i2c#8815: 140 users who read 7 GB and write 1 GB each.
STORY: Raw = {"sharedReadPerUser": "7Gi", "homeWritePerUser": "1Gi"}
NEED = StorageNeed(
    users=140, arrive=600, within=600, users_per_node=6, shared_read=7 * GIB, home_write=GIB
)


def _event(event: Raw, storage: Raw, **changed: object) -> EventConfig:
    return EventConfig.model_validate(event | {"users": 140, "storage": storage} | changed)


@pytest.mark.parametrize(
    ("storage", "arrivals", "need"),
    [
        (STORY, {"within": "10m"}, NEED),
        (
            {"scratchPerUser": "512Mi", "within": "1h"},
            {"rate": {"users": 14, "every": "1m"}},
            StorageNeed(users=140, arrive=600, within=3600, users_per_node=6, scratch=512 * MIB),
        ),
    ],
)
def test_the_time_to_move_things_is_that_of_arrival_unless_said(
    event: Raw, storage: Raw, arrivals: Raw, need: StorageNeed
) -> None:
    assert storage_need(_event(event, storage, arrivals=arrivals), 6) == need


def test_an_event_that_says_nothing_has_no_need_and_no_facts(event: Raw, hub: Raw) -> None:
    config = EventConfig.model_validate(event)

    assert storage_need(config, 6) is None
    assert storage_facts(config, HubConfig.model_validate(hub)) == {}


def test_the_gate_is_told_whole_numbers_and_the_image(event: Raw, hub: Raw) -> None:
    found = storage_facts(_event(event, STORY), HubConfig.model_validate(hub))

    assert found == {
        "storage": {
            "arrive": 600,
            "within": 600,
            "sharedRead": 7 * GIB,
            "homeWrite": GIB,
            "scratch": 0,
            "image": GIB,
        }
    }


PROVISIONED: Raw = {"throughputMode": "provisioned", "throughput": 100}


@pytest.mark.parametrize(
    ("homes", "store", "better"),
    [
        ({}, elastic(STORED), (elastic(STORED),)),
        ({"throughputMode": "bursting"}, bursting(STORED), (elastic(STORED),)),
        (PROVISIONED, provisioned(100, STORED), (provisioned(1912, STORED), elastic(STORED))),
    ],
)
def test_homes_on_eks(eks: Raw, homes: Raw, store: Store, better: tuple[Store, ...]) -> None:
    cluster = CLUSTER.validate_python(eks | {"homes": homes})

    assert home_store(cluster, STORED) == store
    assert better_stores(cluster, NEED) == better


def test_homes_on_gke(gke: Raw) -> None:
    cluster = CLUSTER.validate_python(gke)

    assert home_store(cluster, STORED) == filestore("BASIC_HDD", 1024)
    assert better_stores(cluster, NEED) == (replace(filestore("ZONAL", 6656), another=True),)


@pytest.mark.parametrize(("throughput", "store"), [(None, None), (125, declared(125))])
def test_homes_on_a_storage_class_do_what_is_declared(
    existing: Raw, throughput: int | None, store: Store | None
) -> None:
    homes = {"storageClass": "nfs-client", "capacity": "200Gi", "throughput": throughput}
    cluster = CLUSTER.validate_python(existing | {"homes": homes})

    assert home_store(cluster, STORED) == store
    assert better_stores(cluster, NEED) == (declared(1912),)
