"""What nodes boot from: a persistent disk, or a Hyperdisk where nothing else is allowed."""

from dataclasses import replace

import pytest

from capacity.allocatable import Allocatable
from hubs.deployment import Pool

POOL = Pool(
    name="users",
    purpose="user",
    machine_type="n2-highmem-4",
    min_nodes=0,
    max_nodes=1,
    labels={},
    taint=None,
    hub="hub",
    event=None,
    allocatable=Allocatable(memory=1, cpu=1, pods=1),
)


@pytest.mark.parametrize(
    ("machine_type", "disk"),
    [("n2-highmem-4", "pd-balanced"), ("n4-standard-8", "hyperdisk-balanced")],
)
def test_a_type_boots_from_what_it_can(machine_type: str, disk: str) -> None:
    assert replace(POOL, machine_type=machine_type).boot_disk == disk
