"""The NFS server that has the homes: which addresses the chart leaves open, and which a lock."""

from ipaddress import IPv4Address

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from hubs.cluster import ClusterConfig
from hubs.event import EventConfig
from hubs.home_server import lock_mistakes, public_server
from hubs.mistakes import Mistake

Raw = dict[str, object]
CLUSTER: TypeAdapter[ClusterConfig] = TypeAdapter(ClusterConfig)


def served_by(server: str) -> ClusterConfig:
    """Return an existing cluster whose homes are on an NFS server."""
    homes = {"server": server, "path": "/homes", "capacity": "200Gi"}
    nodes = {"count": 4, "left": {"memory": "16Gi", "cpu": 4}}
    return CLUSTER.validate_python({"provider": "existing", "nodes": nodes, "homes": homes})


@given(st.ip_addresses(v=4))
def test_every_address_is_private_by_its_first_bits_or_public(address: IPv4Address) -> None:
    first, second = address.packed[:2]
    private = first == 10 or (first == 172 and 16 <= second < 32) or (first, second) == (192, 168)

    assert public_server(served_by(str(address))) == (None if private else str(address))


@pytest.mark.parametrize("provider", ["gke", "eks", "existing"])
def test_homes_elsewhere_have_no_server(
    provider: str, request: pytest.FixtureRequest, event: Raw
) -> None:
    cluster = CLUSTER.validate_python(request.getfixturevalue(provider))
    locked = EventConfig.model_validate(event | {"egressLock": {"allow": ["0.0.0.0/0"]}})

    assert public_server(cluster) is None
    assert list(lock_mistakes("events[0]", cluster, locked)) == []


@pytest.mark.parametrize(
    ("server", "allow", "wrong"),
    [
        ("192.0.2.10", ["192.0.2.0/28", "198.51.100.0/24"], [0]),
        ("192.0.2.10", ["192.0.2.10/32"], [0]),
        ("192.0.2.16", ["192.0.2.0/28"], []),
        ("10.1.2.3", ["198.51.100.0/24", "10.0.0.0/8", "0.0.0.0/0"], [1, 2]),
        ("2001:db8::5", ["2001:db8::/64", "0.0.0.0/0"], [0]),
        ("nfs.example.edu", ["0.0.0.0/0"], []),
        ("192.0.2.10", [], []),
    ],
)
def test_a_lock_may_leave_nothing_open_that_has_the_homes_of_all(
    server: str, allow: list[str], wrong: list[int], event: Raw
) -> None:
    locked = EventConfig.model_validate(event | {"egressLock": {"allow": allow}})

    assert list(lock_mistakes("events[1]", served_by(server), locked)) == [
        Mistake(
            f"events[1].egressLock.allow[{index}]",
            f"found {allow[index]}, which has the NFS server {server} of all homes in it; "
            "write what is beside it",
        )
        for index in wrong
    ]


def test_without_a_lock_nothing_is_left_open(event: Raw) -> None:
    found = lock_mistakes("events[0]", served_by("192.0.2.10"), EventConfig.model_validate(event))

    assert list(found) == []
