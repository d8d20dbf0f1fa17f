"""What single figures say: dollars, the rate rule, what held people up, what sessions cost."""

from dataclasses import replace

import pytest
from needs import USER_EVERY_TEN_SECONDS as NEED

from capacity.allocatable import Allocatable
from capacity.beside import Pod
from capacity.figures import dollars, of_plan, rate_rule
from capacity.machine_choice import Alternative, fixed
from capacity.needs import Need, Offer, Overrides
from capacity.nodes import declared_node
from capacity.plan import make_plan
from capacity.planned import Figure, Plan
from capacity.proof import Cause, Interval
from capacity.quantities import GIB

EXAM = replace(NEED, every_seat_warm=True, waiting_permille=0)
NODE = declared_node("eight", Allocatable(memory=8 * GIB, cpu=3_200, pods=100))
NONE = Overrides()
HUB = Pod(name="hub", memory=1, cpu=1)


def _ranked(need: Need, count: int | None = None) -> list[Alternative]:
    offer = Offer(node=NODE, micro_usd_per_hour=250_000, priced="a price list", count=count)
    return [fixed(need, offer)]


def _named(plan: Plan, name: str) -> Figure:
    (found,) = (figure for figure in plan.figures if figure.name == name)
    return found


@pytest.fixture(scope="module")
def exam() -> Plan:
    """The plan of the exam: nothing in it is left to chance."""
    return make_plan(EXAM, _ranked(EXAM), NONE)


@pytest.mark.parametrize(
    ("micro", "shown"),
    [
        (None, "-"),
        (0, "0.00"),
        (1, "0.01"),
        (10_000, "0.01"),
        (10_001, "0.02"),
        (1_265_593, "1.27"),
        (2_000_000, "2.00"),
    ],
)
def test_dollars_are_rounded_up_to_the_cent(micro: int | None, shown: str) -> None:
    assert dollars(micro) == shown


@pytest.mark.parametrize(
    ("users", "within", "ready", "seats"),
    [
        # Source: 2i2c-org/infrastructure docs/topic/infrastructure/user-placeholders.md.
        (240, 720, 600, 200),
        (60, 180, 600, 60),
        (7, 3_600, 600, 2),
    ],
)
def test_the_rate_rule_counts_who_comes_while_a_node_starts(
    users: int, within: int, ready: int, seats: int
) -> None:
    assert rate_rule(replace(NEED, users=users, within=within, node_ready=ready)) == seats


@pytest.mark.parametrize(
    ("users", "beside", "value", "told"),
    [
        (12, (), 12, "12 users and 5 declared nodes x 8 = 40 seats"),
        (12, (HUB,), 12, "12 users and 5 declared nodes x 8 - 1 for hub and monitoring = 39 seats"),
        (40, (HUB,), 39, "40 users and 5 declared nodes x 8 - 1 for hub and monitoring = 39 seats"),
    ],
)
def test_seats_of_own_nodes_are_counted_without_what_is_ours(
    users: int, beside: tuple[Pod, ...], value: int, told: str
) -> None:
    need = replace(NEED, users=users, arrive=None)
    plan = make_plan(need, [fixed(need, Offer(node=NODE, count=5, beside=beside))], NONE)

    found = _named(plan, "warmSeats")
    assert (found.value, found.unit, found.source) == (value, "seats", "stack file, cluster.nodes")
    assert found.because == f"the lesser of {told}; nothing scales"
    assert plan.warm_seats == value


def test_nodes_that_are_there_are_no_part_of_limits() -> None:
    need = replace(NEED, node_ready=0)
    plan = make_plan(need, _ranked(need, count=5), NONE)

    limit, timeout = _named(plan, "spawnLimit"), _named(plan, "startTimeout")
    assert (limit.value, timeout.value) == (64, 300)
    assert limit.because == (
        "all that come within the 60 s of an image, at least the chart's 64; a lower limit hides "
        "demand from the autoscaler"
    )
    assert timeout.because == "half as much again as image 60 s, at least the chart's 300"


def test_own_nodes_without_a_price_cost_nothing_that_is_known() -> None:
    plan = make_plan(NEED, [fixed(NEED, Offer(node=NODE, count=5))], NONE)

    assert _named(plan, "machineType").source == "stack file, cluster.nodes"
    assert {"sessionCost", "eventCost"} & {figure.name for figure in plan.figures} == set()


@pytest.mark.parametrize(
    ("causes", "told"),
    [
        ({}, ""),
        ({"nodeBoot": 0.123}, "; held up: 12.3 % by nodes that start"),
        (
            {"spawnLimit": 0.01, "maxNodes": 0.02, "scheduler": 0.03},
            "; held up: 3.0 % by the scheduler, 2.0 % by the most nodes allowed, 1.0 % by the "
            "hub's spawn limit",
        ),
        (
            {"imagePull": 0.25, "notServed": 0.5},
            "; held up: 50.0 % by no seat at all, 25.0 % by the image",
        ),
        # Less than would be shown.
        ({"imagePull": 0.25, "nodeBoot": 0.000_4}, "; held up: 25.0 % by the image"),
    ],
)
def test_what_held_people_up_is_told_by_its_share(
    causes: dict[Cause, float], told: str, exam: Plan
) -> None:
    nothing = dict.fromkeys(exam.proof.causes, 0.0)
    proof = replace(
        exam.proof,
        replicas=60,
        waiting_share=Interval(0.123, 0.1, 0.146),
        share_of_95=0.2,
        causes=nothing | causes,
    )
    plan = replace(exam, figures=tuple(of_plan(EXAM, replace(exam, proof=proof), NONE)))

    found = _named(plan, "waitingShare")
    assert found.value == "12.3"
    assert found.because == (
        "mean of 60 simulated events (10.0 to 14.6 %) over 5 s; 95 of 100 events stay at or "
        f"below 20.0 %{told}"
    )


def test_a_session_is_told_with_its_cost_and_its_hours(exam: Plan) -> None:
    # 2.375, before it is rounded to cents.
    assert exam.micro_usd == 2_375_000
    assert [(it.name, it.value, it.unit) for it in exam.figures if it.name.endswith("Cost")] == [
        ("sessionCost", "2.38", "USD")
    ]
