"""Which names a stack remembers, and which it may be asked to replace."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from hubs.files import stack_config
from hubs.kept_names import kept_names
from hubs.mistakes import MistakesError
from hubs.stack import load_stack

Raw = dict[str, object]
Names = Callable[[Raw, list[Raw]], frozenset[str]]
ROOT = Path(__file__).parents[2]


@pytest.fixture
def names(tmp_path: Path) -> Names:
    """Return the names that a stack `small` of a cluster and its hubs remembers."""

    def found(cluster: Raw, hubs: list[Raw]) -> frozenset[str]:
        for hub in hubs:
            (tmp_path / f"{hub['name']}.yaml").write_text(yaml.safe_dump(hub), "utf-8")
        own: Raw = {"cluster": cluster, "hubs": [hub["name"] for hub in hubs]}
        stack = load_stack("small", own, tmp_path)
        return kept_names(stack.name, stack.cluster, stack.hubs)

    return found


@pytest.mark.parametrize("cloud", ["gke", "eks"])
def test_a_small_cluster_of_a_cloud_keeps_itself_and_homes(
    cloud: str, request: pytest.FixtureRequest, hub: Raw, names: Names
) -> None:
    cluster: Raw = request.getfixturevalue(cloud)
    machine = {"gke": "n2-highmem-4", "eks": "r5.xlarge"}[cloud]
    backups: Raw = {"homes": {**_homes(cluster), "backups": False}} if cloud == "gke" else {}

    assert names(cluster | backups, [hub | {"pool": {"machineType": machine, "maxNodes": 5}}]) == {
        "small-cluster",
        "small-homes",
    }


def _homes(cluster: Raw) -> Raw:
    homes = cluster["homes"]
    assert isinstance(homes, dict)
    return homes


def test_backups_of_homes_are_remembered(gke: Raw, hub: Raw, names: Names) -> None:
    kept = names(gke | {"homes": {**_homes(gke), "tier": "ZONAL"}}, [hub])

    assert kept == {"small-cluster", "small-homes", "small-homes-backups"}


def test_a_claim_that_holds_homes_is_kept_with_its_namespace(
    existing: Raw, hub: Raw, names: Names
) -> None:
    del hub["pool"]

    assert names(existing, [hub, hub | {"name": "other"}]) == {
        "lab",
        "lab-home",
        "other",
        "other-home",
    }


def test_homes_on_somebody_elses_server_are_not_ours_to_keep(
    existing: Raw, hub: Raw, names: Names
) -> None:
    del hub["pool"]
    homes = {"server": "198.51.100.7", "path": "/homes", "capacity": "200Gi"}

    assert names(existing | {"homes": homes}, [hub]) == frozenset()


KEPT = {
    "full-gke": (
        "bucket-example-school-keep",
        "bucket-example-school-scratch",
        "cluster",
        "database",
        "fast",
        "full-gke-database",
        "full-gke-google-database",
        "homes",
        "homes-backups",
    ),
    "full-eks": (
        "bucket-example-hackweek-keep",
        "bucket-example-hackweek-scratch",
        "cluster",
        "fast",
        "full-eks-cilogon-database",
        "full-eks-database",
        "homes",
    ),
}


@pytest.mark.parametrize("name", list(KEPT))
def test_what_is_kept_where_everything_is_switched_on(name: str) -> None:
    config = stack_config(ROOT / f"Pulumi.{name}.yaml")
    stack = load_stack(name, config.own, ROOT / "hubs", secrets=config.secrets)

    kept = {f"{name}-{part}" for part in KEPT[name]}
    assert kept_names(name, stack.cluster, stack.hubs) == kept


def test_only_what_is_kept_can_be_replaced(gke: Raw, hub: Raw, tmp_path: Path) -> None:
    (tmp_path / "lab.yaml").write_text(yaml.safe_dump(hub), "utf-8")
    own: Raw = {"cluster": gke, "hubs": ["lab"]}

    stack = load_stack("small", own | {"replace": ["small-homes"]}, tmp_path)
    assert stack.replace == {"small-homes"}
    with pytest.raises(MistakesError) as caught:
        load_stack("small", own | {"replace": ["small-hoems"]}, tmp_path)
    assert [mistake.where for mistake in caught.value.mistakes] == ["replace[0]"]
