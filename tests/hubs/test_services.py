"""Services of Google Cloud that a stack needs switched on."""

import pytest

from hubs.gke import GkeConfig
from hubs.hub import HubConfig
from hubs.services import services

Raw = dict[str, object]

ALWAYS = {
    "cloudresourcemanager",
    "compute",
    "container",
    "file",
    "iam",
    "logging",
    "monitoring",
}
HOMES = {"tier": "BASIC_HDD", "capacity": "1Ti", "backups": False}
FAST = {"tier": "ZONAL", "capacity": "1Ti"}
BUDGET = {
    "monthly": 100,
    "emails": ["finance@example.edu"],
    "billingAccount": "0A1B2C-3D4E5F-60718A",
}
IN_REGISTRY = {
    "name": "us-central1-docker.pkg.dev/school/images/lab",
    "tag": "2026-11-02",
    "size": "1Gi",
}
STREAMS = {"machineType": "n2-highmem-4", "maxNodes": 5, "imageStreaming": True}
OPTION = {"name": "large", "machineType": "n2-standard-8", "maxNodes": 1}


@pytest.mark.parametrize(
    ("cluster", "hub_keys", "more"),
    [
        ({}, {}, set[str]()),
        ({"homes": HOMES | {"tier": "ZONAL", "backups": True}}, {}, {"backupdr"}),
        ({"fastStorage": FAST}, {}, {"backupdr"}),
        ({"fastStorage": FAST | {"backups": False}}, {}, set[str]()),
        ({"budget": BUDGET}, {}, {"billingbudgets"}),
        ({"quotaCheck": {"live": True}}, {}, {"cloudquotas"}),
        ({"database": {}}, {}, {"servicenetworking", "sqladmin"}),
        ({"githubActions": {"repository": "school/hubs"}}, {}, {"iamcredentials", "sts"}),
        ({}, {"buckets": [{"name": "school-scratch"}]}, {"iamcredentials", "storage"}),
        ({}, {"image": IN_REGISTRY}, {"artifactregistry"}),
        ({"project": "of-others"}, {"image": IN_REGISTRY}, set[str]()),
        ({}, {"pool": STREAMS}, {"containerfilesystem"}),
        ({}, {"options": [OPTION | {"imageStreaming": True}]}, {"containerfilesystem"}),
        ({}, {"options": [OPTION]}, set[str]()),
        ({}, {"pool": None}, set[str]()),
    ],
)
def test_an_option_brings_its_services_and_nothing_else_does(
    gke: Raw, hub: Raw, cluster: Raw, hub_keys: Raw, more: set[str]
) -> None:
    config = GkeConfig.model_validate(gke | {"homes": HOMES} | cluster)

    found = services(config, [HubConfig.model_validate(hub | hub_keys)])

    assert list(found) == sorted(ALWAYS | more)
