"""Quotas of a Google Cloud project, read from recorded answers in the libraries' own messages."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import google.auth
import pytest
from google.api_core.exceptions import Forbidden
from google.auth.exceptions import DefaultCredentialsError
from google.cloud.cloudquotas_v1 import QuotaInfo
from google.cloud.compute_v1 import InstanceAggregatedList, Project, Region

from capacity.quotas.snapshot import Reading, Snapshot
from hubs.gke import GkeConfig
from hubs.mistakes import MistakesError
from live.asked import Asked, UnreachableError
from live.gcp import Clients, connect, read
from live.quotas import read_quotas

PROJECT = """{"name": "my-project", "quotas": [
  {"metric": "CPUS_ALL_REGIONS", "limit": 32.0, "usage": 12.0},
  {"metric": "SUBNETWORKS", "limit": 175.0, "usage": 20.0},
  {"metric": "IN_USE_ADDRESSES", "limit": 69.0, "usage": 0.0},
  {"metric": "SNAPSHOTS", "limit": 1000.0, "usage": 0.0}]}"""
REGION = """{"name": "us-west2", "quotas": [
  {"metric": "CPUS", "limit": 24.0, "usage": 2.0},
  {"metric": "N2_CPUS", "limit": 24.0, "usage": 10.0},
  {"metric": "SSD_TOTAL_GB", "limit": 500.0, "usage": 210.5},
  {"metric": "INSTANCES", "limit": 24.0, "usage": 3.0},
  {"metric": "IN_USE_ADDRESSES", "limit": 8.0, "usage": 3.0},
  {"metric": "NVIDIA_T4_GPUS", "limit": 1.0, "usage": 0.0}]}"""
NODE = """{"name": "%s", "machineType": "https://x/zones/%s/machineTypes/%s",
  "disks": [{"boot": true, "diskSizeGb": "100"}, {"boot": false, "diskSizeGb": "10"}],
  "scheduling": {"provisioningModel": "STANDARD"}}"""
FAMILIES = """{"quotaId": "CPUS-PER-VM-FAMILY-per-project-region", "dimensionsInfos": [
  {"dimensions": {"region": "us-west2", "vm_family": "N4"}, "details": {"value": "200"}},
  {"dimensions": {"vm_family": "N4"}, "details": {"value": "24"}},
  {"dimensions": {"vm_family": "C4"}, "details": {"value": "-1"}},
  {"dimensions": {"region": "us-east1", "vm_family": "C4"}, "details": {"value": "7"}},
  {"dimensions": {"region": "us-west2"}, "details": {"value": "9"}}]}"""
OTHER = """{"quotaId": "CPUS-per-project-region", "dimensionsInfos": [
  {"dimensions": {"region": "us-west2", "vm_family": "N4"}, "details": {"value": "1"}}]}"""


FILES = """{"quotaId": "EnterpriseStorageGibPerRegion", "dimensionsInfos": [
  {"applicableLocations": ["us-east1", "us-west2"], "details": {"value": "0"}},
  {"applicableLocations": ["us-east4"], "details": {"value": "7"}},
  {"dimensions": {"region": "us-west2"}, "applicableLocations": ["us-west2"],
   "details": {"value": "4096"}},
  {"dimensions": {"region": "us-east1"}, "applicableLocations": ["us-east1"],
   "details": {"value": "9"}}]}"""
BASIC_FILES = """{"quotaId": "StandardStorageGbPerRegion", "dimensionsInfos": [
  {"details": {"value": "92160"}}]}"""
OTHER_FILES = """{"quotaId": "BackupsPerRegion", "dimensionsInfos": [
  {"dimensions": {"region": "us-west2"}, "details": {"value": "1"}}]}"""


def from_json(kind: Any, text: str) -> Any:  # noqa: ANN401 - a message of the library
    return kind.from_json(text)


@dataclass
class Recorded:
    """All four clients at once; remembers what it was asked."""

    nodes: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    refuses: str = ""
    asked: list[dict[str, str]] = field(default_factory=list[dict[str, str]])

    def get(self, *, project: str, region: str = "") -> Any:  # noqa: ANN401 - a message of the library
        """Return a project, or a region of it."""
        if self.refuses == "all":
            msg = "no rights"
            raise Forbidden(msg)
        self.asked.append({"project": project, "region": region})
        return from_json(Region, REGION) if region else from_json(Project, PROJECT)

    def aggregated_list(self, request: dict[str, str]) -> Iterable[tuple[str, Any]]:
        """Return the nodes by zone."""
        self.asked.append(request)
        items = ", ".join(
            f'"{zone}": {{"instances": [{", ".join(found)}]}}' for zone, found in self.nodes.items()
        )
        found = from_json(InstanceAggregatedList, f'{{"items": {{{items}}}}}')
        return sorted(found.items.items())

    def list_quota_infos(self, *, parent: str) -> Iterable[Any]:
        """Return some quotas of the service."""
        service = parent.rpartition("/")[2]
        if self.refuses in ("infos", service):
            msg = "Cloud Quotas API has not been used in project my-project before"
            raise Forbidden(msg)
        self.asked.append({"parent": parent})
        told = {
            "compute.googleapis.com": (OTHER, FAMILIES),
            "file.googleapis.com": (OTHER_FILES, FILES, BASIC_FILES),
        }[service]
        return [from_json(QuotaInfo, one) for one in told]


def _read(asked: Asked, recorded: Recorded) -> Snapshot:
    clients = Clients(
        regions=recorded, projects=recorded, instances=recorded, infos=recorded
    )  # fmt: skip
    return read(asked, clients)


@pytest.fixture
def asked_west(asked: Asked) -> Asked:
    """The stack in a region of Google Cloud."""
    return replace(asked, region="us-west2")


def test_limits_and_use_are_read_by_metric_and_newer_families_by_dimension(
    asked_west: Asked,
) -> None:
    recorded = Recorded()

    found = _read(asked_west, recorded)
    assert (found.cloud, found.region, found.account) == ("gke", "us-west2", "my-project")
    assert (found.taken, found.origin, found.sample) == (asked_west.now, "live", False)
    assert found.readings == {
        "CPUS_ALL_REGIONS": Reading(limit=32, usage=12, own=0),
        "SUBNETWORKS": Reading(limit=175, usage=20),
        "IN_USE_ADDRESSES": Reading(limit=8, usage=3),
        "CPUS": Reading(limit=24, usage=2, own=0),
        "N2_CPUS": Reading(limit=24, usage=10, own=0),
        # Use is rounded up.
        "SSD_TOTAL_GB": Reading(limit=500, usage=211, own=0),
        "INSTANCES": Reading(limit=24, usage=3, own=0),
        "NVIDIA_T4_GPUS": Reading(limit=1, usage=0),
        "CPUS_PER_VM_FAMILY/N4": Reading(limit=200),
        "CPUS_PER_VM_FAMILY/C4": Reading(limit=-1),
        "StandardStorageGbPerRegion": Reading(limit=92_160),
        "EnterpriseStorageGibPerRegion": Reading(limit=4096),
    }
    assert recorded.asked == [
        {"project": "my-project", "region": ""},
        {"project": "my-project", "region": "us-west2"},
        {"project": "my-project", "filter": "labels.goog-k8s-cluster-name=readyroom-lab"},
        {"parent": "projects/my-project/locations/global/services/compute.googleapis.com"},
        {"parent": "projects/my-project/locations/global/services/file.googleapis.com"},
    ]


def test_nodes_of_the_cluster_are_the_stacks_own_share(asked_west: Asked) -> None:
    def node(name: str, machine_type: str) -> str:
        return NODE % (name, "us-west2-a", machine_type)

    recorded = Recorded(
        nodes={
            "zones/us-west2-a": [node("one", "n2-highmem-4"), node("two", "n2-highmem-8")],
            "zones/us-west2-b": [node("three", "z9-unheard-of")],
            # A region whose name begins like ours.
            "zones/us-west20-a": [node("four", "n2-highmem-4")],
            "zones/us-east1-b": [node("five", "n2-highmem-4")],
        }
    )

    found = _read(asked_west, recorded).readings
    # 12 of ours, yet no more than the region says are in use at all.
    assert found["N2_CPUS"] == Reading(limit=24, usage=10, own=10)
    assert found["CPUS_ALL_REGIONS"] == Reading(limit=32, usage=12, own=12)
    assert found["SSD_TOTAL_GB"] == Reading(limit=500, usage=211, own=200)
    assert found["INSTANCES"] == Reading(limit=24, usage=3, own=2)
    # Nodes are private: whose the addresses are, nobody says.
    assert found["IN_USE_ADDRESSES"] == Reading(limit=8, usage=3)
    assert found["CPUS"] == Reading(limit=24, usage=2, own=0)


def test_without_the_cloud_quotas_api_newer_families_stay_unread(asked_west: Asked) -> None:
    found = _read(asked_west, Recorded(refuses="infos")).readings

    assert found["N2_CPUS"].limit == 24
    assert [key for key in found if "/" in key or "Storage" in key] == []


@pytest.mark.parametrize(
    ("service", "read"),
    [
        (
            "compute.googleapis.com",
            ["StandardStorageGbPerRegion", "EnterpriseStorageGibPerRegion"],
        ),
        ("file.googleapis.com", ["CPUS_PER_VM_FAMILY/N4", "CPUS_PER_VM_FAMILY/C4"]),
    ],
)
def test_a_service_that_does_not_answer_leaves_the_other_read(
    service: str, read: list[str], asked_west: Asked
) -> None:
    found = _read(asked_west, Recorded(refuses=service)).readings

    assert sorted(key for key in found if "/" in key or "Storage" in key) == sorted(read)


def test_a_refusal_is_told_in_one_line(asked_west: Asked) -> None:
    with pytest.raises(UnreachableError) as caught:
        _read(asked_west, Recorded(refuses="all"))
    assert str(caught.value) == (
        "quotas cannot be read from Google Cloud for project my-project in us-west2: 403 no rights"
    )


def test_without_credentials_it_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object, **__: object) -> object:
        msg = "Your default credentials were not found."
        raise DefaultCredentialsError(msg)

    monkeypatch.setattr(google.auth, "default", none)
    with pytest.raises(UnreachableError) as caught:
        connect()
    assert str(caught.value) == (
        "quotas cannot be read from Google Cloud: Your default credentials were not found."
    )


def _cluster(project: str | None) -> GkeConfig:
    return GkeConfig.model_validate(
        {
            "provider": "gke",
            "authorizedNetworks": ["198.51.100.0/24"],
            "project": project,
            "region": "us-west2",
            "zones": ["us-west2-a"],
            "corePool": {"machineType": "n2-highmem-2", "maxNodes": 3},
            "homes": {"tier": "BASIC_HDD", "capacity": "1Ti"},
        }
    )


@pytest.mark.parametrize(
    ("named", "environment", "project"),
    [
        ("mine", {"GOOGLE_PROJECT": "other"}, "mine"),
        (None, {"GOOGLE_PROJECT": "theirs", "GOOGLE_CLOUD_PROJECT": "no"}, "theirs"),
        (None, {"GOOGLE_CLOUD_PROJECT": "theirs"}, "theirs"),
    ],
)
def test_a_stack_on_gke_is_asked_for_by_its_names(
    named: str | None,
    environment: dict[str, str],
    project: str,
    asked_west: Asked,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[Asked] = []
    nothing = _read(asked_west, Recorded())

    def answer(found: Asked, clients: object) -> object:
        assert clients == "clients"
        seen.append(found)
        return nothing

    monkeypatch.setattr("live.gcp.connect", lambda: "clients")
    monkeypatch.setattr("live.gcp.read", answer)

    assert read_quotas("lab", _cluster(named), asked_west.now, environment) is nothing
    assert seen == [replace(asked_west, project=project)]


def test_a_project_must_be_named(asked_west: Asked) -> None:
    with pytest.raises(MistakesError) as caught:
        read_quotas("lab", _cluster(None), asked_west.now, {})
    assert str(caught.value) == "cluster.project: is missing; write it, or set GOOGLE_PROJECT"
