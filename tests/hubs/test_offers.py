"""The nodes that a cluster can offer."""

import pytest
from pydantic import TypeAdapter

from capacity.nodes import Node
from hubs.cluster import ClusterConfig
from hubs.offers import offer, offers, unknown_type

Raw = dict[str, object]

CLUSTER: TypeAdapter[ClusterConfig] = TypeAdapter(ClusterConfig)

FIRST = ("c2-standard-4", "c2-standard-8", "c2-standard-16")


def test_nodes_left_to_users_are_offered_as_they_are(existing: Raw) -> None:
    (found,) = offers(CLUSTER.validate_python(existing))

    assert (found.count, found.micro_usd_per_hour) == (4, None)
    assert found.node == Node(
        name="declared",
        memory=16 * 2**30,
        cpu=4000,
        pods=110,
        template_cpu=4000,
        because="declared as left to users, so nothing is taken off",
        source="stack file, cluster.nodes",
    )


def test_of_nodes_as_sold_less_is_left(existing: Raw) -> None:
    existing["nodes"] = {"count": 3, "sold": {"memory": "16Gi", "cpu": 4}}

    (found,) = offers(CLUSTER.validate_python(existing))

    assert (found.node.memory, found.node.cpu, found.node.pods) == (15_619_061_962, 3861, 108)


def test_a_cloud_offers_every_type_with_a_price_in_the_region(gke: Raw) -> None:
    found = offers(CLUSTER.validate_python(gke))
    names = [one.node.name for one in found]

    assert {"n2-highmem-4", "e2-standard-16"} < set(names)
    assert len(names) == len(set(names)) >= 50
    assert all(one.micro_usd_per_hour and one.count is None for one in found)
    # Its CPUs burst, so no seat can be promised on it.
    assert "e2-medium" not in names


def test_one_type_is_offered_at_the_price_of_the_region(eks: Raw) -> None:
    cluster = CLUSTER.validate_python(eks)

    assert [one for one in offers(cluster) if one.node.name == "m5.2xlarge"] == [
        offer(cluster, "m5.2xlarge")
    ]


def test_own_nodes_are_offered_whatever_type_is_asked(existing: Raw) -> None:
    cluster = CLUSTER.validate_python(existing)

    assert offer(cluster, "n2-highmem-4") == offer(cluster, None) == offers(cluster)[0]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("n2-highmem-4", None),
        (
            "n2-highmen-4",
            "found 'n2-highmen-4', not in the gke catalogue; nearest: n2-highmem-4",
        ),
        (
            "?",
            f"found '?', not in the gke catalogue; such as {', '.join(FIRST)}",
        ),
    ],
)
def test_why_a_type_cannot_be_had(gke: Raw, name: str, reason: str | None) -> None:
    assert unknown_type(CLUSTER.validate_python(gke), name) == reason
