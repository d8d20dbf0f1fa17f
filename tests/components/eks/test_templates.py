"""What a node is launched from: its disk, its metadata service, the tags of what it costs."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from preview.monitor import RecordingMonitor

Built = Callable[..., RecordingMonitor]
Made = Callable[[RecordingMonitor], dict[str, dict[str, Any]]]

LINES = """
from components.eks.templates import launch_template
for pool in place.args.deployment.pools:
    launch_template(place, pool, "sg-cluster", {"readyroom-hub": pool.hub or "none"})
"""
KIND = "aws:ec2/launchTemplate:LaunchTemplate"


@pytest.mark.parametrize(
    ("pool", "hub", "gib"),
    [
        ("core-m5-xlarge", "none", 100),
        ("eighty-m5-xlarge", "eighty", 300),
    ],
)
def test_a_template_has_exactly_these_inputs(
    pool: str, hub: str, gib: int, built: Built, made: Made
) -> None:
    disk = {"machineType": "m5.xlarge", "maxNodes": 2, "bootDisk": "300Gi"}

    found = made(built("eks", LINES, hubs={"eighty": {"pool": disk}}))

    tags = {"readyroom-hub": hub}
    name = found[f"{KIND} {pool}"].pop("name")
    # Of the stack: all templates of an account and a region share their names.
    assert re.fullmatch(f"readyroom-dev-{pool}-[0-9a-f]{{4}}", name)
    assert found[f"{KIND} {pool}"] == {
        "blockDeviceMappings": [
            {
                "deviceName": "/dev/xvda",
                "ebs": {
                    "volumeSize": gib,
                    "volumeType": "gp3",
                    "encrypted": "true",
                    "deleteOnTermination": "true",
                },
            }
        ],
        # The cluster's group, which a template that names groups must name; and the nodes' own.
        "vpcSecurityGroupIds": ["sg-cluster", "sg-nodes"],
        "metadataOptions": {
            "httpEndpoint": "enabled",
            "httpTokens": "required",
            "httpPutResponseHopLimit": 1,
        },
        "monitoring": {"enabled": False},
        "tagSpecifications": [
            {"resourceType": kind, "tags": tags | {"Name": pool}}
            for kind in ("instance", "network-interface", "volume")
        ],
        "tags": tags,
    }


def test_a_pool_has_one_template(built: Built, made: Made) -> None:
    assert sorted(made(built("eks", LINES, hubs={"eighty": {}}))) == [
        f"{KIND} core-m5-xlarge",
        f"{KIND} eighty-m5-xlarge",
    ]
