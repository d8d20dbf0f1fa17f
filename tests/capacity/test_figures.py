"""The reason for every number of a plan, in words."""

from dataclasses import replace

import pytest

from capacity.allocatable import Allocatable
from capacity.figures import dollars
from capacity.machine_choice import Alternative, fixed
from capacity.needs import Held, Need, Offer, Overrides
from capacity.nodes import declared_node
from capacity.packing import Seat
from capacity.plan import make_plan
from capacity.planned import Figure, Plan
from capacity.quantities import GIB

# A user every 10 s; a node that is asked for at once is Ready when the last has come.
NEED = Need(
    users=40,
    seat=Seat(memory=GIB, cpu=400),
    within=400,
    every_seat_warm=False,
    waiting_permille=300,
    wait_limit=5,
    node_ready=590,
    image_pull=60,
)
EXAM = replace(NEED, every_seat_warm=True, waiting_permille=0)
NODE = declared_node("eight", Allocatable(memory=8 * GIB, cpu=3_200, pods=100))
NONE = Overrides()
MEASURED = "kube-scheduler 1.36.3 and cluster-autoscaler 1.36.1, measured"


def _ranked(need: Need, count: int | None = None) -> list[Alternative]:
    offer = Offer(node=NODE, micro_usd_per_hour=250_000, priced="a price list", count=count)
    return [fixed(need, offer)]


def _named(plan: Plan, name: str) -> Figure:
    (found,) = (figure for figure in plan.figures if figure.name == name)
    return found


def _figure(name: str, value: int | str, unit: str, because: str, source: str) -> Figure:
    return Figure(name=name, value=value, unit=unit, because=because, source=source)


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


SEATS = (
    _figure(
        "node",
        8_589_934_592,
        "bytes for users",
        "declared as left to users, so nothing is taken off",
        "stack file, cluster.nodes",
    ),
    _figure(
        "seat",
        1_073_741_824,
        "bytes",
        "1.00 GiB and 0.4 CPU, limit = guarantee unless the stack file says otherwise",
        "2i2c event guide: no oversubscription for events",
    ),
    _figure(
        "seatsPerNode",
        8,
        "seats",
        "8.00 GiB / 1.00 GiB = 8 by memory, 3.2 / 0.4 = 8 by CPU, 100 pod slots; memory runs "
        "out first",
        "never from nominal memory",
    ),
    _figure("nodes", 5, "nodes", "40 users / 8 per node, rounded up", "every user has a seat"),
)
LIMITS = (
    _figure(
        "spawnLimit",
        64,
        "spawns at once",
        "all that come within the 650 s of a node and its image, at least the chart's 64; a "
        "lower limit hides demand from the autoscaler",
        "UC Merced 2025-08-29: 63 pending at a limit of 64, then 429s",
    ),
    _figure(
        "startTimeout",
        975,
        "s",
        "half as much again as node ready 590 s + image 60 s, at least the chart's 300",
        "95th over 50th percentile of recorded node starts",
    ),
)


def test_a_plan_gives_the_reason_for_every_number() -> None:
    plan = make_plan(NEED, _ranked(NEED), NONE)
    assert plan.figures == (
        _figure(
            "machineType",
            "eight",
            "",
            "the only one considered; $1.25 an hour for 5 nodes",
            "a price list",
        ),
        *SEATS,
        _figure(
            "warmSeats",
            32,
            "seats",
            "fewest with at most 30 % waiting; 8 of 40 wait over 5 s",
            f"replay of even arrivals after what was {MEASURED}",
        ),
        _figure(
            "rateRule",
            40,
            "seats",
            "40 users in 400 s, nodes ready in 590 s; shown beside the plan, which decides",
            "2i2c user-placeholders.md",
        ),
        _figure("warmNodes", 4, "nodes", "32 seats / 8 per node", "warm seats"),
        _figure(
            "placeholders",
            4,
            "pods of 8 seats",
            "4 of 8 seats: 8 wait, 4 evicted (8 of 4: 8 wait, 8 evicted; 16 of 2: 8 wait, 16 "
            "evicted; 32 of 1: 8 wait, 32 evicted)",
            f"2i2c user-placeholders.md; {MEASURED}",
        ),
        _figure(
            "maxNodes",
            10,
            "nodes",
            "5 for users + 4 for placeholders + 1 spare",
            "nodes, placeholders",
        ),
        *LIMITS,
    )


