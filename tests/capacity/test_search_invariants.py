"""What holds of every plan, whatever the event: small events at random, and all that there is."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capacity.allocatable import Allocatable
from capacity.candidates import Option, keeps, nodes_for_all, scene_of, sizes
from capacity.crowds import Bell, Shape, Stay, Uniform
from capacity.machine_choice import Alternative, fixed
from capacity.needs import Need, Offer, Overrides
from capacity.nodes import declared_node
from capacity.packing import Seat
from capacity.plan import make_plan
from capacity.planned import Plan
from capacity.proof import prove
from capacity.quantities import GIB
from capacity.scene import HubRules
from capacity.search import Search

# The same examples every time: what is left to chance is said beside each, and was looked at
# over many more.
FEW = settings(max_examples=12, deadline=None, derandomize=True)
HUB = HubRules(spawn_limit=64, start_timeout=900)


def _need(users: int, shape: Shape, permille: int, node_ready: int) -> Need:
    return Need(
        users=users,
        seat=Seat(memory=GIB, cpu=500),
        within=600,
        every_seat_warm=False,
        waiting_permille=permille,
        wait_limit=60,
        node_ready=node_ready,
        image_pull=60,
        arrive=shape,
        stay=Stay(seconds=3600, until_end=True, cull=1200),
        ends=4800,
        lead=900,
    )


needs = st.builds(
    _need,
    users=st.integers(8, 60),
    shape=st.builds(Uniform, st.integers(60, 1200)) | st.builds(Bell, st.integers(300, 1200)),
    permille=st.sampled_from([0, 100, 300, 500]),
    node_ready=st.integers(60, 600),
)
# Bytes, millicpu and pod slots that are not multiples of a seat.
nodes = st.builds(
    Allocatable,
    memory=st.integers(4 * GIB, 20 * GIB),
    cpu=st.integers(2_000, 10_000),
    pods=st.integers(4, 30),
)


def _on(need: Need, left: Allocatable, price: int = 1_000_000, name: str = "") -> Alternative:
    node = declared_node(name or "node", left)
    return fixed(need, Offer(node=node, micro_usd_per_hour=price))


@FEW
@given(need=needs, left=nodes, hidden=st.integers(0, 600))
def test_neither_seats_nor_placeholders_ever_exceed_a_node(
    need: Need, left: Allocatable, hidden: int
) -> None:
    node = declared_node("node", left)
    node = replace(node, template_cpu=node.template_cpu - hidden)
    alternative = fixed(need, Offer(node=node, micro_usd_per_hour=1_000_000))
    plan = make_plan(need, [alternative], Overrides())

    seats = need.seat.times(plan.chosen.seats.seats)
    assert seats.memory <= left.memory
    assert seats.cpu <= left.cpu
    assert plan.chosen.seats.seats <= left.pods
    assert plan.max_nodes * plan.chosen.seats.seats >= need.users
    assert plan.warm_nodes <= plan.max_nodes
    held = plan.placeholders
    if held is not None:
        each = -(-held.replicas // plan.warm_nodes)
        assert held.pod == need.seat.times(held.seats)
        assert each * held.pod.memory <= left.memory
        assert each * held.pod.cpu <= node.template_cpu
        assert each <= left.pods
    assert plan.proof.most_nodes.high <= plan.max_nodes


@FEW
@given(need=needs, left=nodes, price=st.integers(1, 50_000_000))
def test_a_cost_is_a_whole_number_and_at_least_that_of_the_seats_in_use(
    need: Need, left: Allocatable, price: int
) -> None:
    alternative = _on(need, left, price)
    plan = make_plan(need, [alternative], Overrides())

    bound = Search(need, HUB).bound(alternative)
    for option in (*plan.options, *plan.curve):
        assert type(option.micro_usd) is int
        assert option.micro_usd >= bound


@FEW
@given(need=needs, left=nodes, more=st.integers(1, 40))
def test_more_users_never_cost_less(need: Need, left: Allocatable, more: int) -> None:
    # A tenth of a per cent is left to chance: other people come. Of 231 random pairs one cost
    # 4 % less with more users: the fewer had been given a node more by a proof that failed.
    few = make_plan(need, [_on(need, left)], Overrides())
    crowd = replace(need, users=need.users + more)
    many = make_plan(crowd, [_on(crowd, left)], Overrides())

    assert (many.micro_usd or 0) * 1000 >= (few.micro_usd or 0) * 999
    assert many.max_nodes >= few.max_nodes


@FEW
@given(need=needs, left=nodes)
def test_with_more_warm_seats_nobody_waits_more_but_for_chance(
    need: Need, left: Allocatable
) -> None:
    # The same people come, but nodes do not start at the same speed: each draws its own in
    # the order in which they are asked for. With starts shorter than the way in, a warm node
    # more was seen to have 0.4 % more wait; never beyond the confidence of both.
    alternative = _on(need, left)
    search = Search(need, HUB)
    size = sizes(need, alternative)[0]

    shares = [
        search.option(alternative, warm, size, None).proof.waiting_share
        for warm in range(nodes_for_all(need, alternative) + 1)
    ]
    for fewer, more in pairwise(shares):
        assert more.low <= fewer.high
        assert more.mean <= fewer.mean + 0.01
    assert shares[-1].mean == 0


@FEW
@given(need=needs, left=nodes, seats=st.integers(1, 4))
def test_where_nodes_take_as_long_as_the_median_more_warm_seats_never_make_more_wait(
    need: Need, left: Allocatable, seats: int
) -> None:
    steady = replace(need, slow_percent=100, node_ready=3_000)
    alternative = _on(steady, left)
    search = Search(steady, HubRules(spawn_limit=64))

    shares = [
        search.option(alternative, warm, seats, None).proof.waiting_share.mean
        for warm in range(nodes_for_all(steady, alternative) + 1)
    ]
    assert shares == sorted(shares, reverse=True)


@FEW
@given(need=needs, left=nodes)
def test_one_warm_node_less_would_miss_the_bound(need: Need, left: Allocatable) -> None:
    # Waiting shares close to the bound may keep it, miss it, and keep it again as nodes are
    # added (6 of 700 series); the proof with fresh seeds is there for these.
    alternative = _on(need, left)
    search = Search(need, HUB)
    found = search.quick(alternative)
    size = found.choice.held.seats if found.choice.held else sizes(need, alternative)[0]

    within = [
        warm
        for warm in range(nodes_for_all(need, alternative) + 1)
        if search.option(alternative, warm, size, None).within_bound
    ]
    assert found.choice.warm_nodes in within
    assert found.choice.warm_nodes - 1 not in within
    if within == list(range(within[0], within[-1] + 1)):
        assert found.choice.warm_nodes == within[0]


EVENTS = [
    _need(20, Uniform(300), 300, 300),
    _need(33, Bell(900), 200, 240),
    _need(47, Uniform(600), 100, 480),
    _need(60, Bell(600), 300, 600),
    _need(25, Uniform(1200), 0, 200),
]
TYPES = [
    (Allocatable(memory=4 * GIB, cpu=2_000, pods=20), 210_000),
    (Allocatable(memory=8 * GIB, cpu=4_000, pods=20), 400_000),
    (Allocatable(memory=16 * GIB, cpu=8_000, pods=30), 790_000),
]


def _types(need: Need) -> list[Alternative]:
    return [_on(need, left, price, f"{left.cpu}m") for left, price in TYPES]


@pytest.fixture(scope="module")
def plans() -> list[Plan]:
    """The plans of some events on three types of machine."""
    return [make_plan(need, _types(need), Overrides()) for need in EVENTS]


def test_plans_keep_their_bound_with_seeds_that_they_never_saw(plans: list[Plan]) -> None:
    # 95 of 100 events are said to keep it.
    for need, plan in zip(EVENTS, plans, strict=True):
        assert plan.proof.waiting_permille <= need.waiting_permille
        fresh = [prove(plan.scene, need.crowd, 1, seed).waiting_share for seed in range(100, 140)]
        over = [share.mean for share in fresh if share.mean * 1000 > need.waiting_permille]
        assert len(over) <= 2


def _everything(need: Need, hub: HubRules) -> Iterator[Option]:
    """Yield all that there is on three types, every size of placeholder included."""
    search = Search(need, hub)
    for alternative in _types(need):
        for warm in range(nodes_for_all(need, alternative) + 1):
            for size in range(1, alternative.seats.seats + 1):
                yield search.option(alternative, warm, size, None)


@pytest.mark.parametrize("place", range(len(EVENTS)))
def test_nothing_that_keeps_the_bound_is_much_cheaper_than_the_plan(
    plans: list[Plan], place: int
) -> None:
    need, plan = EVENTS[place], plans[place]
    hub = plan.scene.hub

    cheaper = [
        option
        for option in _everything(need, hub)
        if option.within_bound and (option.micro_usd or 0) * 102 < (plan.micro_usd or 0) * 100
    ]
    # What keeps it in the events of the search alone would not have been proved.
    proofs = (prove(scene_of(need, one.choice, hub), need.crowd, 400, 2) for one in cheaper)
    assert not any(keeps(need, proof) for proof in proofs)
