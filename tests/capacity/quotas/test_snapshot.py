"""What was read, by whom it is used, and how old it is."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from capacity.quotas.snapshot import Reading, Snapshot


@pytest.mark.parametrize(
    ("usage", "own", "others"),
    [(None, None, 0), (10, None, 10), (10, 4, 6), (10, 10, 0), (3, 10, 0), (0, 0, 0)],
)
def test_use_by_others_is_all_that_is_not_known_to_be_ours(
    usage: int | None, own: int | None, others: int
) -> None:
    assert Reading(limit=100, usage=usage, own=own).others == others


def test_age_is_counted_to_an_instant_and_never_below_zero(
    snapshot: Callable[..., Snapshot],
) -> None:
    found = snapshot()

    assert found.age(found.taken + timedelta(days=3)) == timedelta(days=3)
    assert found.age(found.taken - timedelta(days=3)) == timedelta()