def test_own_nodes_have_no_warmth_to_explain() -> None:
    plan = make_plan(NEED, _ranked(NEED, count=3), NONE)
    assert plan.figures == (
        _figure("machineType", "eight", "", "3 declared nodes", "a price list"),
        *SEATS,
        _figure(
            "warmSeats",
            24,
            "seats",
            "3 declared nodes x 8; nothing scales",
            "stack file, cluster.nodes",
        ),
        *LIMITS,
    )


def test_a_machine_without_a_price_list_is_sourced_by_its_node() -> None:
    plan = make_plan(NEED, [fixed(NEED, Offer(node=NODE, count=5))], NONE)
    assert _named(plan, "machineType").source == "stack file, cluster.nodes"


def test_the_cheapest_machine_is_compared_with_the_next() -> None:
    bigger = declared_node("sixteen", Allocatable(memory=16 * GIB, cpu=6_400, pods=100))
    ranked = [
        *_ranked(NEED),
        fixed(NEED, Offer(node=bigger, micro_usd_per_hour=500_000)),
        fixed(NEED, Offer(node=bigger, micro_usd_per_hour=600_000)),
    ]
    assert _named(make_plan(NEED, ranked, NONE), "machineType").because == (
        "cheapest of 3 types with 4 to 100 such seats: $1.25 an hour for 5 nodes; next sixteen "
        "at $1.50"
    )


def test_an_exam_says_that_nobody_waits_and_whose_seats_placeholders_hold() -> None:
    plan = make_plan(EXAM, _ranked(EXAM), NONE)
    assert _named(plan, "warmSeats").because == (
        "an exam has every seat warm; 0 of 40 wait over 5 s"
    )
    assert _named(plan, "maxNodes") == _figure(
        "maxNodes",
        6,
        "nodes",
        "all are warm, the spare one too: a node that came later would be cold",
        "nodes, placeholders",
    )


def test_a_bound_below_a_per_cent_is_shown_as_it_is() -> None:
    need = replace(NEED, waiting_permille=205)
    assert _named(make_plan(need, _ranked(need), NONE), "warmSeats").because == (
        "fewest with at most 20.5 % waiting; 8 of 40 wait over 5 s"
    )


def test_numbers_of_the_stack_file_are_said_to_be_set_there() -> None:
    held = Held(replicas=4, pod=Seat(memory=8 * GIB, cpu=3_200), seats=8)
    plan = make_plan(NEED, _ranked(NEED), Overrides(warm_nodes=4, max_nodes=9, placeholders=held))
    assert {figure.name: figure.because for figure in plan.figures[5:10]} == {
        "warmSeats": "set in the stack file; 8 of 40 wait over 5 s",
        "rateRule": "40 users in 400 s, nodes ready in 590 s; shown beside the plan, which decides",
        "warmNodes": "set in the stack file",
        "placeholders": "set in the stack file",
        "maxNodes": "set in the stack file",
    }
    assert [figure.value for figure in plan.figures[5:10]] == [32, 40, 4, 4, 9]


def test_a_bound_that_is_missed_is_said_to_be() -> None:
    small = Held(replicas=1, pod=Seat(memory=9 * GIB, cpu=100), seats=8)
    plan = make_plan(NEED, _ranked(NEED), Overrides(placeholders=small))
    assert _named(plan, "warmSeats").because == (
        "misses the bound of at most 30 % waiting; 40 of 40 wait over 5 s"
    )
