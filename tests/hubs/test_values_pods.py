"""Pods of the full stacks, as the real KubeSpawner makes them of all our values together."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from hubs.deployment import deployment
from hubs.files import stack_config
from hubs.stack import load_stack
from tests.hubs.pods import kubeconfig, person, storing, user_pod

Raw = dict[str, Any]

GPU = "nvidia.com/gpu"


@pytest.fixture(autouse=True)
def _somewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KUBECONFIG", str(kubeconfig(tmp_path / "kubeconfig.yaml")))


@pytest.fixture
def spec(root: Path) -> Callable[[str, str], Raw]:
    """Return the spec of the pod of a user who chose a profile of a full stack's first hub."""

    def found(name: str, profile: str) -> Raw:
        config = stack_config(root / f"Pulumi.{name}.yaml")
        stack = load_stack(name, config.own, root / "hubs", secrets=config.secrets)
        values: Any = deployment(stack, (), datetime(2027, 1, 1, tzinfo=UTC)).hubs[0].values
        extra = values["hub"]["extraConfig"]
        spawner = values["hub"]["config"]["KubeSpawner"]
        pod = user_pod(
            values["singleuser"], storing(extra), person("ann"), spawner=spawner, profile=profile
        )
        return pod["spec"]

    return found


Spec = Callable[[str, str], Raw]


@pytest.mark.parametrize(
    ("name", "pool"),
    [
        ("full-gke", "full-gke-gpu-g2-standard-8"),
        ("full-eks", "full-eks-gpu-g4dn-2xlarge"),
    ],
)
def test_a_server_with_a_gpu_asks_for_it_and_may_go_where_it_is(
    name: str, pool: str, spec: Spec
) -> None:
    found = spec(name, "gpu")

    resources = found["containers"][0]["resources"]
    assert resources["requests"][GPU] == resources["limits"][GPU] == "1"
    assert found["nodeSelector"] == {
        "hub.jupyter.org/node-purpose": "user",
        "readyroom/pool": pool,
    }
    assert found["tolerations"] == [{"key": GPU, "operator": "Exists", "effect": "NoSchedule"}]


@pytest.mark.parametrize("name", ["full-gke", "full-eks"])
def test_no_other_server_asks_for_a_gpu(name: str, spec: Spec) -> None:
    resources = spec(name, "large")["containers"][0]["resources"]

    assert sorted(resources["requests"]) == sorted(resources["limits"]) == ["cpu", "memory"]


@pytest.mark.parametrize("name", ["full-gke", "full-eks"])
@pytest.mark.parametrize("profile", ["large", "gpu"])
def test_an_options_scratch_is_the_only_one_and_all_else_stays_mounted(
    name: str, profile: str, spec: Spec
) -> None:
    found = spec(name, profile)

    scratch = [one for one in found["volumes"] if one["name"] == "scratch"]
    assert scratch == [{"name": "scratch", "emptyDir": {"sizeLimit": "107374182400"}}]
    mounted = {one["mountPath"] for one in found["containers"][0]["volumeMounts"]}
    usual = {"/home/jovyan", "/home/jovyan/shared", "/scratch"}
    assert mounted == usual | ({"/home/jovyan/fast"} if profile == "large" else set())


def test_a_server_starts_in_the_home_of_its_image_which_is_mounted_and_given_to_its_user(
    gke: Raw, hub: Raw, values_at: Callable[[Raw, Raw, Raw, str], Raw], event: Raw
) -> None:
    hub["image"]["home"] = "/home/rstudio"
    values = values_at(gke, hub | {"shared": {}}, event, "2027-01-01T00:00")

    spawner = values["hub"]["config"]["KubeSpawner"]
    found = user_pod(values["singleuser"], {}, person("ann"), spawner=spawner)["spec"]

    server, [owner] = found["containers"][0], found["initContainers"]
    assert server["workingDir"] == "/home/rstudio"
    mounted = {"/home/rstudio", "/home/rstudio/shared"}
    assert {one["mountPath"] for one in server["volumeMounts"]} == mounted
    assert owner["command"][-1].startswith("chown 1000:1000 /home/rstudio /shared")
    assert [one["mountPath"] for one in owner["volumeMounts"]] == ["/home/rstudio", "/shared"]


@pytest.mark.parametrize("name", ["full-gke", "full-eks"])
def test_a_server_has_the_account_of_its_buckets_and_no_token_of_kubernetes(
    name: str, spec: Spec
) -> None:
    found = spec(name, "large")

    assert found["serviceAccountName"] == "users"
    assert found["automountServiceAccountToken"] is False
    assert found["priorityClassName"] == f"{name}-users"
