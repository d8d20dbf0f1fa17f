"""What a node of EKS is launched from, and the names that say so. Pure.

A launch template is never changed: its name has a hash of what is in it. The name of the node
group that uses it has a hash of that and of all else that can change of a group only by being
replaced: a new group is made beside the old one, which goes when the new one is there. By the
same name the old one, with everybody on it, would have to go first. EKS would replace the nodes
of a changed template just the same, but the number of its version is known only once it is made,
and no preview could show it.
"""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from hubs.names import physical
from hubs.pools import Pool

# The root of Amazon Linux 2023. Source: Amazon EC2 user guide, "Device volume names", 2026.
_ROOT = "/dev/xvda"
# What costs money, and what a node makes; tags of a node group are on neither.
_TAGGED = ("instance", "network-interface", "volume")
_DIGITS = 4


# The SDK's own types are a cloud's, and stay out of here.
Template = dict[str, Any]


def template(pool: Pool, tags: Mapping[str, str]) -> Template:
    """Return the plain arguments of the launch template of a pool.

    The disk has the IOPS and throughput that gp3 includes. One hop to the metadata service is
    as far as the node itself: no pod takes the node's role, unless it shares the node's network.
    """
    return {
        "block_device_mappings": [
            {
                "device_name": _ROOT,
                "ebs": {
                    "volume_size": pool.disk.gib,
                    "volume_type": pool.disk.kind,
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
            {"resource_type": kind, "tags": {**tags, "Name": pool.name}} for kind in _TAGGED
        ],
    }


def ami_type(pool: Pool) -> str:
    """Return which image of Amazon Linux the nodes of a pool start from."""
    return "AL2023_x86_64_NVIDIA" if pool.gpus else "AL2023_x86_64_STANDARD"


def _digest(content: Template) -> str:
    return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:_DIGITS]


def template_name(stack: str, pool: Pool, tags: Mapping[str, str]) -> str:
    """Return the name of a launch template, of which an account and region has only one."""
    digest = _digest(template(pool, tags))
    return f"{physical('launch-template', stack, pool.name)}-{digest}"


def group_name(pool: Pool, tags: Mapping[str, str]) -> str:
    """Return the name of a node group: the pool's, and of what it cannot change in place.

    The type of its machines is in the pool's name; its cluster and its role never change.
    Source: terraform-provider-aws @012e0a32, eks/node_group.go, `ForceNew`.
    """
    fixed = {
        "template": template(pool, tags),
        "spot": pool.spot,
        "zones": sorted(pool.zones),
        "image": ami_type(pool),
    }
    return f"{pool.name}-{_digest(fixed)}"
