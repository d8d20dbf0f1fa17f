"""Whether the clouds sell the storage that a stack file asks for."""

from typing import Any

import pytest

from hubs.eks import EksConfig
from hubs.existing import ExistingConfig
from hubs.gke import GkeConfig
from hubs.sold import check_storage

CORE = {"corePool": {"machineType": "any", "maxNodes": 1}, "authorizedNetworks": []}
GKE: dict[str, Any] = {
    "provider": "gke",
    "region": "europe-west1",
    "zones": ["europe-west1-b"],
    "homes": {"tier": "BASIC_HDD", "capacity": "1Ti"},
    **CORE,
}
EKS: dict[str, Any] = {
    "provider": "eks",
    "region": "eu-north-1",
    "zones": ["eu-north-1a", "eu-north-1b"],
    **CORE,
}
EXISTING: dict[str, Any] = {
    "provider": "existing",
    "nodes": {"count": 3, "left": {"memory": "14Gi", "cpu": 3}},
    "homes": {"capacity": "1Gi", "storageClass": "nfs"},
}


def _told(cluster: GkeConfig | EksConfig | ExistingConfig) -> list[str]:
    return [str(mistake) for mistake in check_storage(cluster)]


def test_an_instance_that_is_not_sold_is_told_with_the_nearest_that_are() -> None:
    homes = {"tier": "ZONAL", "capacity": "1.2Ti"}
    fast = {"tier": "BASIC_SSD", "capacity": "1Ti"}

    assert _told(GkeConfig.model_validate(GKE | {"homes": homes, "fastStorage": fast})) == [
        "cluster.homes.capacity: found 1.2Ti; Filestore ZONAL is sold from 1024 to 102400 GiB "
        "and not with 1229; nearest: 1024Gi or 1280Gi",
        "cluster.fastStorage.capacity: found 1024Gi; Filestore BASIC_SSD is sold from 2560 to "
        "65433 GiB and not with 1024; nearest: 2560Gi",
    ]


def test_a_lustre_that_is_not_sold_is_told_with_the_nearest_that_are() -> None:
    fast = {"capacity": "2.4Ti"}

    assert _told(EksConfig.model_validate(EKS | {"fastStorage": fast})) == [
        "cluster.fastStorage.capacity: found 2.4Ti; FSx for Lustre is sold with 1200 GiB and "
        "multiples of 2400, not with 2458; nearest: 2400Gi or 4800Gi"
    ]


def test_what_was_written_is_told_and_not_what_it_is_rounded_to() -> None:
    homes = {"tier": "BASIC_HDD", "capacity": "1000Mi"}

    assert _told(GkeConfig.model_validate(GKE | {"homes": homes})) == [
        "cluster.homes.capacity: found 1000Mi; Filestore BASIC_HDD is sold from 1024 to 65433 GiB "
        "and not with 1; nearest: 1024Gi"
    ]


@pytest.mark.parametrize(
    "cluster",
    [
        GkeConfig.model_validate(GKE),
        GkeConfig.model_validate(GKE | {"fastStorage": {"tier": "ZONAL", "capacity": "1Ti"}}),
        EksConfig.model_validate(EKS),
        *(
            EksConfig.model_validate(
                EKS | {"fastStorage": {"capacity": "4800Gi", "throughputPerTib": speed}}
            )
            for speed in (125, 250, 500, 1000)
        ),
        ExistingConfig.model_validate(EXISTING),
    ],
)
def test_what_is_sold_is_no_mistake(cluster: GkeConfig | EksConfig | ExistingConfig) -> None:
    assert _told(cluster) == []
