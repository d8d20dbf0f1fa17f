"""What carries a stack's tags and is in no state."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubs.cloud_names import named
from hubs.orphans import STACK_TAG, Found, State, Thing, compare, placeless

PLACE = {"project": "my-project", "region": "us-west-2"}
OURS = {STACK_TAG: "lab"}
GKE = {"goog-k8s-cluster-name": "lab", "goog-k8s-cluster-location": "us-central1"}
CLUSTER = "projects/my-project/locations/us-central1/clusters/lab"
POOL = "gcp:container/nodePool:NodePool"
COMPUTE = "//compute.googleapis.com/projects/my-project/zones/us-central1-b"
STATE = State(
    urns=frozenset({"urn:x"}),
    ids=frozenset(
        {
            ("gcp:container/cluster:Cluster", placeless(CLUSTER)),
            (POOL, placeless(f"{CLUSTER}/nodePools/core")),
            ("aws:eks/cluster:Cluster", "lab"),
            ("aws:ec2/vpc:Vpc", "vpc-1"),
        }
    ),
    names=frozenset(
        {placeless(CLUSTER), "arn:aws:sqs:us-west-2:1:queue", "projects/-/instances/hub"}
    ),
)


def thing(name: str, tags: dict[str, str], type_: str = "", since: str = "") -> Thing:
    return Thing(named=named(type_, name, PLACE), listed=name, tags=OURS | tags, since=since)


def ids(found: Found) -> list[str]:
    return [it.named.id for it in found.orphans]


@pytest.mark.parametrize(
    "name",
    [
        "arn:aws:ec2:us-west-2:1:vpc/vpc-1",
        # By its ARN, for a type that is not in the table.
        "arn:aws:sqs:us-west-2:1:queue",
        "arn:aws:eks:us-west-2:1:cluster/lab",
        f"//container.googleapis.com/{CLUSTER}",
        # Google Cloud writes some projects by their number.
        "//cloudsql.googleapis.com/projects/123456789012/instances/hub",
    ],
)
def test_what_is_in_the_state_is_no_orphan(name: str) -> None:
    assert compare([thing(name, {})], STATE, "lab") == Found(held=1)


def test_what_is_not_in_the_state_is_one_in_the_order_of_deletion() -> None:
    listed = [
        thing("arn:aws:ec2:us-west-2:1:vpc/vpc-2", {}),
        thing("arn:aws:ec2:us-west-2:1:subnet/subnet-2", {}),
        thing("arn:aws:ec2:us-west-2:1:subnet/subnet-1", {}),
        thing("arn:aws:eks:us-west-2:1:nodegroup/lab/core/1", {}),
        thing("arn:aws:ec2:us-west-2:1:vpc/vpc-1", {}),
        # Listed twice: in a region and for all of them.
        thing("arn:aws:ec2:us-west-2:1:vpc/vpc-2", {}),
    ]

    found = compare(listed, STATE, "lab")
    assert ids(found) == ["lab:core", "subnet-1", "subnet-2", "vpc-2"]
    assert (found.held, found.made) == (1, 0)


def test_what_another_stack_or_nobody_owns_does_not_count() -> None:
    other = thing("arn:aws:ec2:us-west-2:1:vpc/vpc-2", {STACK_TAG: "other"})
    nobodys = Thing(named=other.named, listed=other.listed, tags={})

    assert compare([other, nobodys], STATE, "lab") == Found()


@pytest.mark.parametrize(
    "tags",
    [
        {"eks:cluster-name": "lab"},
        {"aws:eks:cluster-name": "lab"},
        {"a": "owned", "kubernetes.io/cluster/lab": "owned"},
        GKE,
    ],
)
def test_what_a_cluster_of_the_state_made_is_the_clusters(tags: dict[str, str]) -> None:
    disk = thing("arn:aws:ec2:us-west-2:1:volume/vol-1", tags)

    assert compare([disk], STATE, "lab") == Found(made=1)
    assert ids(compare([disk], State(), "lab")) == ["vol-1"]


@pytest.mark.parametrize("tags", [{"kubernetes.io/cluster/lab": "shared"}, {"x": "owned"}])
def test_what_a_cluster_only_uses_is_not_made_by_it(tags: dict[str, str]) -> None:
    assert ids(compare([thing("arn:aws:ec2:us-west-2:1:subnet/s", tags)], STATE, "lab")) == ["s"]


def test_nodes_of_a_pool_that_the_state_does_not_have_show_the_pool() -> None:
    def node(name: str, pool: str, since: str) -> Thing:
        tags = GKE | {"goog-k8s-node-pool-name": pool}
        return thing(f"{COMPUTE}/instances/{name}", tags, since=since)

    found = compare(
        [
            node("a", "core", "2026-11-21T09:00:00Z"),
            node("b", "lost", "2026-11-21T11:00:00Z"),
            node("c", "lost", "2026-11-21T10:00:00Z"),
            node("d", "lost", "2026-11-21T12:00:00Z"),
        ],
        STATE,
        "lab",
    )
    assert [(it.named.type, it.named.id, it.since) for it in found.orphans] == [
        (POOL, f"{CLUSTER}/nodePools/lost", "2026-11-21T10:00:00Z")
    ]
    assert found.orphans[0].named.delete == (
        "gcloud container node-pools delete lost --cluster lab --location us-central1 "
        "--project my-project"
    )
    assert found.made == 1


def test_a_volume_outlives_the_pool_whose_node_it_was_made_for() -> None:
    tags = GKE | {"goog-k8s-node-pool-name": "of-an-event-that-is-over"}

    found = compare([thing(f"{COMPUTE}/disks/pvc-1", tags)], STATE, "lab")
    assert found == Found(made=1)


def test_a_node_that_does_not_tell_its_pool_is_the_clusters() -> None:
    assert compare([thing(f"{COMPUTE}/instances/a", GKE)], STATE, "lab") == Found(made=1)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("projects/p/locations/l/clusters/c", "projects/-/locations/l/clusters/c"),
        ("//container.googleapis.com/projects/1/zones/z", "projects/-/zones/z"),
        (
            "https://www.googleapis.com/compute/v1/projects/p/zones/z/disks/d",
            "projects/-/zones/z/disks/d",
        ),
        ("arn:aws:iam::1:role/projects/x/y", "arn:aws:iam::1:role/projects/x/y"),
        ("lab:core", "lab:core"),
    ],
)
def test_a_name_is_compared_without_its_project(name: str, told: str) -> None:
    assert placeless(name) == told


_NAMES = st.sampled_from([f"arn:aws:ec2:us-west-2:1:vpc/vpc-{number}" for number in range(6)])


@given(listed=st.lists(_NAMES), held=st.sets(_NAMES))
def test_everything_is_counted_once_or_an_orphan(listed: list[str], held: set[str]) -> None:
    def things(names: Iterable[str]) -> list[Thing]:
        return [thing(name, {}) for name in names]

    found = compare(things(listed), State(names=frozenset(held)), "lab")

    assert {it.listed for it in found.orphans} == set(listed) - held
    assert len(found.orphans) == len(set(listed) - held)
    assert found.held == sum(name in held for name in listed)
    assert compare(things(reversed(listed)), State(names=frozenset(held)), "lab") == found
