"""The claims that a hub's servers mount, and the volumes behind them."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

import pulumi
import pulumi_kubernetes as k8s

from components.interface import ClassVolume, CsiVolume, NfsVolume, Volume
from components.kept import kept

# A claim on a volume that exists can never be resized, so it asks for little from the start.
_NOMINAL_GIB = 1


def hub_volumes(
    hub: str,
    volumes: Mapping[str, Volume],
    opts: pulumi.ResourceOptions,
    replace: AbstractSet[str],
) -> list[pulumi.Resource]:
    """Create what is behind a hub's claims that only point to a share.

    Before the hub's namespace, so that they go after it: Kubernetes keeps a volume for as long
    as a claim is bound to it, and these claims go with their namespace.
    Source: kubernetes.io, "Persistent Volumes", storage object in use protection, 2026.
    """
    return [
        _volume(hub, claim, volume, opts, replace)
        for claim, volume in volumes.items()
        if not isinstance(volume, ClassVolume)
    ]


def _volume(
    hub: str,
    claim: str,
    volume: NfsVolume | CsiVolume,
    opts: pulumi.ResourceOptions,
    replace: AbstractSet[str],
) -> k8s.core.v1.PersistentVolume:
    # Where a file system is reached never changes, unless another one takes its place.
    told_once = [] if replace else ["spec.csi.volumeAttributes"]
    same = pulumi.ResourceOptions(ignore_changes=told_once)
    name = f"{hub}-{claim}"
    return k8s.core.v1.PersistentVolume(
        name,
        metadata={"name": name},
        spec={
            "capacity": {"storage": f"{volume.gib}Gi"},
            "access_modes": ["ReadWriteMany"],
            "persistent_volume_reclaim_policy": "Retain",
            "mount_options": _options(volume),
            **_source(volume),
            "claim_ref": {"namespace": hub, "name": claim},
            "storage_class_name": "",
        },
        opts=pulumi.ResourceOptions.merge(opts, same),
    )


def hub_claims(
    hub: str,
    volumes: Mapping[str, Volume],
    namespace: pulumi.Resource,
    opts: pulumi.ResourceOptions,
    replace: AbstractSet[str],
) -> list[pulumi.Resource]:
    """Create every claim of a hub; one on a storage class holds the data itself and is kept.

    One that only points to a share goes with its namespace: servers that still run would
    hold it for as long as they do.
    """
    return [
        _claim(hub, claim, volume, namespace, opts, replace) for claim, volume in volumes.items()
    ]


def _claim(
    hub: str,
    claim: str,
    volume: Volume,
    namespace: pulumi.Resource,
    opts: pulumi.ResourceOptions,
    replace: AbstractSet[str],
) -> pulumi.Resource:
    if isinstance(volume, ClassVolume):
        on_class: k8s.core.v1.PersistentVolumeClaimSpecArgsDict = {
            "storage_class_name": volume.storage_class
        }
        return _volume_claim(hub, claim, volume.gib, on_class, kept(opts, replace))
    bound: k8s.core.v1.PersistentVolumeClaimSpecArgsDict = {
        "storage_class_name": "",
        "volume_name": f"{hub}-{claim}",
    }
    with_it = pulumi.ResourceOptions(deleted_with=namespace)
    return _volume_claim(
        hub, claim, _NOMINAL_GIB, bound, pulumi.ResourceOptions.merge(opts, with_it)
    )


def _options(volume: NfsVolume | CsiVolume) -> list[str]:
    """Return mount options: a driver without a controller is not told of `read_only`.

    Source: kubernetes-sigs/aws-efs-csi-driver#799, and pkg/driver/node.go, 2026.
    """
    read_only = isinstance(volume, CsiVolume) and volume.read_only
    return [*volume.mount_options, *(["ro"] if read_only else [])]


def _source(volume: NfsVolume | CsiVolume) -> k8s.core.v1.PersistentVolumeSpecArgsDict:
    if isinstance(volume, NfsVolume):
        return {"nfs": {"server": volume.server, "path": volume.path}}
    return {
        "csi": {
            "driver": volume.driver,
            "volume_handle": volume.handle,
            "volume_attributes": dict(volume.attributes),
            "read_only": volume.read_only,
        }
    }


def _volume_claim(
    hub: str,
    claim: str,
    gib: int,
    bound: k8s.core.v1.PersistentVolumeClaimSpecArgsDict,
    opts: pulumi.ResourceOptions,
) -> k8s.core.v1.PersistentVolumeClaim:
    return k8s.core.v1.PersistentVolumeClaim(
        f"{hub}-{claim}",
        metadata={"name": claim, "namespace": hub},
        spec={
            "access_modes": ["ReadWriteMany"],
            "resources": {"requests": {"storage": f"{gib}Gi"}},
            **bound,
        },
        opts=opts,
    )
