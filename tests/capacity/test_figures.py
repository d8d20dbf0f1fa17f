"""The reason for every number of a plan, in words."""

from dataclasses import replace

import pytest
from needs import USER_EVERY_TEN_SECONDS as NEED

from capacity.allocatable import Allocatable
from capacity.machine_choice import Alternative, fixed
from capacity.needs import Held, Need, Offer, Overrides
from capacity.nodes import declared_node
from capacity.packing import Seat
from capacity.plan import make_plan
from capacity.planned import Figure, Plan
from capacity.quantities import GIB

EXAM = replace(NEED, every_seat_warm=True, waiting_permille=0)
NODE = declared_node("eight", Allocatable(memory=8 * GIB, cpu=3_200, pods=100))
NONE = Overrides()
MEASURED = "kube-scheduler 1.36.3 and cluster-autoscaler 1.36.1 as measured"
SIMULATED = f"simulation that reproduces {MEASURED}"


def _ranked(need: Need, count: int | None = None) -> list[Alternative]:
    offer = Offer(node=NODE, micro_usd_per_hour=250_000, priced="a price list", count=count)
    return [fixed(need, offer)]


def _named(plan: Plan, name: str) -> Figure:
    (found,) = (figure for figure in plan.figures if figure.name == name)
    return found


def _figure(name: str, value: int | str, unit: str, because: str, source: str) -> Figure:
    return Figure(name=name, value=value, unit=unit, because=because, source=source)


@pytest.fixture(scope="module")
def exam() -> Plan:
    """The plan of the exam: nothing in it is left to chance."""
    return make_plan(EXAM, _ranked(EXAM), NONE)


