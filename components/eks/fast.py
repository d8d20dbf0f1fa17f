"""Fast storage beside the home directories: FSx for Lustre."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.eks.place import Place
from components.interface import CsiVolume
from hubs.cluster_parts import days
from hubs.names import physical

# What Lustre talks on, between its servers and with its clients, either of which may begin.
# Source: Amazon FSx for Lustre user guide, "Creating an FSx for Lustre file system fails", 2026.
_PORTS = ((988, 988), (1018, 1023))
_DESCRIPTION = "Lustre between nodes and servers"
# In UTC: on Sundays, when fewest teach anywhere, because files stand still for minutes; AWS would
# choose any hour of the week. The daily backup must not meet it.
# Source: Amazon FSx for Lustre user guide, "Maintenance windows", 2026.
_MAINTENANCE, _BACKUP = "7:09:00", "08:00"


def fast_storage(place: Place) -> CsiVolume | None:
    """Create the file system for options that mount fast storage; None where nobody asks for it.

    It is in one zone, that of the core nodes; nodes of others reach it, too. Lost with it would
    be everything that users keep there and in no backup.
    """
    config = place.config.fast_storage
    if config is None:
        return None
    door, servers = _door(place)
    after = pulumi.ResourceOptions.merge(place.opts, pulumi.ResourceOptions(depends_on=servers))
    files = aws.fsx.LustreFileSystem(
        f"{place.name}-fast",
        subnet_ids=_subnet(place).id,
        security_group_ids=[door.id],
        deployment_type="PERSISTENT_2",
        storage_type="SSD",
        storage_capacity=config.capacity_gib,
        per_unit_storage_throughput=config.throughput_per_tib,
        # What AWS advises for all new ones; Amazon Linux 2023 cannot mount the oldest.
        # Source: Amazon FSx API, CreateFileSystem, FileSystemTypeVersion, 2026.
        file_system_type_version="2.15",
        data_compression_type="LZ4",
        automatic_backup_retention_days=days(config.keep_backups),
        daily_automatic_backup_start_time=_BACKUP,
        weekly_maintenance_start_time=_MAINTENANCE,
        copy_tags_to_backups=True,
        skip_final_backup=False,
        final_backup_tags=_tags(place),
        tags=_tags(place),
        opts=place.kept(after),
    )
    return CsiVolume(
        gib=config.capacity_gib,
        driver="fsx.csi.aws.com",
        handle=files.id,
        attributes={"dnsname": files.dns_name, "mountname": files.mount_name},
        mount_options=("flock", "noatime"),
    )


def _tags(place: Place) -> dict[str, str]:
    """Return the tags of what has no name but in a tag."""
    name = physical("security-group", place.name, "fast")
    return place.args.deployment.labels() | {"Name": name}


def _subnet(place: Place) -> aws.ec2.Subnet:
    """Return the private subnet of the core nodes' zone."""
    [core] = [pool for pool in place.args.deployment.pools if pool.purpose == "core"]
    return dict(zip(sorted(place.config.zones), place.network.private, strict=True))[core.zones[0]]


# Rules in and out of a group are two classes of one shape.
_Rule = type[aws.vpc.SecurityGroupIngressRule] | type[aws.vpc.SecurityGroupEgressRule]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Talk:
    """What a security group may begin with another, or another with it."""

    name: str
    group: pulumi.Input[str]
    other: pulumi.Input[str]


def _door(place: Place) -> tuple[aws.ec2.SecurityGroup, list[pulumi.Resource]]:
    """Create the group of the file system's servers, which they and nodes alone talk to.

    Returns it with what its servers need of each other. That nodes get in is no part of it: the
    file system stays when they go.
    """
    keep = pulumi.ResourceOptions.merge(place.opts, pulumi.ResourceOptions(retain_on_delete=True))
    door = aws.ec2.SecurityGroup(
        f"{place.name}-fast",
        name=physical("security-group", place.name, "fast"),
        description=_DESCRIPTION,
        vpc_id=place.network.vpc.id,
        tags=_tags(place),
        opts=keep,
    )
    nodes = place.network.nodes
    into, out_of = aws.vpc.SecurityGroupIngressRule, aws.vpc.SecurityGroupEgressRule
    among = _Talk(name="servers", group=door.id, other=door.id)
    servers = [*_rules(place, into, among, keep), *_rules(place, out_of, among, keep)]
    _rules(place, into, _Talk(name="nodes", group=door.id, other=nodes), place.opts)
    # Out of nodes everything may go: their group is the cluster's, and its other rules not ours.
    _rules(place, into, _Talk(name="back", group=nodes, other=door.id), place.opts)
    _rules(place, out_of, _Talk(name="back", group=door.id, other=nodes), place.opts)
    return door, servers


def _rules(
    place: Place, rule: _Rule, talk: _Talk, opts: pulumi.ResourceOptions
) -> list[pulumi.Resource]:
    """Open the ports of Lustre, in or out of a group."""
    return [
        rule(
            f"{place.name}-fast-{talk.name}-{first}",
            security_group_id=talk.group,
            referenced_security_group_id=talk.other,
            ip_protocol="tcp",
            from_port=first,
            to_port=last,
            description=_DESCRIPTION,
            tags=_tags(place),
            opts=opts,
        )
        for first, last in _PORTS
    ]
