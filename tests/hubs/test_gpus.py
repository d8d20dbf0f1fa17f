"""GPUs of machine types as GKE names them."""

import pytest

from capacity.machines import catalogue
from hubs.gpus import Gpus, gpus


@pytest.mark.parametrize(
    ("machine_type", "found"),
    [
        ("n2-highmem-4", None),
        ("g2-standard-8", Gpus(name="nvidia-l4", count=1)),
        ("g2-standard-24", Gpus(name="nvidia-l4", count=2)),
    ],
)
def test_a_type_brings_its_gpus_by_their_name_on_gke(machine_type: str, found: Gpus | None) -> None:
    assert gpus(machine_type) == found


def test_every_gpu_of_the_catalogue_has_a_name() -> None:
    found = {machine.gpu_model: gpus(name) for name, machine in catalogue("gke").items()}

    assert {model: one and one.name for model, one in found.items()} == {
        "": None,
        "NVIDIA L4": "nvidia-l4",
    }
