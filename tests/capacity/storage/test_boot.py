"""The boot disk of a node: room for image and scratch, and time to write them."""

from dataclasses import replace

import pytest

from capacity.machines import Cloud
from capacity.quantities import GIB
from capacity.storage.boot import boot_disk, boot_room, eks_boot_disk, gke_boot_disk
from capacity.storage.disks import set_disk, sized_disk
from capacity.storage.need import StorageNeed

# EarthScope gave each user 20 GiB; here 2 GiB, 20 to a node, an image of 3 GiB.
NEED = StorageNeed(users=140, arrive=600, within=600, users_per_node=20, scratch=2 * GIB)


@pytest.mark.parametrize(
    ("cloud", "gib", "room"),
    [
        # min(50 %, 6 GiB + 35 %, 100 GiB): half of small ones, 100 GiB of large ones.
        ("gke", 20, 10 * GIB),
        ("gke", 100, 59 * GIB),
        ("gke", 1000, 900 * GIB),
        # 1 GiB and 10 %.
        ("eks", 20, 17 * GIB),
        ("eks", 100, 89 * GIB),
    ],
)
def test_the_kubelet_keeps_a_part_of_the_disk(cloud: Cloud, gib: int, room: int) -> None:
    assert boot_room(cloud, gib) == room


def test_boot_disks_are_what_the_pools_ask_for() -> None:
    assert gke_boot_disk("pd-balanced", 100) == sized_disk("pd-balanced", 100)
    assert gke_boot_disk("hyperdisk-balanced", 100) == set_disk(
        "hyperdisk-balanced", 100, 3000, 140
    )
    assert eks_boot_disk(100) == set_disk("ebs-gp3", 100, 3000, 125)


def test_image_and_scratch_of_a_full_node_take_room_and_time() -> None:
    disk = gke_boot_disk("pd-balanced", 100)

    found = boot_disk(NEED, 3 * GIB, "gke", disk, 100)

    assert (found.disk, found.room) == (disk, 59 * GIB)
    # Three times the compressed image, which nobody vouches for.
    assert (found.image, found.needed, found.fits) == (9 * GIB, 49 * GIB, True)
    assert not found.unpacking.verified
    # 9216 MiB at 168 MiB/s; 20 x 2 GiB at 168 MiB/s.
    assert (found.image_seconds, found.scratch.seconds, found.scratch.passes) == (55, 244, True)


@pytest.mark.parametrize(("per_node", "fits"), [(25, True), (26, False)])
def test_the_users_whose_scratch_fits_and_one_more(per_node: int, *, fits: bool) -> None:
    need = replace(NEED, users_per_node=per_node)
    disk = gke_boot_disk("pd-balanced", 100)

    assert boot_disk(need, 3 * GIB, "gke", disk, 100).fits == fits


@pytest.mark.parametrize(("within", "passes"), [(328, True), (327, False)])
def test_the_time_in_which_scratch_is_written_and_a_second_less(
    within: int, *, passes: bool
) -> None:
    # 20 x 2 GiB at 125 MiB/s are 327.68 s.
    need = replace(NEED, arrive=1, within=within)

    found = boot_disk(need, 3 * GIB, "eks", eks_boot_disk(100), 100)
    assert found.scratch.passes == passes
