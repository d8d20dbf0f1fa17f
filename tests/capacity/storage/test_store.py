"""What a file system or disk can do and costs, as data."""

from fractions import Fraction

import pytest

from capacity.quantities import MIB
from capacity.storage.facts import Fact
from capacity.storage.store import Cap, Store, both, reads, show_rate, store, writes

KNOWN = Fact(name="a", value=Fraction(1), unit="MiB/s", as_of="2026-11-21", source="a page")
DOUBT = Fact(name="b", value=Fraction(1), unit="MiB/s", as_of="2026-11-21", source="[unverified]")
ONE, NONE = Fraction(1), Fraction(0)


def test_what_is_offered_is_rounded_down_and_marked() -> None:
    assert reads(Fraction(7, 2), "bytes", KNOWN) == Cap(
        name="read throughput", of="bytes", offered=3, read=ONE, write=NONE
    )
    assert writes(Fraction(7, 2), "operations", KNOWN, DOUBT) == Cap(
        name="write IOPS", of="operations", offered=3, read=NONE, write=ONE, verified=False
    )
    assert both(Fraction(3), "bytes of one node") == Cap(
        name="throughput of one node", of="bytes of one node", offered=3, read=ONE, write=ONE
    )


def test_a_store_tells_its_sources_and_marks() -> None:
    cap = both(Fraction(3), "bytes", KNOWN)

    found = store("one", "{a: 1}", [cap], 7300, [KNOWN, DOUBT], (30, 60))

    assert found == Store(
        name="one",
        setting="{a: 1}",
        caps=(cap,),
        micro_usd_per_month=7300,
        micro_usd_per_gb=(30, 60),
        unverified=("b",),
        source="a page; [unverified]",
    )


@pytest.mark.parametrize(("month", "hour"), [(0, 0), (730, 1), (731, 2), (204_800_000, 280_548)])
def test_an_hour_is_a_share_of_730_rounded_up(month: int, hour: int) -> None:
    assert store("one", "", [], month, []).micro_usd_per_hour == hour


def test_moving_is_paid_by_the_decimal_gigabyte() -> None:
    found = store("one", "", [], 0, [], (30_000, 60_000))

    assert found.micro_usd_to_move(10**9, 0) == 30_000
    assert found.micro_usd_to_move(10**9, 10**9) == 90_000
    assert found.micro_usd_to_move(1, 0) == 1
    assert found.micro_usd_to_move(0, 0) == 0


@pytest.mark.parametrize(
    ("amount", "down", "up"),
    [
        (0, "0.0 MiB/s", "0.0 MiB/s"),
        (100 * MIB, "100.0 MiB/s", "100.0 MiB/s"),
        (1, "0.0 MiB/s", "0.1 MiB/s"),
        (100 * MIB + 1, "100.0 MiB/s", "100.1 MiB/s"),
    ],
)
def test_a_throughput_is_shown_against_the_user(amount: int, down: str, up: str) -> None:
    assert show_rate(amount) == down
    assert show_rate(amount, up=True) == up
