"""What holds the homes, and a node's boot disk, are read from what is registered."""

from collections.abc import Callable
from typing import Any

import pytest
from pulumi_policy.proxy import UNKNOWN_STRING_VALUE

from capacity.quantities import GIB
from capacity.quotas.footprint import FileShare
from capacity.storage.declared import declared
from capacity.storage.efs import bursting, elastic, provisioned
from capacity.storage.filestore import bigger, filestore
from capacity.storage.need import StorageNeed
from capacity.storage.store import NotSoldError, Store
from policies.homes import file_share, homes
from policies.reading import UnreadableError

Resources = dict[str, Any]
Collect = Callable[[Resources], None]

DEMAND = StorageNeed(
    users=140, arrive=600, within=600, users_per_node=20, shared_read=7 * GIB, home_write=GIB
).demand()
SHARES = {"name": "homes", "capacityGb": 1024}
STORED = 7 * GIB


@pytest.mark.parametrize(
    ("resources", "store", "better"),
    [
        (
            {"filestore": {"tier": "BASIC_HDD", "fileShares": SHARES}},
            filestore("BASIC_HDD", 1024),
            bigger(DEMAND, "BASIC_HDD", 1024),
        ),
        (
            {"filestore": {"tier": "ZONAL", "fileShares": [SHARES]}},
            filestore("ZONAL", 1024),
            bigger(DEMAND, "ZONAL", 1024),
        ),
        ({"efs": {"throughputMode": "elastic"}}, elastic(STORED), (elastic(STORED),)),
        ({"efs": {}}, bursting(STORED), (elastic(STORED),)),
        (
            {"efs": {"throughputMode": "provisioned", "provisionedThroughputInMibps": 100}},
            provisioned(100, STORED),
            (provisioned(1912, STORED), elastic(STORED)),
        ),
        ({"existing": {"homes": {"throughput": 125}}}, declared(125), (declared(1912),)),
    ],
)
def test_homes_are_what_is_registered(
    resources: Resources, store: Store, better: tuple[Store, ...], collect: Collect
) -> None:
    collect(resources)

    found = homes(STORED)
    assert found.store == store
    assert found.better(DEMAND) == better


@pytest.mark.parametrize(
    ("resources", "what"),
    [
        ({}, "0 resources hold homes, not exactly one"),
        ({"efs": {}, "filestore": {}}, "2 resources hold homes, not exactly one"),
        ({"filestore": {"fileShares": SHARES}}, "tier is missing"),
        (
            {"filestore": {"tier": "ENTERPRISE", "fileShares": SHARES}},
            "tier is 'ENTERPRISE', not one of BASIC_HDD, BASIC_SSD, ZONAL, REGIONAL",
        ),
        ({"filestore": {"tier": "ZONAL"}}, "fileShares is missing"),
        ({"filestore": {"tier": "ZONAL", "fileShares": [SHARES] * 2}}, "capacityGb is missing"),
        (
            {"filestore": {"tier": "ZONAL", "fileShares": {"capacityGb": UNKNOWN_STRING_VALUE}}},
            "capacityGb is not known yet",
        ),
        (
            {"efs": {"throughputMode": "fast"}},
            "throughputMode is 'fast', not one of elastic, bursting, provisioned",
        ),
        (
            {"efs": {"throughputMode": "provisioned"}},
            "provisionedThroughputInMibps is missing",
        ),
        (
            {"existing": {"homes": {"throughput": None}}},
            "nobody says what the storage class can do: cluster.homes.throughput is missing",
        ),
    ],
)
def test_homes_that_cannot_be_read_are_refused(
    resources: Resources, what: str, collect: Collect
) -> None:
    collect(resources)

    with pytest.raises(UnreadableError) as caught:
        homes(STORED)
    assert str(caught.value) == what


def test_a_capacity_that_is_not_sold_is_told_as_such(collect: Collect) -> None:
    collect({"filestore": {"tier": "BASIC_SSD", "fileShares": SHARES}})

    with pytest.raises(NotSoldError):
        homes(STORED)


@pytest.mark.parametrize(
    "order", [("filestore", "filestore fast"), ("filestore fast", "filestore")]
)
def test_a_fast_instance_beside_the_homes_is_none_of_them(
    order: tuple[str, str], collect: Collect
) -> None:
    both = {
        "filestore": {"tier": "BASIC_HDD", "fileShares": SHARES},
        "filestore fast": {"tier": "ZONAL", "fileShares": SHARES | {"name": "fast"}},
    }
    collect({name: both[name] for name in order})

    assert homes(STORED).store == filestore("BASIC_HDD", 1024)


@pytest.mark.parametrize(
    ("shares", "name"),
    [(SHARES, "homes"), ([SHARES | {"name": "fast"}], "fast"), ({"capacityGb": 1024}, "homes")],
)
def test_a_share_has_a_name_a_tier_and_a_capacity(shares: object, name: str) -> None:
    found = file_share({"tier": "ZONAL", "fileShares": shares})

    assert found == FileShare(name=name, tier="ZONAL", gib=1024)
