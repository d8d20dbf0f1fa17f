"""Names, labels and taints are explicit, short enough and apart from one another."""

import re
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hubs.cluster_parts import Provider
from hubs.names import (
    LIMITS,
    Kind,
    Taint,
    cluster_name,
    cost_labels,
    cut,
    physical,
    plain,
    pool_labels,
    pool_name,
    user_taint,
)

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
        ("a" * 31, f"readyroom-{'a' * 23}-61c60b"),
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
            f"{'a' * 9}-{'b' * 10}-a19a25-n2-highmem-4",
        ),
        ("eks", "m5.2xlarge", ("a" * 26, "b" * 20), f"{'a' * 26}-{'b' * 20}-m5-2xlarge"),
        (
            "eks",
            "m5.2xlarge",
            ("a" * 26, "b" * 25),
            f"{'a' * 19}-{'b' * 20}-a2ec14-m5-2xlarge",
        ),
    ],
)
def test_a_pools_name_is_whose_it_is_and_its_machine_type(
    provider: Provider, machine_type: str, owners: tuple[str, ...], name: str
) -> None:
    assert pool_name(provider, machine_type, *owners) == name


STACKS = st.from_regex(r"[a-z]([a-z0-9-]{0,38}[a-z0-9])?", fullmatch=True)
KINDS = st.sampled_from(get_args(Kind))
ROLES = st.sampled_from(["nodes", "homes", "github-actions", "autoscaler", "maintenance"])


@pytest.mark.parametrize(
    ("kind", "parts", "name"),
    [
        ("iam-role", ("exam", "nodes"), "readyroom-exam-nodes"),
        ("service-account", ("exam", "lab", "users"), "readyroom-exam-lab-users"),
        # Thirty characters: stack and hub give way alike, what it is for stays.
        (
            "service-account",
            ("spring", "linear_algebra", "users"),
            "readyroom-spr-line-user-f9f029",
        ),
        # Of stack a and hub b-c, and of stack a-b and hub c.
        ("iam-role", ("a", "b-c", "users"), "readyroom-a-b-c-users-53ba52"),
        ("iam-role", ("a-b", "c", "users"), "readyroom-a-b-c-users-d4c54b"),
    ],
)
def test_a_physical_name_says_of_what_stack_it_is_and_what_for(
    kind: Kind, parts: tuple[str, ...], name: str
) -> None:
    assert physical(kind, *parts) == name


@given(kind=KINDS, stack=STACKS, hub=STACKS, role=ROLES)
def test_a_physical_name_keeps_the_limit_of_its_service(
    kind: Kind, stack: str, hub: str, role: str
) -> None:
    for name in (physical(kind, stack, role), physical(kind, stack, hub, role)):
        assert len(name) <= LIMITS[kind]
        assert re.fullmatch(r"readyroom-[a-z0-9]([a-z0-9-]*[a-z0-9])?", name)


@given(
    kind=KINDS,
    some=st.lists(st.tuples(STACKS, STACKS, ROLES), min_size=2, max_size=2, unique=True),
)
def test_no_two_things_have_one_physical_name(kind: Kind, some: list[tuple[str, str, str]]) -> None:
    first, second = some

    assert physical(kind, *first) != physical(kind, *second)


@given(stack=STACKS)
def test_a_long_stack_is_still_read_in_every_name(stack: str) -> None:
    for kind in LIMITS:
        assert physical(kind, stack, "nodes").startswith(f"readyroom-{plain(stack)[:7]}")


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
        (
            ("Spring Term", None, None, "Teaching & Learning"),
            {
                "readyroom-stack": "spring-term",
                "readyroom-cost-centre": "teaching-learning",
            },
        ),
        (("exam", "lab"), {"readyroom-stack": "exam", "readyroom-hub": "lab"}),
        (
            ("exam", "lab", "final"),
            {"readyroom-stack": "exam", "readyroom-hub": "lab", "readyroom-event": "final"},
        ),
    ],
)
def test_what_bears_a_cost_says_for_whom(
    owners: tuple[str | None, ...], labels: dict[str, str]
) -> None:
    assert cost_labels(*owners) == labels  # pyright: ignore[reportArgumentType] - a case
