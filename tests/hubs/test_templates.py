"""What a node of EKS is launched from, and how its name tells."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import sha256
from json import dumps

import pytest

from hubs.active import PlannedEvent
from hubs.boot_disks import NodeDisk
from hubs.pools import Pool, usual_pool
from hubs.stack import Stack
from hubs.templates import group_name, template, template_name

Raw = dict[str, object]
Build = Callable[[Raw, Raw, Sequence[Raw]], tuple[Stack, tuple[PlannedEvent, ...]]]
TAGS = {"readyroom-stack": "small", "readyroom-hub": "lab"}
NAME = "lab-r5-xlarge"


@pytest.fixture
def pool(build: Build, eks: Raw, hub: Raw) -> Pool:
    """The usual pool of a hub on EKS, with a disk of 30 GiB."""
    stack, _ = build(eks, hub | {"pool": {"machineType": "r5.xlarge", "maxNodes": 5}}, [])
    assert stack.cluster.provider == "eks"
    found = usual_pool(stack.cluster, stack.hubs[0])
    return replace(found, disk=replace(found.disk, gib=30, kind="gp3"))


def test_a_template_encrypts_its_disk_tags_what_costs_and_keeps_pods_from_its_role(
    pool: Pool,
) -> None:
    named = {**TAGS, "Name": NAME}
    assert template(pool, TAGS) == {
        "block_device_mappings": [
            {
                "device_name": "/dev/xvda",
                "ebs": {
                    "volume_size": 30,
                    "volume_type": "gp3",
                    "encrypted": "true",
                    "delete_on_termination": "true",
                },
            }
        ],
        "metadata_options": {
            "http_endpoint": "enabled",
            "http_tokens": "required",
            "http_put_response_hop_limit": 1,
        },
        "monitoring": {"enabled": False},
        "tag_specifications": [
            {"resource_type": "instance", "tags": named},
            {"resource_type": "network-interface", "tags": named},
            {"resource_type": "volume", "tags": named},
        ],
    }


def test_both_names_end_in_a_hash_of_the_content(pool: Pool) -> None:
    digest = sha256(dumps(template(pool, TAGS), sort_keys=True).encode()).hexdigest()[:4]

    assert group_name(pool, TAGS) == f"{NAME}-{digest}"
    assert template_name("small", pool, TAGS).endswith(f"{NAME}-{digest}")


def _larger(disk: NodeDisk) -> NodeDisk:
    return replace(disk, gib=disk.gib + 1)


def test_another_disk_or_tag_is_another_name_and_the_order_of_tags_is_not(pool: Pool) -> None:
    larger = replace(pool, disk=_larger(pool.disk))
    turned = dict(reversed(TAGS.items()))

    names = {group_name(one, tags) for one in (pool, larger) for tags in (TAGS, {"a": "b"})}
    assert len(names) == 4
    assert group_name(pool, turned) == group_name(pool, TAGS)
    assert group_name(replace(pool, max_nodes=99), TAGS) == group_name(pool, TAGS)