@pytest.fixture(scope="module")
def workshop() -> Plan:
    """The plan of the workshop."""
    return make_plan(NEED, _ranked(NEED), NONE)


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
RATE = _figure(
    "rateRule",
    40,
    "seats",
    "40 users in 400 s, nodes ready in 590 s; shown beside the plan, which decides",
    "2i2c user-placeholders.md",
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
AT_ONCE = "mean of 400 simulated events, 0 to 0 s with 95 % confidence"


def test_an_exam_gives_the_reason_for_every_number(exam: Plan) -> None:
    # Six nodes for 4,200 s of session and drain, 600 s until they go, and 900 s of lead:
    # 28,800 node seconds and 5,400 at 25 cents an hour.
    assert exam.figures == (
        _figure(
            "machineType", "eight", "", "the only one considered; $2.38 a session", "a price list"
        ),
        *SEATS,
        _figure("warmSeats", 40, "seats", "an exam has every seat warm", SIMULATED),
        RATE,
        _figure("warmNodes", 6, "nodes", "40 seats / 8 per node + 1 spare", "warm seats"),
        _figure(
            "placeholders",
            6,
            "pods of 8 seats",
            "8 of a node's 8 seats each: least cost and waiting of all sizes tried; 5 "
            "preemptions, those that come back counted again",
            f"2i2c user-placeholders.md; {MEASURED}",
        ),
        _figure(
            "maxNodes",
            6,
            "nodes",
            "all are warm, the spare one too: a node that came later would be cold",
            "nodes, placeholders",
        ),
        _figure(
            "waitingShare",
            "0.0",
            "%",
            "mean of 400 simulated events (0.0 to 0.0 %) over 5 s; 95 of 100 events stay at or "
            "below 0.0 %",
            SIMULATED,
        ),
        _figure("waitP95", "0", "s", AT_ONCE, SIMULATED),
        _figure("waitMax", "0", "s", AT_ONCE, SIMULATED),
        _figure(
            "sessionCost",
            "2.38",
            "USD",
            "8.0 node hours until the last node goes, 6 nodes for a lead of 900 s, at $0.250000 "
            "an hour; nodes only",
            "a price list",
        ),
        *LIMITS,
    )


def test_a_workshop_has_the_fewest_warm_seats_for_its_bound(workshop: Plan) -> None:
    assert [figure.name for figure in workshop.figures] == [
        "machineType",
        "node",
        "seat",
        "seatsPerNode",
        "nodes",
        "warmSeats",
        "rateRule",
        "warmNodes",
        "placeholders",
        "maxNodes",
        "waitingShare",
        "waitP95",
        "waitMax",
        "sessionCost",
        "spawnLimit",
        "startTimeout",
    ]
    assert workshop.figures[5:8] == (
        _figure("warmSeats", 32, "seats", "fewest with at most 30 % waiting", SIMULATED),
        RATE,
        _figure("warmNodes", 4, "nodes", "32 seats / 8 per node", "warm seats"),
    )
    assert _named(workshop, "maxNodes") == _figure(
        "maxNodes",
        5,
        "nodes",
        "5 hold every user; placeholders that find no room then wait without costing a node",
        "nodes, placeholders",
    )


def test_own_nodes_have_no_warmth_to_explain() -> None:
    plan = make_plan(NEED, _ranked(NEED, count=5), NONE)
    assert plan.figures == (
        _figure("machineType", "eight", "", "5 declared nodes", "a price list"),
        *SEATS,
        _figure(
            "warmSeats",
            40,
            "seats",
            "the lesser of 40 users and 5 declared nodes x 8 = 40 seats; nothing scales",
            "stack file, cluster.nodes",
        ),
        *plan.figures[6:10],
        *LIMITS,
    )
    assert [figure.name for figure in plan.figures[6:10]] == [
        "waitingShare",
        "waitP95",
        "waitMax",
        "sessionCost",
    ]


def test_the_cheapest_machine_is_compared_with_the_next() -> None:
    bigger = declared_node("sixteen", Allocatable(memory=16 * GIB, cpu=6_400, pods=100))
    ranked = [
        *_ranked(EXAM),
        fixed(EXAM, Offer(node=bigger, micro_usd_per_hour=500_000)),
        fixed(EXAM, Offer(node=bigger, micro_usd_per_hour=600_000)),
    ]
    plan = make_plan(EXAM, ranked, NONE)

    # Four nodes of sixteen seats for 5,700 s each at half a dollar an hour: 3.1667.
    assert _named(plan, "machineType").because == (
        f"cheapest of 3 types with seats in bounds ({plan.tried} plans simulated): $2.38 a "
        "session; next sixteen at $3.17"
    )


@pytest.mark.parametrize(
    ("permille", "because"),
    [(0, "fewest with at most 0 % waiting"), (205, "fewest with at most 20.5 % waiting")],
)
def test_a_bound_is_shown_as_it_is(permille: int, because: str) -> None:
    need = replace(NEED, waiting_permille=permille)

    assert _named(make_plan(need, _ranked(need), NONE), "warmSeats").because == because


def test_where_nothing_need_be_warm_the_figures_say_so() -> None:
    need = replace(NEED, wait_limit=2_000)
    plan = make_plan(need, _ranked(need), NONE)

    shown = {name: _named(plan, name) for name in ("warmSeats", "warmNodes", "placeholders")}
    assert shown == {
        "warmSeats": _figure(
            "warmSeats", 0, "seats", "none need be: at most 30 % waiting as it is", SIMULATED
        ),
        "warmNodes": _figure("warmNodes", 0, "nodes", "0 seats / 8 per node", "warm seats"),
        "placeholders": _figure(
            "placeholders",
            0,
            "pods",
            "nothing is held where nothing is kept warm",
            f"2i2c user-placeholders.md; {MEASURED}",
        ),
    }


def test_numbers_of_the_stack_file_are_said_to_be_set_there() -> None:
    held = Held(replicas=4, pod=Seat(memory=8 * GIB, cpu=3_200), seats=8)
    plan = make_plan(NEED, _ranked(NEED), Overrides(warm_nodes=4, max_nodes=9, placeholders=held))
    assert [(figure.name, figure.value, figure.because) for figure in plan.figures[5:10]] == [
        ("warmSeats", 32, "set in the stack file"),
        ("rateRule", 40, RATE.because),
        ("warmNodes", 4, "set in the stack file"),
        ("placeholders", 4, "set in the stack file"),
        ("maxNodes", 9, "set in the stack file"),
    ]


def test_a_bound_that_is_missed_is_said_to_be() -> None:
    plan = make_plan(NEED, _ranked(NEED), Overrides(max_nodes=3))

    assert _named(plan, "warmSeats").because == "misses the bound of at most 30 % waiting"
    assert _named(plan, "maxNodes").because == "set in the stack file"
