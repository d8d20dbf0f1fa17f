"""What must hold of Kubernetes' objects of ours, by checkov's and kube-linter's names."""

from collections.abc import Callable
from typing import Any

from security.reading import Check, Inputs, as_list, at, is_set, is_value

_WORKLOADS = (":CronJob", ":DaemonSet", ":Deployment", ":StatefulSet")
_NAMESPACED = (*_WORKLOADS, ":Role", ":Secret", ":ServiceAccount", ":PersistentVolumeClaim")
_ENFORCE, _LEVELS = "pod-security.kubernetes.io/enforce", ("baseline", "restricted")
_PATHS = ("spec.jobTemplate.spec.template.spec", "spec.template.spec")


def _path(inputs: Inputs) -> str:
    return next(path for path in _PATHS if at(inputs, path))


def _pod(name: str, says: str, holds: Callable[[Inputs], bool], path: str, value: object) -> Check:
    """Return a check of pods, which are at another path in a CronJob."""
    return Check(
        name=name,
        says=says,
        types=_WORKLOADS,
        holds=lambda it: holds(at(it, _path(it))),
        breaks=[(f"{one}.{path}", value) for one in _PATHS],
    )


def _each(name: str, says: str, path: str, *allowed: object, wrong: object = None) -> Check:
    """Return a check of every container of pods."""
    holds = is_set(path, *allowed)
    return _pod(
        name, says, lambda pod: all(map(holds, pod["containers"])), f"containers.0.{path}", wrong
    )


def _fixed(image: str) -> bool:
    name = image.rsplit("/", 1)[-1]
    return "@sha256:" in name or (":" in name and not name.endswith(":latest"))


def _env(container: Inputs) -> list[Any]:
    return [it for it in as_list(container.get("env")) if at(it, "valueFrom.secretKeyRef")]


_NO = "securityContext"
_SOME_ENV = [{"name": "TOKEN", "valueFrom": {"secretKeyRef": {"name": "a", "key": "b"}}}]
_WILD = [{"apiGroups": [""], "resources": ["*"], "verbs": ["get"]}]

KUBERNETES = (
    _each("CKV_K8S_10, unset-cpu-requirements", "requests of CPU", "resources.requests.cpu"),
    _each("CKV_K8S_11, unset-cpu-requirements", "limits of CPU", "resources.limits.cpu"),
    _each(
        "CKV_K8S_12, unset-memory-requirements", "requests of memory", "resources.requests.memory"
    ),
    _each("CKV_K8S_13, unset-memory-requirements", "limits of memory", "resources.limits.memory"),
    _each(
        "CKV_K8S_20, privilege-escalation-container",
        "no more privileges",
        f"{_NO}.allowPrivilegeEscalation",
        "false",
        wrong=True,
    ),
    _each(
        "CKV_K8S_22, no-read-only-root-fs",
        "root file system read-only",
        f"{_NO}.readOnlyRootFilesystem",
        "true",
        wrong=False,
    ),
    _each(
        "CKV_K8S_28 and CKV_K8S_37, drop-net-raw-capability",
        "no capability",
        f"{_NO}.capabilities.drop",
        ["ALL"],
    ),
    _pod(
        "CKV_K8S_16, privileged-container",
        "not privileged",
        lambda pod: not any(at(it, f"{_NO}.privileged") for it in pod["containers"]),
        f"containers.0.{_NO}.privileged",
        value=True,
    ),
    _pod(
        "CKV_K8S_14, latest-tag",
        "a fixed tag",
        lambda pod: all(_fixed(it["image"]) for it in pod["containers"]),
        "containers.0.image",
        "quay.io/jupyterhub/k8s-hub:latest",
    ),
    _pod(
        "CKV_K8S_43",
        "a digest",
        lambda pod: all("@sha256:" in it["image"] for it in pod["containers"]),
        "containers.0.image",
        "quay.io/jupyterhub/k8s-hub:4.4.2",
    ),
    _pod(
        "CKV_K8S_35, read-secret-from-env-var",
        "no secret in the environment",
        lambda pod: not any(_env(it) for it in pod["containers"]),
        "containers.0.env",
        _SOME_ENV,
    ),
    _pod(
        "CKV_K8S_23, run-as-non-root",
        "not root",
        is_set(f"{_NO}.runAsNonRoot", "true"),
        f"{_NO}.runAsNonRoot",
        None,
    ),
    _pod(
        "CKV_K8S_31",
        "the runtime's seccomp profile",
        is_set(f"{_NO}.seccompProfile.type", "RuntimeDefault"),
        f"{_NO}.seccompProfile",
        None,
    ),
    _pod(
        "CKV_K8S_38",
        "no token of Kubernetes",
        is_set("automountServiceAccountToken", "false"),
        "automountServiceAccountToken",
        None,
    ),
    *(
        _pod(name, says, lambda pod, key=key: not pod.get(key), key, value=True)
        for name, says, key in (
            ("CKV_K8S_17, host-pid", "no processes of the node", "hostPID"),
            ("CKV_K8S_18, host-ipc", "no memory of the node", "hostIPC"),
            ("CKV_K8S_19, host-network", "no network of the node", "hostNetwork"),
        )
    ),
    _pod(
        "CKV_K8S_27, sensitive-host-mounts and writable-host-mount",
        "no folder of the node",
        lambda pod: not any("hostPath" in it for it in as_list(pod.get("volumes"))),
        "volumes",
        [{"hostPath": {"path": "/"}}],
    ),
    Check(
        name="CKV_K8S_49, wildcard-in-rules",
        says="no wildcard",
        types=(":Role", ":ClusterRole"),
        holds=lambda it: "*" not in str(it.get("rules")),
        breaks=[("rules", _WILD)],
    ),
    Check(
        name="access-to-secrets and access-to-create-pods",
        says="no secrets, no pods",
        types=(":Role", ":ClusterRole"),
        holds=lambda it: (
            not any(set(one["resources"]) & {"secrets", "pods"} for one in as_list(it.get("rules")))
        ),
        breaks=[
            ("rules", [{"resources": ["secrets"], "verbs": ["get"]}]),
            ("rules", [{"resources": ["pods"], "verbs": ["create"]}]),
        ],
    ),
    Check(
        name="CKV_K8S_21, use-namespace",
        says="not in the default namespace",
        types=_NAMESPACED,
        holds=lambda it: at(it, "metadata.namespace") not in (None, "default"),
        breaks=[("metadata.namespace", "default"), ("metadata.namespace", None)],
    ),
    is_value(
        "CKV_K8S_38 (account)",
        ":ServiceAccount",
        "no token unless asked for",
        "automountServiceAccountToken",
        "false",
    ),
    Check(
        name="pod security (no check of checkov's)",
        says="the namespace enforces a level",
        types=("core/v1:Namespace",),
        holds=lambda it: (at(it, "metadata.labels") or {}).get(_ENFORCE) in _LEVELS,
        breaks=[("metadata.labels", {_ENFORCE: "privileged"}), ("metadata.labels", {})],
    ),
    Check(
        name="env-var-secret",
        says="what a secret holds is marked",
        types=("core/v1:Secret",),
        holds=lambda it: it.get("stringData", it.get("data")) == "[secret]",
        breaks=[("stringData", {"key": "value"})],
    ),
)
