"""Numbers that a stack file sets for an event's pool instead of the plan."""

from collections.abc import Callable, Iterator

import pytest
from pydantic import TypeAdapter, ValidationError

from hubs.checks_overrides import own_nodes_mistakes, placeholder_mistakes
from hubs.cluster import ClusterConfig
from hubs.event import EventConfig, EventPoolConfig
from hubs.mistakes import Mistake

Raw = dict[str, object]
Check = Callable[[str, ClusterConfig, EventConfig], Iterator[Mistake]]
CLUSTER: TypeAdapter[ClusterConfig] = TypeAdapter(ClusterConfig)
HAS = "an existing cluster has the nodes it has; leave"
# Two of them fit a node of n2-highmem-4.
HELD: Raw = {"replicas": 4, "memory": "8Gi", "cpu": 1.6}
KNOWN: Raw = {"machineType": "n2-highmem-4", "maxNodes": 2}


def told(check: Check, cluster: Raw, event: Raw) -> list[str]:
    """Return what a check says of an event on a cluster."""
    found = check("at", CLUSTER.validate_python(cluster), EventConfig.model_validate(event))
    return [str(mistake) for mistake in found]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, []),
        ({"pool": {"bootDisk": "200Gi"}}, [f"at.pool.bootDisk: {HAS} bootDisk out"]),
        ({"pool": {"warmNodes": 2}}, [f"at.pool.warmNodes: {HAS} warmNodes out"]),
        ({"pool": {"maxNodes": 2}}, [f"at.pool.maxNodes: {HAS} maxNodes out"]),
        ({"placeholders": HELD}, [f"at.placeholders: {HAS} them out"]),
        (
            {"pool": {"warmNodes": 2, "maxNodes": 3}},
            [f"at.pool.warmNodes: {HAS} warmNodes out", f"at.pool.maxNodes: {HAS} maxNodes out"],
        ),
    ],
)
def test_own_nodes_are_as_many_as_they_are(
    existing: Raw, event: Raw, changed: Raw, expected: list[str]
) -> None:
    assert told(own_nodes_mistakes, existing, event | changed) == expected


def test_nodes_that_are_made_are_as_the_file_wants_them(gke: Raw, event: Raw) -> None:
    pool = KNOWN | {"warmNodes": 2, "bootDisk": "200Gi"}

    assert told(own_nodes_mistakes, gke, event | {"pool": pool, "placeholders": HELD}) == []


@pytest.mark.parametrize(
    ("pool", "replicas", "hold"),
    [
        (KNOWN, 4, None),
        (KNOWN, 5, 4),
        (KNOWN | {"maxNodes": 1}, 4, 2),
        # Which type there will be is not known, or how many of it.
        ({"maxNodes": 1}, 400, None),
        ({"machineType": "n2-highmem-4"}, 400, None),
    ],
)
def test_placeholders_must_fit_the_most_nodes(
    gke: Raw, event: Raw, pool: Raw, replicas: int, hold: int | None
) -> None:
    found = told(
        placeholder_mistakes,
        gke,
        event | {"pool": pool, "placeholders": HELD | {"replicas": replicas}},
    )

    refused = (
        f"at.placeholders: replicas {replicas}, and pool.maxNodes {pool.get('maxNodes')} of "
        f"n2-highmem-4 hold {hold}; raise maxNodes, or lower replicas or their size"
    )
    assert found == ([] if hold is None else [refused])


def test_without_placeholders_there_is_nothing_to_fit(gke: Raw, event: Raw) -> None:
    assert told(placeholder_mistakes, gke, event | {"pool": KNOWN}) == []


@pytest.mark.parametrize(
    "pool", [{}, {"warmNodes": 3}, {"maxNodes": 2}, {"warmNodes": 2, "maxNodes": 2}]
)
def test_warm_nodes_are_no_more_than_the_most(pool: Raw) -> None:
    found = EventPoolConfig.model_validate(pool)

    assert (found.warm_nodes, found.max_nodes) == (pool.get("warmNodes"), pool.get("maxNodes"))


def test_more_warm_nodes_than_the_most_are_refused_with_both() -> None:
    with pytest.raises(ValidationError) as caught:
        EventPoolConfig.model_validate({"warmNodes": 3, "maxNodes": 2})
    assert [error["msg"] for error in caught.value.errors()] == [
        "Value error, warmNodes 3 is above maxNodes 2; raise maxNodes or lower warmNodes"
    ]
