"""Hub databases on RDS: an instance for every hub that wants one."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws
import pulumi_random as random

from components.eks.place import Place
from components.interface import Database
from hubs.databases import (
    BACKUP_DAYS,
    MOST_GIB,
    PASSWORD_LENGTH,
    PORT,
    POSTGRES,
    RDS_GIB,
    RDS_USER,
    database_name,
    wanting,
)
from hubs.eks import RdsConfig
from hubs.names import physical


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shared:
    """What the instances of a stack have in common, and none of their data."""

    subnets: aws.rds.SubnetGroup
    door: aws.ec2.SecurityGroup
    parameters: aws.rds.ParameterGroup


def databases(place: Place) -> Mapping[str, Database]:
    """Create an instance for every hub that wants a database.

    Lost with an instance would be the users, servers and tokens of its hub. A user of a shared
    instance could only be made from within the network; so every hub has an instance, whose
    first user is the hub's, and no hub reaches another's data. The price is one instance for
    each hub: of the smallest class about 14 USD a month, twice that with a standby.
    Source: Amazon RDS pricing, us-east-1, db.t4g.micro with 20 GB of gp3, 2026-06.
    """
    config = place.config.database
    if config is None:
        return {}
    shared, hubs = _shared(place), wanting(place.args.deployment.stack.hubs)
    return {hub: _database(place, config, shared, hub) for hub in hubs}


def _shared(place: Place) -> _Shared:
    """Create what instances need; it stays as long as they do, and none of it needs a cluster."""
    tags, family = place.args.deployment.labels(), f"postgres{POSTGRES}"
    keep = pulumi.ResourceOptions.merge(place.opts, pulumi.ResourceOptions(retain_on_delete=True))
    return _Shared(
        subnets=aws.rds.SubnetGroup(
            f"{place.name}-database",
            name=physical("rds", place.name, "database"),
            description=f"Private subnets of {place.args.name}",
            subnet_ids=place.network.private_ids,
            tags=tags,
            opts=keep,
        ),
        door=_door(place, tags, keep),
        # A group is of one major version: the next one has another, and moves the instances.
        parameters=aws.rds.ParameterGroup(
            f"{place.name}-{family}",
            name=physical("rds", place.name, family),
            family=family,
            description=f"TLS only, for {place.args.name}",
            parameters=[{"name": "rds.force_ssl", "value": "1"}],
            tags=tags,
            opts=keep,
        ),
    )


def _door(
    place: Place, tags: dict[str, str], keep: pulumi.ResourceOptions
) -> aws.ec2.SecurityGroup:
    """Create the instances' group; that nodes get in is no part of it, since nodes may go."""
    name = physical("security-group", place.name, "database")
    door = aws.ec2.SecurityGroup(
        f"{place.name}-database",
        name=name,
        description="PostgreSQL from nodes",
        vpc_id=place.network.vpc.id,
        tags=tags | {"Name": name},
        opts=keep,
    )
    aws.vpc.SecurityGroupIngressRule(
        f"{place.name}-database",
        security_group_id=door.id,
        referenced_security_group_id=place.network.nodes,
        ip_protocol="tcp",
        from_port=PORT,
        to_port=PORT,
        description="PostgreSQL from nodes",
        tags=tags | {"Name": name},
        opts=place.opts,
    )
    return door


def _database(place: Place, config: RdsConfig, shared: _Shared, hub: str) -> Database:
    password = random.RandomPassword(
        f"{place.name}-{hub}-database", length=PASSWORD_LENGTH, special=False, opts=place.opts
    )
    instance = _instance(place, config, shared, hub, password)
    return Database(
        host=instance.address,
        port=PORT,
        name=database_name(hub),
        user=RDS_USER,
        password=pulumi.Output.secret(password.result),
    )


def _instance(
    place: Place, config: RdsConfig, shared: _Shared, hub: str, password: random.RandomPassword
) -> aws.rds.Instance:
    """Create an instance; minor versions come by themselves, in a night that AWS chooses."""
    identifier = physical("rds", place.name, hub, "database")
    return aws.rds.Instance(
        f"{place.name}-{hub}-database",
        identifier=identifier,
        engine="postgres",
        engine_version=str(POSTGRES),
        auto_minor_version_upgrade=True,
        # No bill for a version that is too old; AWS upgrades it instead.
        engine_lifecycle_support="open-source-rds-extended-support-disabled",
        instance_class=config.instance_class,
        multi_az=config.highly_available,
        allocated_storage=RDS_GIB,
        max_allocated_storage=MOST_GIB,
        storage_type="gp3",
        storage_encrypted=True,
        db_name=database_name(hub),
        username=RDS_USER,
        password=password.result,
        port=PORT,
        db_subnet_group_name=shared.subnets.name,
        vpc_security_group_ids=[shared.door.id],
        publicly_accessible=False,
        parameter_group_name=shared.parameters.name,
        backup_retention_period=BACKUP_DAYS,
        delete_automated_backups=False,
        copy_tags_to_snapshot=True,
        deletion_protection=True,
        skip_final_snapshot=False,
        final_snapshot_identifier=f"{identifier}-final",
        tags=place.args.deployment.labels(hub),
        opts=place.kept(place.opts),
    )
