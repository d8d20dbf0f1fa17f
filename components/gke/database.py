"""Hub databases on Cloud SQL."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pulumi
import pulumi_gcp as gcp
import pulumi_random as random

from components.gke.place import Place
from components.interface import Database
from hubs.databases import (
    BACKUP_DAYS,
    LOG_DAYS,
    MOST_GIB,
    PASSWORD_LENGTH,
    PORT,
    POSTGRES,
    SERVICES_ADDRESS,
    SERVICES_PREFIX,
    database_name,
    quiet_hour,
    wanting,
)
from hubs.gke import CloudSqlConfig


@dataclass(frozen=True, slots=True, kw_only=True)
class Databases:
    """What hubs have on Cloud SQL.

    Attributes:
        of: The database of a hub, by the hub's name.
        reserved: What holds the addresses that Google's services are given in the network.
    """

    of: Mapping[str, Database] = field(default_factory=dict[str, Database])
    reserved: Sequence[pulumi.Resource] = ()


def databases(place: Place) -> Databases:
    """Create an instance, and in it a database and a user for every hub that wants them.

    Lost with the instance would be the users, servers and tokens of these hubs.

    Every user that Cloud SQL makes may administer all databases of its instance: the hubs of a
    stack trust one another here. Their passwords are in the hubs alone, not in user servers.
    """
    config = place.config.database
    if config is None:
        return Databases()
    # Both stay when nobody names them any more: the instance stays, too.
    keep = pulumi.ResourceOptions.merge(place.opts, pulumi.ResourceOptions(retain_on_delete=True))
    addresses = _addresses(place, keep)
    instance = _instance(place, config, _peering(place, addresses, keep))
    hubs = wanting(place.args.deployment.stack.hubs)
    return Databases(
        of={hub: _database(place, instance, hub) for hub in hubs}, reserved=[addresses]
    )


def _addresses(place: Place, keep: pulumi.ResourceOptions) -> gcp.compute.GlobalAddress:
    return gcp.compute.GlobalAddress(
        f"{place.name}-services",
        name=place.physical("compute", "services"),
        purpose="VPC_PEERING",
        address_type="INTERNAL",
        address=SERVICES_ADDRESS,
        prefix_length=SERVICES_PREFIX,
        network=place.network.id,
        labels=place.args.deployment.labels(),
        opts=keep,
    )


def _peering(
    place: Place, addresses: gcp.compute.GlobalAddress, keep: pulumi.ResourceOptions
) -> gcp.servicenetworking.Connection:
    """Connect Google's services to the network, for as long as an instance needs it."""
    return gcp.servicenetworking.Connection(
        f"{place.name}-services",
        network=place.network.id,
        service="servicenetworking.googleapis.com",
        reserved_peering_ranges=[addresses.name],
        # One that stayed is taken over.
        update_on_creation_fail=True,
        opts=keep,
    )


def _instance(
    place: Place, config: CloudSqlConfig, peering: gcp.servicenetworking.Connection
) -> gcp.sql.DatabaseInstance:
    after = pulumi.ResourceOptions.merge(place.opts, pulumi.ResourceOptions(depends_on=[peering]))
    return gcp.sql.DatabaseInstance(
        f"{place.name}-database",
        name=place.physical("cloud-sql", "database"),
        region=place.config.region,
        database_version=f"POSTGRES_{POSTGRES}",
        # In Pulumi; `deletion_protection_enabled` is that of the cloud.
        deletion_protection=True,
        settings=_settings(place, config),
        opts=place.kept(after),
    )


def _settings(place: Place, config: CloudSqlConfig) -> gcp.sql.DatabaseInstanceSettingsArgsDict:
    quiet = quiet_hour(place.config.maintenance, place.args.deployment.now)
    return {
        "tier": config.tier,
        # From PostgreSQL 16 the default is ENTERPRISE_PLUS, which has no small machines.
        "edition": "ENTERPRISE",
        "availability_type": "REGIONAL" if config.highly_available else "ZONAL",
        "disk_type": "PD_SSD",
        "disk_autoresize": True,
        "disk_autoresize_limit": MOST_GIB,
        "deletion_protection_enabled": True,
        "retain_backups_on_delete": True,
        "backup_configuration": {
            "enabled": True,
            "start_time": quiet.clock,
            "point_in_time_recovery_enabled": True,
            "transaction_log_retention_days": LOG_DAYS,
            "backup_retention_settings": {
                "retained_backups": BACKUP_DAYS,
                "retention_unit": "COUNT",
            },
        },
        "maintenance_window": {
            "day": quiet.day,
            "hour": quiet.hour,
            "update_track": "stable",
        },
        "ip_configuration": {
            "ipv4_enabled": False,
            "private_network": place.network.id,
            "ssl_mode": "ENCRYPTED_ONLY",
        },
        "user_labels": place.args.deployment.labels(),
    }


def _database(place: Place, instance: gcp.sql.DatabaseInstance, hub: str) -> Database:
    name, logical = database_name(hub), f"{place.name}-{hub}-database"
    password = random.RandomPassword(
        logical, length=PASSWORD_LENGTH, special=False, opts=place.opts
    )
    user = gcp.sql.User(
        logical,
        name=name,
        instance=instance.name,
        password=password.result,
        # It owns what is in the database, so that PostgreSQL would refuse to drop it.
        opts=pulumi.ResourceOptions.merge(
            place.opts, pulumi.ResourceOptions(retain_on_delete=True)
        ),
    )
    # After its user, so that a destroy that keeps the one keeps the other and its password.
    after = pulumi.ResourceOptions.merge(place.opts, pulumi.ResourceOptions(depends_on=[user]))
    gcp.sql.Database(
        logical,
        name=name,
        instance=instance.name,
        opts=place.kept(after),
    )
    return Database(
        host=instance.private_ip_address,
        port=PORT,
        name=name,
        user=name,
        password=pulumi.Output.secret(password.result),
    )
