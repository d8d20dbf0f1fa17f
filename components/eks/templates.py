"""What a node is launched from: its disk, its metadata service, the tags of what it costs."""

from collections.abc import Mapping

import pulumi
import pulumi_aws as aws

from components.eks.place import Place
from hubs.pools import Pool
from hubs.templates import template, template_name


def launch_template(
    place: Place, pool: Pool, cluster_group: pulumi.Input[str], tags: Mapping[str, str]
) -> aws.ec2.LaunchTemplate:
    """Create the launch template of a pool.

    It has no image and no instance type: those are the node group's, which adds the start of the
    kubelet.

    Args:
        place: Where it belongs; the nodes have its group, which storage lets in.
        pool: Whose nodes it is for.
        cluster_group: The security group by which nodes and control plane reach each other.
        tags: Of what it costs.
    """
    return aws.ec2.LaunchTemplate(
        pool.name,
        name=template_name(place.name, pool, tags),
        vpc_security_group_ids=[cluster_group, place.network.nodes],
        tags=dict(tags),
        opts=place.opts,
        **template(pool, tags),
    )
