"""What a node of EKS is launched from, and how its name tells."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import sha256
from json import dumps
from typing import Any

import pytest

from hubs.active import PlannedEvent
from hubs.boot_disks import NodeDisk
from hubs.pools import Pool, usual_pool
from hubs.stack import Stack
from hubs.templates import ami_type, group_name, template, template_name

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


def _digest(content: object) -> str:
    return sha256(dumps(content, sort_keys=True).encode()).hexdigest()[:4]


def test_both_names_end_in_a_hash_of_what_never_changes(pool: Pool) -> None:
    content = template(pool, TAGS)
    fixed = {
        "template": content,
        "spot": False,
        "zones": ["us-west-2a"],
        "image": "AL2023_x86_64_STANDARD",
    }

    assert template_name("small", pool, TAGS) == f"readyroom-small-{NAME}-{_digest(content)}"
    assert group_name(pool, TAGS) == f"{NAME}-{_digest(fixed)}"


@pytest.mark.parametrize(
    ("machine_type", "expected"),
    [("r5.xlarge", "AL2023_x86_64_STANDARD"), ("g4dn.xlarge", "AL2023_x86_64_NVIDIA")],
)
def test_nodes_with_gpus_start_from_an_image_with_their_driver(
    machine_type: str, expected: str, pool: Pool
) -> None:
    assert ami_type(replace(pool, machine_type=machine_type)) == expected


@pytest.mark.parametrize(
    "changed",
    [{"spot": True}, {"zones": ("us-west-2a", "us-west-2b")}, {"machine_type": "g4dn.xlarge"}],
)
def test_what_replaces_a_group_is_another_group_of_the_same_template(
    changed: dict[str, Any], pool: Pool
) -> None:
    other = replace(pool, **changed)

    assert group_name(other, TAGS) != group_name(pool, TAGS)
    assert template_name("small", other, TAGS) == template_name("small", pool, TAGS)


def test_the_order_of_zones_is_nothing(pool: Pool) -> None:
    one, other = (replace(pool, zones=zones) for zones in (("a", "b"), ("b", "a")))

    assert group_name(one, TAGS) == group_name(other, TAGS)


def _larger(disk: NodeDisk) -> NodeDisk:
    return replace(disk, gib=disk.gib + 1)


def test_another_disk_or_tag_is_another_name_and_the_order_of_tags_is_not(pool: Pool) -> None:
    larger = replace(pool, disk=_larger(pool.disk))
    turned = dict(reversed(TAGS.items()))

    names = {group_name(one, tags) for one in (pool, larger) for tags in (TAGS, {"a": "b"})}
    assert len(names) == 4
    assert group_name(pool, turned) == group_name(pool, TAGS)
    assert group_name(replace(pool, max_nodes=99), TAGS) == group_name(pool, TAGS)
