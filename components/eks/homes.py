"""Home and shared directories on EFS, and how each hub reaches its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import pulumi
import pulumi_aws as aws

from components.eks.place import Place
from components.eks.roles import document
from components.interface import CsiVolume, retained
from hubs.claims import FAST, HOME, SHARED_READ, SHARED_WRITE, claims
from hubs.eks import ColdAfter
from hubs.hub import HubConfig
from hubs.names import physical

# EFS has no size; a claim must name one all the same.
_NOMINAL_GIB = 1024
_NFS = 2049
_CLIENT = "elasticfilesystem:Client"
# Everybody's servers run as 1000; 65534 owns nothing, and is in no group that does.
_USER, _NOBODY = 1000, 65534


@dataclass(frozen=True, slots=True, kw_only=True)
class Homes:
    """The file system, and what must be there before anything mounts it."""

    files: aws.efs.FileSystem
    ready: list[pulumi.Resource]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Door:
    """A way into a directory: as whom, and who may do what in it."""

    folder: Literal["home", "shared"]
    user: int
    permissions: str


# The first door that is opened makes the directory, so both to one must say the same of it.
_DOORS: Mapping[str, _Door] = {
    HOME: _Door(folder="home", user=_USER, permissions="0700"),
    SHARED_READ: _Door(folder="shared", user=_NOBODY, permissions="0755"),
    SHARED_WRITE: _Door(folder="shared", user=_USER, permissions="0755"),
}


def homes(place: Place) -> Homes:
    """Create the file system that holds every home; lost with it would be everyone's work.

    Its key is AWS' own, which outlives the cluster.
    """
    config, tags = place.config.homes, place.args.deployment.labels()
    name = physical("efs-token", place.name, "homes")
    keep = pulumi.ResourceOptions.merge(place.opts, retained())
    files = aws.efs.FileSystem(
        f"{place.name}-homes",
        creation_token=name,
        encrypted=True,
        performance_mode="generalPurpose",
        throughput_mode=config.throughput_mode,
        provisioned_throughput_in_mibps=place.args.deployment.homes,
        lifecycle_policies=_lifecycle(config.cold_after),
        tags=tags | {"Name": name},
        opts=place.kept(place.opts),
    )
    # Kept with the file system: deleting it would end the backups of what is still there.
    aws.efs.BackupPolicy(
        f"{place.name}-homes",
        file_system_id=files.id,
        backup_policy={"status": "ENABLED" if config.backups else "DISABLED"},
        opts=keep,
    )
    policy = aws.efs.FileSystemPolicy(
        f"{place.name}-homes",
        file_system_id=files.id,
        policy=files.arn.apply(tls_policy),
        opts=place.opts,
    )
    return Homes(files=files, ready=[policy, *_mount_targets(place, files, tags)])


def _lifecycle(
    cold_after: ColdAfter | None,
) -> list[aws.efs.FileSystemLifecyclePolicyArgsDict]:
    """Return when files move to the cheaper class; they come back once they are read."""
    if cold_after is None:
        return []
    unit = "DAY" if cold_after == 1 else "DAYS"
    return [
        {"transition_to_ia": f"AFTER_{cold_after}_{unit}"},
        {"transition_to_primary_storage_class": "AFTER_1_ACCESS"},
    ]


def _mount_targets(
    place: Place, files: aws.efs.FileSystem, tags: dict[str, str]
) -> list[pulumi.Resource]:
    """Create a way to the file system in every zone, for nodes and nobody else."""
    name = physical("security-group", place.name, "homes")
    door = aws.ec2.SecurityGroup(
        f"{place.name}-homes",
        name=name,
        description="NFS from nodes",
        vpc_id=place.network.vpc.id,
        ingress=[
            {
                "description": "NFS from nodes",
                "protocol": "tcp",
                "from_port": _NFS,
                "to_port": _NFS,
                "security_groups": [place.network.nodes],
            }
        ],
        egress=[],
        tags=tags | {"Name": name},
        opts=place.opts,
    )
    return [
        aws.efs.MountTarget(
            f"{place.name}-homes-{zone}",
            file_system_id=files.id,
            subnet_id=subnet.id,
            security_groups=[door.id],
            opts=place.opts,
        )
        for zone, subnet in zip(sorted(place.config.zones), place.network.private, strict=True)
    ]


def tls_policy(files: str) -> str:
    """Return the policy of a file system: nothing without TLS, and nothing for the unknown.

    Any policy ends the default one, which lets everybody in who reaches a mount target. Who has
    the right by a role of theirs still gets in.
    Source: Amazon EFS user guide, "Using IAM to control access to file systems", 2026.
    """
    return document(
        {
            "Sid": "TlsOnly",
            "Effect": "Deny",
            "Principal": {"AWS": "*"},
            "Action": [f"{_CLIENT}Mount", f"{_CLIENT}RootAccess", f"{_CLIENT}Write"],
            "Resource": files,
            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        }
    )


def mount_policy(files: str) -> str:
    """Return what the driver may do: mount through an access point, never as root."""
    return document(
        {
            "Effect": "Allow",
            "Action": [f"{_CLIENT}Mount", f"{_CLIENT}Write"],
            "Resource": files,
            "Condition": {
                "StringLike": {
                    "elasticfilesystem:AccessPointArn": "arn:*:elasticfilesystem:*:access-point/*"
                }
            },
        }
    )


def hub_volumes(
    place: Place, home: Homes, hub: HubConfig, fast: CsiVolume | None
) -> dict[str, CsiVolume]:
    """Return what a hub's claims stand for, by the claim's name.

    A hub that goes loses its ways in, and no data.
    """
    found = {
        claim: _volume(place, home.files, hub, claim)
        for claim in claims("eks", hub)
        if claim in _DOORS
    }
    return found if fast is None or FAST not in claims("eks", hub) else found | {FAST: fast}


def _volume(place: Place, files: aws.efs.FileSystem, hub: HubConfig, claim: str) -> CsiVolume:
    door = _DOORS[claim]
    point = aws.efs.AccessPoint(
        f"{place.name}-{hub.name}-{claim}",
        file_system_id=files.id,
        posix_user={"uid": door.user, "gid": door.user},
        root_directory={
            "path": f"/{hub.name}/{door.folder}",
            "creation_info": {
                "owner_uid": _USER,
                "owner_gid": _USER,
                "permissions": door.permissions,
            },
        },
        tags=place.args.deployment.labels(hub.name)
        | {"Name": physical("efs-token", place.name, hub.name, claim)},
        opts=place.opts,
    )
    return CsiVolume(
        gib=_NOMINAL_GIB,
        driver="efs.csi.aws.com",
        handle=pulumi.Output.concat(files.id, "::", point.id),
        # The driver shows its role; without it the file system lets nobody in.
        mount_options=("tls", "iam"),
        read_only=door.user == _NOBODY,
    )
