"""Names, labels and taints are explicit, short enough and apart from one another."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hubs.cluster import Provider
from hubs.names import Taint, cluster_name, cost_labels, cut, pool_labels, pool_name, user_taint

NAMES = st.from_regex(r"[a-z]([a-z0-9-]{0,78}[a-z0-9])?", fullmatch=True)


def test_a_name_within_its_limit_is_kept() -> None:
    assert cut("a" * 40, 40) == "a" * 40


def test_a_longer_name_is_cut_with_a_hash() -> None:
    # The first six of sha256 of forty-one times "a".
    assert cut("a" * 41, 40) == f"{'a' * 33}-c0f8bd"


def test_no_two_dashes_meet_before_the_hash() -> None:
    found = cut(f"{'a' * 32}-{'b' * 20}", 40)

    assert re.fullmatch(r"a{32}-[0-9a-f]{6}", found)


@given(name=NAMES, limit=st.integers(20, 63))
@settings(deadline=None)
def test_a_cut_name_is_a_name_within_its_limit(name: str, limit: int) -> None:
    found = cut(name, limit)

    assert len(found) <= limit
    assert re.fullmatch(r"[a-z]([a-z0-9-]*[a-z0-9])?", found)


@given(names=st.lists(NAMES, min_size=2, max_size=2, unique=True))
@settings(deadline=None)
def test_two_names_stay_apart(names: list[str]) -> None:
    first, second = names

    assert cut(f"{'x' * 40}{first}", 40) != cut(f"{'x' * 40}{second}", 40)


@pytest.mark.parametrize(
    ("stack", "name"),
    [
        ("exam", "readyroom-exam"),
        ("a" * 30, f"readyroom-{'a' * 30}"),
        ("a" * 31, f"readyroom-{'a' * 23}-17da7a"),
    ],
)
def test_a_clusters_name_is_its_stacks(stack: str, name: str) -> None:
    assert cluster_name(stack) == name


@pytest.mark.parametrize(
    ("provider", "machine_type", "owners", "name"),
    [
        ("gke", "n2-highmem-4", ("core",), "core-n2-highmem-4"),
        ("gke", "n2-highmem-4", ("workshop", "intro"), "workshop-intro-n2-highmem-4"),
        ("eks", "m5.2xlarge", ("icesat2",), "icesat2-m5-2xlarge"),
        ("eks", "u_6tb1.metal", ("lab",), "lab-u-6tb1-metal"),
        (
            "gke",
            "n2-highmem-4",
            ("a" * 20, "b" * 20),
            f"{'a' * 20}-{'b' * 12}-1c0ee7",
        ),
        ("eks", "m5.2xlarge", ("a" * 26, "b" * 25), f"{'a' * 26}-{'b' * 25}-m5-2xlarge"),
    ],
)
def test_a_pools_name_is_whose_it_is_and_its_machine_type(
    provider: Provider, machine_type: str, owners: tuple[str, ...], name: str
) -> None:
    assert pool_name(provider, machine_type, *owners) == name


def test_nodes_are_labelled_by_purpose_and_pool() -> None:
    assert pool_labels("user", "lab-m5-large") == {
        "hub.jupyter.org/node-purpose": "user",
        "readyroom/pool": "lab-m5-large",
    }


@pytest.mark.parametrize(
    ("provider", "key"),
    [
        ("gke", "hub.jupyter.org_dedicated"),
        ("eks", "hub.jupyter.org/dedicated"),
        ("existing", "hub.jupyter.org/dedicated"),
    ],
)
def test_user_nodes_are_kept_for_users(provider: Provider, key: str) -> None:
    assert user_taint(provider) == Taint(key=key, value="user", effect="NoSchedule")


@pytest.mark.parametrize(
    ("owners", "labels"),
    [
        (("exam",), {"readyroom-stack": "exam"}),
        (("exam", "lab"), {"readyroom-stack": "exam", "readyroom-hub": "lab"}),
        (
            ("exam", "lab", "final"),
            {"readyroom-stack": "exam", "readyroom-hub": "lab", "readyroom-event": "final"},
        ),
    ],
)
def test_what_bears_a_cost_says_for_whom(owners: tuple[str, ...], labels: dict[str, str]) -> None:
    assert cost_labels(*owners) == labels
