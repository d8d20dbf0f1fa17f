"""A node's boot disk is read from its pool, or from the launch template it names."""

from collections.abc import Callable
from typing import Any

import pytest

from capacity.storage.boot import eks_boot_disk, gke_boot_disk
from policies.collected import Resource
from policies.node_disks import NodeDisk, node_disk
from policies.reading import UnreadableError

Resources = dict[str, Any]
Collect = Callable[[Resources], None]

GKE, EKS = "gcp:container/nodePool:NodePool", "aws:eks/nodeGroup:NodeGroup"


@pytest.mark.parametrize(
    ("kind", "props", "disk"),
    [
        (
            GKE,
            {"nodeConfig": {"diskType": "pd-ssd", "diskSizeGb": 200}},
            NodeDisk(disk=gke_boot_disk("pd-ssd", 200), gib=200, cloud="gke"),
        ),
        (
            GKE,
            {"nodeConfig": {"diskType": "hyperdisk-balanced"}},
            NodeDisk(disk=gke_boot_disk("hyperdisk-balanced", 100), gib=100, cloud="gke"),
        ),
        (GKE, {}, NodeDisk(disk=gke_boot_disk("pd-balanced", 100), gib=100, cloud="gke")),
        (EKS, {"diskSize": 100}, NodeDisk(disk=eks_boot_disk(100), gib=100, cloud="eks")),
        (EKS, {}, NodeDisk(disk=eks_boot_disk(20), gib=20, cloud="eks")),
        ("readyroom:existing:ExistingCluster", {}, None),
    ],
)
def test_a_nodes_disk_is_what_its_pool_asks_for(
    kind: str, props: Resources, disk: NodeDisk | None
) -> None:
    assert node_disk(Resource(urn="urn:one", type=kind, props=props)) == disk


def test_a_disk_of_another_type_is_refused() -> None:
    pool = Resource(urn="urn:one", type=GKE, props={"nodeConfig": {"diskType": "pd-extreme"}})

    with pytest.raises(UnreadableError) as caught:
        node_disk(pool)
    assert str(caught.value) == (
        "nodeConfig.diskType is 'pd-extreme', not one of pd-standard, pd-balanced, pd-ssd, "
        "hyperdisk-balanced"
    )


TEMPLATE = {"name": "lab", "blockDeviceMappings": [{"ebs": {"volumeSize": 300.0}}]}


@pytest.mark.parametrize(
    ("group", "gib"),
    [
        ({"launchTemplate": {"name": "lab"}}, 300),
        # A size of the group's own is the only one: AWS refuses both together.
        ({"launchTemplate": {"name": "lab"}, "diskSize": 50}, 50),
        ({"launchTemplate": {"name": "other"}}, 20),
        ({}, 20),
    ],
)
def test_a_groups_disk_is_that_of_the_launch_template_it_names(
    group: Resources, gib: int, collect: Collect
) -> None:
    collect({"template": TEMPLATE})

    found = node_disk(Resource(urn="urn:one", type=EKS, props=group))
    assert found == NodeDisk(disk=eks_boot_disk(gib), gib=gib, cloud="eks")


def test_a_template_without_a_disk_is_refused(collect: Collect) -> None:
    collect({"template": {"name": "lab"}})

    with pytest.raises(UnreadableError) as caught:
        node_disk(Resource(urn="urn:one", type=EKS, props={"launchTemplate": {"name": "lab"}}))
    assert str(caught.value) == "launch template lab has no blockDeviceMappings"
