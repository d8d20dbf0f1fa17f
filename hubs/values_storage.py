"""z2jh values for the directories that users see, and who writes to the shared one. Pure.

Volumes and mounts are mappings, to which options and the hook for leads add by key, as
KubeSpawner 7.0.0 takes them; it sorts them by key, and so a home comes before what lies in it.
"""

from collections.abc import Iterable
from dataclasses import replace

from hubs.claims import HOME, Mount, fast_mount, home_mount, shared_mounts
from hubs.cluster_parts import Provider
from hubs.confinement import GIVES_AWAY
from hubs.hub import HubConfig
from hubs.values_access import Values
from hubs.values_groups import group_names

# Init containers have equal requests and limits: without resources a user pod could never
# be Guaranteed (zero-to-jupyterhub-k8s#2428). No more than the smallest seat, so that they
# cost nothing; enough for a container runtime to start them (runc#3986 refuses 20 MiB).
_INIT = {"cpu": "50m", "memory": "64Mi"}
INIT_RESOURCES = {"requests": _INIT, "limits": _INIT}
# Every server runs as this user (KubeSpawner's default in the chart).
_OWNER = "1000:1000"
# Outside of a home: a mount point within would stay there as an empty directory.
_SHARED_ALONE, _FAST_ALONE = "/shared", "/fast"
_FAST_OWNER = "fast-owner"

_MOUNT_FOR_LEADS = """\
def _mount_for_leads(spawner):
    user = spawner.user
    groups = {group.name for group in user.groups}
    if user.admin or user.name in _LEADS or groups & _LEADING_GROUPS:
        spawner.volumes.update(_LEADS_VOLUMES)
        spawner.volume_mounts.update(_LEADS_MOUNTS)


c.KubeSpawner.pre_spawn_hook = _mount_for_leads
"""
# The chart takes a list only, which an option's would replace as a whole. The container that
# blocks the cloud's metadata is no mapping.
_INIT_BY_NAME = """\
c.KubeSpawner.init_containers = {
    one["name"] if isinstance(one, dict) else one.name: one
    for one in c.KubeSpawner.init_containers
}
"""


def storage(provider: Provider, hub: HubConfig) -> Values:
    """Return the `singleuser` values of what every server of a hub mounts."""
    home = home_mount(provider, hub)
    everybodys = [mount for mount in shared_mounts(provider, hub) if mount.read_only]
    return {
        "initContainers": _init_containers(provider, hub),
        "storage": {
            "type": "static",
            "homeMountPath": home.path,
            "static": {"pvcName": home.claim, "subPath": home.sub_path},
            "extraVolumes": _volumes(everybodys),
            "extraVolumeMounts": _mounts(everybodys),
        },
    }


def fast_override(hub: HubConfig) -> Values:
    """Return KubeSpawner's overrides of an option with fast storage, to be merged by key."""
    mount = fast_mount(hub)
    alone = _mount(replace(mount, path=_FAST_ALONE))
    command = ["chown", _OWNER, _FAST_ALONE]
    return {
        "volumes": _volumes([mount]),
        "volume_mounts": _mounts([mount]),
        "init_containers": {_FAST_OWNER: _init(hub, _FAST_OWNER, command, [alone])},
    }


def extra_config(provider: Provider, hub: HubConfig) -> dict[str, str]:
    """Return what the hub runs for its storage, as entries of `hub.extraConfig`."""
    found: dict[str, str] = {}
    hook = shared_hook(provider, hub)
    if hook is not None:
        found["20-shared"] = hook
    if any(option.storage == "fast" for option in hub.options):
        found["21-fast"] = _INIT_BY_NAME
    return found


def shared_hook(provider: Provider, hub: HubConfig) -> str | None:
    """Return what mounts the shared directory for writing: for leads, their groups, admins.

    What a user's groups are, the hub knows since they signed in; see `check_shared`.
    """
    if hub.shared is None:
        return None
    leads = [mount for mount in shared_mounts(provider, hub) if not mount.read_only]
    facts = {
        # JupyterHub's names of users are in lower case.
        "_LEADS": f"{sorted(lead.lower() for lead in hub.shared.leads)!r}",
        "_LEADING_GROUPS": f"set({group_names(hub.sign_in, hub.shared.groups)!r})",
        "_LEADS_VOLUMES": f"{_volumes(leads)!r}",
        "_LEADS_MOUNTS": f"{_mounts(leads)!r}",
    }
    told = "".join(f"{name} = {value}\n" for name, value in facts.items())
    return f"{told}\n\n{_MOUNT_FOR_LEADS}"


def _init_containers(provider: Provider, hub: HubConfig) -> list[Values]:
    """Return what gives new directories to their user.

    The kubelet makes a sub-path as root, and a pod's fsGroup does nothing on NFS. An access
    point of EFS acts as its own user, 1000, whoever asks: what the kubelet makes through it is
    the user's already, and root could not give it away.
    """
    if provider == "eks":
        return []
    home = home_mount(provider, hub)
    mounts = [_mount(home)]
    command = ["chown", _OWNER, home.path]
    writable = [mount for mount in shared_mounts(provider, hub) if not mount.read_only]
    if writable:
        [shared] = writable
        mounts.append(_mount(replace(shared, path=_SHARED_ALONE)))
        both = f"chown {_OWNER} {home.path} {_SHARED_ALONE} && chmod g+w {_SHARED_ALONE}"
        command = ["sh", "-c", both]
    return [_init(hub, "home-owner", command, mounts)]


def _init(hub: HubConfig, name: str, command: list[str], mounts: list[Values]) -> Values:
    """Return a container of the user's own image, which is on the node already."""
    return {
        "name": name,
        "image": _image(hub),
        "command": command,
        "securityContext": GIVES_AWAY,
        "resources": INIT_RESOURCES,
        "volumeMounts": mounts,
    }


def _image(hub: HubConfig) -> str:
    if hub.image.digest is None:
        return f"{hub.image.name}:{hub.image.tag}"
    return f"{hub.image.name}@{hub.image.digest}"


def _volumes(mounts: Iterable[Mount]) -> Values:
    """Return the volumes of claims; the chart itself makes the one of homes."""
    return {mount.claim: _volume(mount) for mount in mounts if mount.claim != HOME}


def _volume(mount: Mount) -> Values:
    claim: Values = {"claimName": mount.claim}
    if mount.read_only:
        # A volume of CSI that says so itself is mounted for writing all the same
        # (aws-efs-csi-driver#799, kubernetes#70505).
        claim["readOnly"] = True
    return {"name": mount.claim, "persistentVolumeClaim": claim}


def _mounts(mounts: Iterable[Mount]) -> Values:
    return {f"{HOME}-{mount.path.rsplit('/', 1)[1]}": _mount(mount) for mount in mounts}


def _mount(mount: Mount) -> Values:
    found: Values = {"name": mount.claim, "mountPath": mount.path}
    if mount.sub_path:
        found["subPath"] = mount.sub_path
    if mount.read_only:
        found["readOnly"] = True
    return found
