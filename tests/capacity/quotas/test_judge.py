"""Whether quotas are large enough, and what to ask for where they are not."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capacity.quotas.judge import Judgement, enough_for, judge
from capacity.quotas.need import Need, UnknownFamilyError, largest, need
from capacity.quotas.snapshot import Reading, Snapshot

Snap = Callable[..., Snapshot]
CPUS = need("gke", "N2_CPUS", 512, "128 x 4")
AMOUNTS = st.integers(min_value=0, max_value=10**6)


def _told(found: Judgement) -> tuple[object, ...]:
    return found.verdict, found.limit, found.usage, found.others, found.request, found.because


def _one(read: Reading, snapshot: Snap, wanted: Need = CPUS) -> Judgement:
    [found] = judge([wanted], snapshot(N2_CPUS=read))
    return found


# Source: 2i2c#3743, "1360 >= 512 + 20%".
def test_the_comparison_of_2i2c_is_made_in_its_words(snapshot: Snap) -> None:
    found = _one(Reading(limit=1360, usage=0, own=0), snapshot)

    assert _told(found) == ("ok", 1360, 0, 0, None, "1360 >= 512 + 20%")
    assert found.origin == "recorded"


@pytest.mark.parametrize(
    ("read", "told"),
    [
        (
            Reading(limit=715, usage=100, own=0),
            ("ok", 715, 100, 100, None, "715 >= 512 + 100 of others + 20%"),
        ),
        (
            Reading(limit=714, usage=100, own=0),
            ("tight", 714, 100, 100, 720, "714 >= 512 + 100 of others, not + 20%"),
        ),
        (
            Reading(limit=612, usage=100, own=0),
            ("tight", 612, 100, 100, 720, "612 >= 512 + 100 of others, not + 20%"),
        ),
        (
            Reading(limit=611, usage=100, own=0),
            ("short", 611, 100, 100, 720, "611 < 512 + 100 of others"),
        ),
        (
            Reading(limit=611, usage=100, own=100),
            ("tight", 611, 100, 0, 620, "611 >= 512, not + 20%"),
        ),
        (
            Reading(limit=611, usage=100),
            (
                "short", 611, 100, 100, 720,
                "611 < 512 + 100 of others; the stack's own share of the use is not known and "
                "counts as that of others",
            ),
        ),
        (
            Reading(limit=700),
            ("ok", 700, None, 0, None, "700 >= 512 + 20%; use is not known"),
        ),
        (Reading(limit=-1, usage=7, own=0), ("ok", -1, 7, 7, None, "no limit")),
    ],
)  # fmt: skip
def test_what_the_stack_has_already_is_not_counted_twice(
    read: Reading, told: tuple[object, ...], snapshot: Snap
) -> None:
    assert _told(_one(read, snapshot)) == told


def test_what_does_not_grow_wants_no_headroom(snapshot: Snap) -> None:
    fixed = need("gke", "N2_CPUS", 1, "one", grows=False)

    assert _told(_one(Reading(limit=5, usage=4, own=0), snapshot, fixed)) == (
        "ok", 5, 4, 4, None, "5 >= 1 + 4 of others",
    )  # fmt: skip
    assert _told(_one(Reading(limit=5, usage=5, own=0), snapshot, fixed))[::4] == ("short", 6)


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        (CPUS, "not read"),
        (need("gke", "SSD_TOTAL_GB", 600, "6 x 100"), "not read; the cloud's default is 500"),
    ],
)
def test_without_a_reading_nothing_is_said_to_fit(wanted: Need, told: str, snapshot: Snap) -> None:
    for read in (None, snapshot()):
        [found] = judge([wanted], read)
        assert _told(found) == ("unknown", None, None, 0, None, told)
        assert found.origin is None


@pytest.mark.parametrize(
    ("read", "told"),
    [
        (None, ("short", 500, None, 0, 720, "500 < 600; default, not read; use is not known")),
        (
            Reading(limit=800, usage=10, own=10, default=True),
            ("ok", 800, 10, 0, None, "800 >= 600 + 20%; default, not read"),
        ),
    ],
)
def test_defaults_count_only_when_asked_and_every_row_says_so(
    read: Reading | None, told: tuple[object, ...], snapshot: Snap
) -> None:
    wanted = need("gke", "SSD_TOTAL_GB", 600, "6 x 100")
    taken = snapshot(SSD_TOTAL_GB=read) if read else None

    [found] = judge([wanted], taken, assume_defaults=True)
    assert _told(found) == told
    assert found.origin == "default"
    [found] = judge([wanted], taken)
    assert (found.verdict, found.limit, found.usage) == (
        "unknown", None, read.usage if read else None,
    )  # fmt: skip


def test_a_default_that_is_not_known_cannot_be_assumed() -> None:
    [found] = judge([CPUS], None, assume_defaults=True)

    assert _told(found) == ("unknown", None, None, 0, None, "not read")


def test_a_quota_that_no_table_has_is_not_read() -> None:
    [found] = judge([replace(CPUS, key="OTHER")], None, assume_defaults=True)

    assert found.verdict == "unknown"


@pytest.mark.parametrize(
    ("room", "told"),
    [
        (615, ("ok", 615, None, 0, None, "615 >= 512 + 20%")),
        (614, ("tight", 614, None, 0, None, "614 >= 512, not + 20%")),
        (511, ("short", 511, None, 0, None, "511 < 512")),
    ],
)
def test_our_own_ranges_are_judged_and_nobody_can_be_asked(
    room: int, told: tuple[object, ...]
) -> None:
    [found] = judge([replace(CPUS, key="pod-addresses", room=room)], None)

    assert _told(found) == told
    assert found.origin == "network"


@pytest.mark.parametrize(
    ("value", "others", "asked"),
    [(1, 0, 2), (40, 0, 48), (83, 0, 100), (84, 0, 110), (512, 0, 620), (512, 100, 720)],
)
def test_what_to_ask_for_has_two_digits_and_is_rounded_up(
    value: int, others: int, asked: int
) -> None:
    assert enough_for(need("gke", "N2_CPUS", value, ""), others) == asked


@given(value=AMOUNTS, usage=AMOUNTS, own=AMOUNTS, limit=AMOUNTS)
def test_what_is_asked_for_is_enough_and_no_verdict_is_kinder_than_the_numbers(
    value: int, usage: int, own: int, limit: int
) -> None:
    wanted = need("gke", "N2_CPUS", value, "")
    read = Reading(limit=limit, usage=usage, own=own)
    found = _of(wanted, read)

    assert (found.verdict == "short") == (limit < read.others + value)
    if found.request is not None:
        assert found.request > limit
        asked = _of(wanted, replace(read, limit=found.request))
        assert asked.verdict == "ok"


def _of(wanted: Need, read: Reading) -> Judgement:
    taken = Snapshot(
        cloud="gke",
        region="us-central1",
        account="",
        taken=datetime(2026, 11, 21, 13, tzinfo=UTC),
        origin="live",
        sample=False,
        readings={"N2_CPUS": read},
    )
    [found] = judge([wanted], taken)
    return found


def test_of_several_times_the_largest_need_counts() -> None:
    small, large = need("gke", "N2_CPUS", 4, "1 x 4"), need("gke", "N2_CPUS", 8, "2 x 4")
    other = need("gke", "INSTANCES", 1, "1 x 1")

    assert largest([[small, other], [large], [small]]) == [large, other]
    assert largest([]) == []


def test_a_need_of_an_unknown_quota_is_refused() -> None:
    with pytest.raises(UnknownFamilyError, match=r"^no quota L-1 is known$"):
        need("eks", "L-1", 1, "")
