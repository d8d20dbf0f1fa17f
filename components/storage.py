"""The claim on home directories that a hub mounts."""

import pulumi
import pulumi_kubernetes as k8s

from components.interface import HomeShare, retained
from hubs.values import HOME_CLAIM

# A claim on a volume that exists can never be resized, so it asks for little from the start.
_NOMINAL_GIB = 1


def home_claim(
    name: str, homes: HomeShare, namespace: pulumi.Resource, opts: pulumi.ResourceOptions
) -> k8s.core.v1.PersistentVolumeClaim:
    """Create the claim; on a storage class it holds the data itself and is kept.

    One that only points to a share goes with its namespace: servers that still run would
    hold it for as long as they do.
    """
    if homes.server is None:
        return _claim(name, homes, pulumi.ResourceOptions.merge(opts, retained()))
    volume = k8s.core.v1.PersistentVolume(
        f"{name}-homes",
        metadata={"name": f"{name}-homes"},
        spec={
            "capacity": {"storage": f"{homes.gib}Gi"},
            "access_modes": ["ReadWriteMany"],
            "persistent_volume_reclaim_policy": "Retain",
            "mount_options": list(homes.mount_options),
            "nfs": {"server": homes.server, "path": homes.path},
            "claim_ref": {"namespace": name, "name": HOME_CLAIM},
            "storage_class_name": "",
        },
        opts=opts,
    )
    return _claim(
        name,
        homes,
        pulumi.ResourceOptions.merge(
            opts, pulumi.ResourceOptions(depends_on=[volume], deleted_with=namespace)
        ),
    )


def _claim(
    name: str, homes: HomeShare, opts: pulumi.ResourceOptions
) -> k8s.core.v1.PersistentVolumeClaim:
    asked = homes.gib if homes.server is None else _NOMINAL_GIB
    return k8s.core.v1.PersistentVolumeClaim(
        f"{name}-home",
        metadata={"name": HOME_CLAIM, "namespace": name},
        spec={
            "access_modes": ["ReadWriteMany"],
            "resources": {"requests": {"storage": f"{asked}Gi"}},
            "storage_class_name": homes.storage_class or "",
            "volume_name": None if homes.server is None else f"{name}-homes",
        },
        opts=opts,
    )
