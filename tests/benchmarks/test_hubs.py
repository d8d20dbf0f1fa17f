"""Previews of many hubs beside a bare program, with one hub."""

from pathlib import Path

import pytest

from benchmarks import hubs
from benchmarks.hubs import Result, exponent, measured, over_half, verdict, write_stack
from benchmarks.timing import Took
from preview.loaded import load


def _result(count: int, ours: float, provider: str = "gke") -> Result:
    took = Took(wall=2 * ours, cpu=ours)
    bare = Took(wall=ours, cpu=ours / 1.25)
    return Result(provider=provider, hubs=count, resources=10 * count, ours=took, bare=bare)


def test_ratios_are_ours_over_the_bare_program() -> None:
    found = _result(1, 1.0)

    assert (found.times_as_long, found.times_the_work) == (2.0, 1.25)


def test_growth_is_over_twice_the_half_of_the_same_cluster() -> None:
    whole, half = _result(100, 3.0), _result(50, 1.0)

    assert over_half(whole, [_result(50, 9.0, "eks"), half, whole]) == 1.5
    assert over_half(half, [half, whole]) is None


@pytest.mark.parametrize("power", [1, 2])
def test_the_exponent_is_the_power_by_which_time_grows(power: int) -> None:
    results = [_result(count, float(count**power)) for count in (25, 50, 100)]

    assert exponent(results) == pytest.approx(power)


@pytest.mark.parametrize(("most", "word"), [(1.3, "met"), (1.2, "missed")])
def test_the_verdict_names_the_worst_ratio_and_the_growth(
    most: float, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hubs, "MOST_TIMES", most)

    assert verdict([_result(1, 1.0), _result(2, 2.0)]) == (
        f"gke: at most 1.25 times the work of a bare program (target <= {most}, {word}); "
        "time grows with resources to the power of 1.00"
    )


def test_every_hub_is_like_the_shipped_one_but_for_its_name(tmp_path: Path) -> None:
    write_stack(tmp_path, "workshop", 2)

    stack = load(tmp_path, "many").stack
    one, two = stack.hubs
    assert (one.name, two.name, stack.events) == ("hub-000", "hub-001", ())
    assert two.model_copy(update={"name": one.name}) == one


def test_a_bare_program_that_registers_something_else_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = hubs.steps
    monkeypatch.setattr(hubs, "steps", lambda monitor: real(monitor)[:-1])

    with pytest.raises(ValueError, match="does not register the same") as caught:
        measured("workshop", 1, 1)
    assert str(caught.value) == "workshop with 1 hubs: the bare program does not register the same"


@pytest.mark.parametrize(("shipped", "provider"), [("workshop", "gke"), ("icesat2", "eks")])
def test_both_programs_register_the_same(shipped: str, provider: str) -> None:
    found = measured(shipped, 1, 1)

    assert (found.provider, found.hubs) == (provider, 1)
    assert min(found.ours.cpu, found.bare.cpu, found.resources) > 0
