"""Memory and CPU as people write them, and as they are shown back."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capacity.quantities import (
    GIB,
    KIB,
    MIB,
    TIB,
    ceil_div,
    cores,
    cpu_millis,
    gib,
    memory_bytes,
    show_cpu,
    show_memory,
)

UNITS = {"Ki": KIB, "Mi": MIB, "Gi": GIB, "Ti": TIB}
amounts = st.decimals(min_value=0, max_value=10_000, places=6, allow_nan=False)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (0, 0),
        (1024, 1024),
        (2.0, 2),
        ("1024", 1024),
        ("1Ki", 1_024),
        ("512Mi", 536_870_912),
        ("2Gi", 2_147_483_648),
        ("1Ti", 1_099_511_627_776),
        ("0.5Ki", 512),
        ("2.Gi", 2_147_483_648),
        (" 2 Gi ", 2_147_483_648),
        ("3.4Gi", 3_650_722_202),
        ("0.0001Ki", 1),
    ],
)
def test_memory_is_read_as_bytes(written: object, expected: int) -> None:
    assert memory_bytes(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"), [("3.4Gi", 3_650_722_201), ("0.0001Ki", 0), ("2Gi", 2_147_483_648)]
)
def test_what_a_node_offers_is_rounded_down(written: str, expected: int) -> None:
    assert memory_bytes(written, up=False) == expected


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("", "found ''; write bytes or a binary unit, such as 2Gi"),
        ("lots", "found 'lots'; write bytes or a binary unit, such as 2Gi"),
        ("-1", "found '-1'; write bytes or a binary unit, such as 2Gi"),
        (-1, "found -1; write bytes or a binary unit, such as 2Gi"),
        (1e20, "found 1e+20; write bytes or a binary unit, such as 2Gi"),
        (True, "found True; write bytes or a binary unit, such as 2Gi"),
        (None, "found None; write bytes or a binary unit, such as 2Gi"),
        (Decimal(2), "found Decimal('2'); write bytes or a binary unit, such as 2Gi"),
        (["2Gi"], "found ['2Gi']; write bytes or a binary unit, such as 2Gi"),
        ("2.5", "found '2.5'; bytes are whole, or carry a binary unit, such as 2Gi"),
        (2.5, "found '2.5'; bytes are whole, or carry a binary unit, such as 2Gi"),
        ("2E", "found '2E'; the units are Ki, Mi, Gi and Ti, as in 2Gi"),
        ("2GB", "found '2GB'; write 2Gi or bytes"),
        ("2gi", "found '2gi'; write 2Gi or bytes"),
        ("2k", "found '2k'; write 2Ki or bytes"),
        ("500m", "found '500m'; write 500Mi or bytes"),
    ],
)
def test_what_is_not_memory_is_refused(written: object, message: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is compared
        memory_bytes(written)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("written", "hub", "cluster", "better"),
    [
        ("512M", 536_870_912, 512_000_000, "512Mi"),
        ("2G", 2_147_483_648, 2_000_000_000, "2Gi"),
        ("0.0000003M", 1, 1, "0.0000003Mi"),
        ("1.5T", 1_649_267_441_664, 1_500_000_000_000, "1.5Ti"),
    ],
)
def test_a_unit_with_two_meanings_is_refused_with_both(
    written: str, hub: int, cluster: int, better: str
) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is compared
        memory_bytes(written)
    assert str(caught.value) == (
        f"found {written!r}, which is {hub} bytes to JupyterHub and {cluster} to Kubernetes; "
        f"write {better} or bytes"
    )


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=10**9), st.sampled_from(sorted(UNITS)))
def test_whole_units_round_trip(count: int, unit: str) -> None:
    assert memory_bytes(f"{count}{unit}") == count * UNITS[unit]
    assert memory_bytes(f"{count}{unit}", up=False) == count * UNITS[unit]
    assert memory_bytes(str(count * UNITS[unit])) == count * UNITS[unit]


@settings(deadline=None)
@given(amounts, st.sampled_from(sorted(UNITS)))
def test_a_demand_is_never_rounded_down_nor_an_offer_up(amount: Decimal, unit: str) -> None:
    exact = Fraction(amount) * UNITS[unit]
    demand, offer = (memory_bytes(f"{amount}{unit}", up=up) for up in (True, False))
    assert exact <= demand < exact + 1
    assert exact - 1 < offer <= exact


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (0, 0),
        (2, 2000),
        (1.75, 1750),
        ("1.75", 1750),
        ("1750m", 1750),
        ("0.001", 1),
        ("1m", 1),
        ("2.0m", 2),
        (" 0.5 ", 500),
    ],
)
def test_cpu_is_read_as_millicpu(written: object, expected: int) -> None:
    assert cpu_millis(written) == expected


@pytest.mark.parametrize(
    "written",
    [
        *("0.0005", "1.5m", "-1", "-1m", "", "m", "two", "1Gi", "NaN", "sNaN", "Infinity", "infm"),
        *(-1, 0.0005, True, None, ["1"], Decimal(2)),
    ],
)
def test_what_is_not_cpu_is_refused(written: object) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is compared
        cpu_millis(written)
    assert str(caught.value) == (
        f"found {written!r}; write cores with at most three decimals, such as 1.75, or 1750m"
    )


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (0, "0.0 MiB"),
        (MIB // 10, "0.0 MiB"),
        (MIB // 10 + 1, "0.1 MiB"),
        (512 * MIB, "512.0 MiB"),
        (GIB - 1, "1023.9 MiB"),
        (GIB, "1.00 GiB"),
        (3_650_722_202, "3.40 GiB"),
        (3_650_722_201, "3.39 GiB"),
        (TIB, "1024.00 GiB"),
    ],
)
def test_memory_is_shown_in_binary_units(amount: int, shown: str) -> None:
    assert show_memory(amount) == shown


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=2**56))
def test_memory_shown_is_never_more_than_there_is(amount: int) -> None:
    number, unit = show_memory(amount).split()
    step = {"GiB": Fraction(GIB, 100), "MiB": Fraction(MIB, 10)}[unit]
    back = memory_bytes(f"{number}{unit[:2]}", up=False)
    assert back <= amount < back + 1 + step


@pytest.mark.parametrize(
    ("millis", "shown", "number"),
    [(0, "0", 0), (1, "0.001", 0.001), (422, "0.422", 0.422), (1750, "1.75", 1.75), (4000, "4", 4)],
)
def test_cpu_is_shown_and_passed_on_as_cores(millis: int, shown: str, number: float) -> None:
    assert show_cpu(millis) == shown
    assert cores(millis) == number
    assert isinstance(cores(millis), int) == (millis % 1000 == 0)


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=10**7))
def test_cpu_round_trips_through_what_is_shown_and_passed_on(millis: int) -> None:
    assert cpu_millis(show_cpu(millis)) == millis
    assert cpu_millis(cores(millis)) == millis
    assert cpu_millis(f"{millis}m") == millis


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=10**12), st.integers(min_value=1, max_value=10**6))
def test_a_rounded_up_quotient_is_the_fewest_that_cover(dividend: int, divisor: int) -> None:
    found = ceil_div(dividend, divisor)
    assert (found - 1) * divisor < dividend <= found * divisor


def test_gib_counts_in_powers_of_two() -> None:
    assert gib(3) == 3_221_225_472
