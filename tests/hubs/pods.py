"""User pods as the real KubeSpawner makes them of our values.

It does not prove that a cluster takes them.
"""

import asyncio
import warnings
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import yaml

Raw = dict[str, Any]

# What the chart of version 4.4 adds where we say nothing.
NETWORK_TOOLS = "quay.io/jupyterhub/k8s-network-tools:4.4.2"
KUBECONFIG = {
    "apiVersion": "v1",
    "kind": "Config",
    "clusters": [{"name": "made-up", "cluster": {"server": "https://127.0.0.1:9"}}],
    "users": [{"name": "nobody", "user": {}}],
    "contexts": [{"name": "here", "context": {"cluster": "made-up", "user": "nobody"}}],
    "current-context": "here",
}


def kubeconfig(path: Path) -> Path:
    """Write of a cluster that is not there: KubeSpawner wants one before it builds a pod."""
    path.write_text(yaml.safe_dump(KUBECONFIG), "utf-8")
    return path


def person(name: str, *groups: str, admin: bool = False) -> SimpleNamespace:
    """Return a user as a spawner sees them, with groups of JupyterHub's own class."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from jupyterhub.orm import Group  # noqa: PLC0415 - warns when imported
    joined = [Group(name=group) for group in groups]
    return SimpleNamespace(name=name, id=1, url="/user/one/", admin=admin, groups=joined)


# Values of the chart and the traits that they are.
_SIMPLE = {
    "nodeSelector": "node_selector",
    "serviceAccountName": "service_account",
    "extraTolerations": "tolerations",
    "profileList": "profile_list",
}


def storing(extra: dict[str, str]) -> dict[str, str]:
    """Return what of `hub.extraConfig` is about directories; the rest wants a whole hub."""
    return {key: text for key, text in extra.items() if key in ("20-shared", "21-fast")}


def _amounts(single: Raw) -> Raw:
    """Return the traits of what a server is promised where it chooses nothing."""
    return {
        f"{trait}_{kind}": single[key].get(kind)
        for key, trait in (("memory", "mem"), ("cpu", "cpu"))
        if key in single
        for kind in ("guarantee", "limit")
    }


def _traits(single: Raw) -> Raw:
    """Return KubeSpawner's traits as the chart's `jupyterhub_config.py` sets them.

    Source: jupyterhub/zero-to-jupyterhub-k8s 4.4.0, jupyterhub/files/hub/jupyterhub_config.py;
    values that we leave to the chart's defaults are left out.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from kubernetes_asyncio.client import V1Container  # noqa: PLC0415 - warns when imported
    storage = single["storage"]
    static = storage["static"]
    home = {"name": "home", "mountPath": storage["homeMountPath"], "subPath": static["subPath"]}
    claim = {"name": "home", "persistentVolumeClaim": {"claimName": static["pvcName"]}}
    block = V1Container(
        name="block-cloud-metadata",
        image=NETWORK_TOOLS,
        resources=single["networkTools"]["resources"],
    )
    blocked = single.get("cloudMetadata", {}).get("blockWithIptables", True)
    image = single.get("image", {})
    simple = {trait: single[key] for key, trait in _SIMPLE.items() if key in single}
    return {
        **simple,
        **_amounts(single),
        **({"image": f"{image['name']}:{image['tag']}"} if image else {}),
        "cmd": ["jupyterhub-singleuser"],
        "init_containers": [*single["initContainers"], *([block] if blocked else [])],
        "volumes": {"home": claim} | storage["extraVolumes"],
        "volume_mounts": {"home": home} | storage["extraVolumeMounts"],
    }


async def _built(traits: Raw, extra: dict[str, str], user: SimpleNamespace, options: Raw) -> Raw:
    with warnings.catch_warnings():
        # kubespawner 7.0.0 sets trait metadata in a way that traitlets is giving up.
        warnings.simplefilter("ignore", DeprecationWarning)
        from kubernetes_asyncio.client import ApiClient  # noqa: PLC0415 - warns when imported
        from kubespawner import KubeSpawner  # noqa: PLC0415 - warns when imported
        from traitlets.config import Config  # noqa: PLC0415 - with the others
    config = Config({"KubeSpawner": traits})
    for _, text in sorted(extra.items()):
        exec(text, {"c": config})  # noqa: S102 - the hub runs it just so
    spawner = KubeSpawner(_mock=True, config=config, user=user)
    # As `jupyterhub.user.User.spawn` does.
    spawner.run_pre_spawn_hook()
    spawner.user_options = options
    await spawner.load_user_options()
    pod = await spawner.get_pod_manifest()
    async with ApiClient() as client:
        manifest = client.sanitize_for_serialization(pod)
    # The spawner's own client waits for the hub's event loop to end.
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    return manifest


def user_pod(
    single: Raw,
    extra: dict[str, str],
    user: SimpleNamespace,
    *,
    spawner: Raw | None = None,
    **options: str,
) -> Raw:
    """Return the pod that a user's spawner would ask for, as the API server gets it.

    Args:
        single: The `singleuser` values.
        extra: What the hub runs, as `hub.extraConfig`.
        user: Whose server it is.
        spawner: More traits, as `hub.config.KubeSpawner`.
        options: What they chose, such as a profile.
    """
    return asyncio.run(_built(_traits(single) | (spawner or {}), extra, user, options))
