"""What breaks a plan first, and what surviving it costs."""

from dataclasses import replace
from functools import cache

import pytest
from needs import USER_A_MINUTE

from capacity.allocatable import Allocatable
from capacity.crowds import Poisson, Recorded, last_arrival
from capacity.machine_choice import fixed
from capacity.needs import Need, Offer, Overrides
from capacity.nodes import declared_node
from capacity.packing import Seat
from capacity.plan import make_plan
from capacity.planned import Plan
from capacity.quantities import GIB
from capacity.what_if import Shock, Verdict, judged, more_users, shocks, what_if

SEAT = Seat(memory=GIB, cpu=400)
# Nodes go ten minutes after the last has left.
NEED = replace(USER_A_MINUTE, within=421)
EXAM = replace(NEED, every_seat_warm=True, waiting_permille=0)
FULL = replace(EXAM, users=12)
AT_ONCE = replace(NEED, arrive=Recorded((0.0,) * 8))
# A millionth of a dollar a millisecond.
PRICE = 3_600_000
# What a node of an exam costs: the lead, the session, the cull, and until it goes.
NODE_COST = (900 + 3600 + 600 + 600) * 1000


@cache
def _plan(need: Need, price: int | None = PRICE, count: int | None = None) -> Plan:
    """Return the plan of an event on nodes of four seats."""
    node = declared_node("of-4", Allocatable(memory=4 * GIB, cpu=1600, pods=110))
    offer = Offer(node=node, micro_usd_per_hour=price, count=count)
    return make_plan(need, [fixed(need, offer)], Overrides())


def _verdicts(need: Need, plan: Plan, zones: int = 2) -> dict[str, Verdict]:
    return {verdict.shock.name: verdict for verdict in what_if(need, plan, zones)}


def _judged(need: Need, plan: Plan) -> Verdict:
    return judged(Shock(name="one", label="one thing", need=need), plan)


def test_everything_is_tried_with_what_is_then_known() -> None:
    plan = replace(_plan(EXAM), max_nodes=9)

    assert list(shocks(EXAM, plan, 2)) == [
        Shock(name="users150", label="1.5 times the users", need=replace(EXAM, users=12)),
        Shock(name="users200", label="2 times the users", need=replace(EXAM, users=16)),
        Shock(
            name="image300",
            label="an image three times as big",
            need=replace(EXAM, image_pull=60),
        ),
        Shock(
            name="slowNodes",
            label="nodes twice as slow to start",
            need=replace(EXAM, node_ready=200),
        ),
        Shock(
            name="zoneGone",
            label="one of 2 zones gone while people come",
            need=replace(EXAM, lost_permille=500, lost_at=210),
        ),
        Shock(
            name="spotWave",
            label="a third of the warm nodes reclaimed (were they spot)",
            need=replace(EXAM, lost_permille=333, lost_at=210),
        ),
        Shock(
            name="quotaShort",
            label="a quota for 6 of 9 nodes",
            need=replace(EXAM, node_limit=6),
        ),
    ]


@pytest.mark.parametrize(("zones", "lost"), [(1, []), (2, [500]), (4, [250]), (5, [200])])
def test_a_zone_is_lost_where_there_are_several(zones: int, lost: list[int]) -> None:
    found = [one for one in shocks(EXAM, _plan(EXAM), zones) if one.name == "zoneGone"]

    assert [one.need.lost_permille for one in found] == lost
    assert [one.label for one in found] == [
        f"one of {zones} zones gone while people come" for _ in lost
    ]


@pytest.mark.parametrize(
    ("users", "percent", "more"), [(8, 150, 12), (9, 150, 14), (1, 150, 2), (9, 200, 18)]
)
def test_more_users_are_rounded_up(users: int, percent: int, more: int) -> None:
    assert more_users(replace(NEED, users=users), percent) == replace(NEED, users=more)


@pytest.mark.parametrize(
    ("name", "warm", "most", "extra", "advice"),
    [
        # 18 and 24 users on nodes of four, and a spare.
        ("users150", 6, 6, 2, "warm nodes 4 -> 6, most nodes 4 -> 6"),
        ("users200", 7, 7, 3, "warm nodes 4 -> 7, most nodes 4 -> 7"),
    ],
)
def test_more_users_of_an_exam_take_nodes_at_their_whole_cost(
    name: str, warm: int, most: int, extra: int, advice: str
) -> None:
    plan = _plan(FULL)
    verdict = _verdicts(FULL, plan)[name]
    survivor = verdict.survivor

    assert (plan.warm_nodes, plan.max_nodes, plan.micro_usd) == (4, 4, 4 * NODE_COST)
    assert survivor is not None
    assert (survivor.choice.warm_nodes, survivor.choice.max_nodes) == (warm, most)
    assert (survivor.micro_usd, verdict.extra_micro_usd) == (warm * NODE_COST, extra * NODE_COST)
    assert isinstance(verdict.extra_micro_usd, int)
    assert survivor.choice.alternative.offer == plan.chosen.offer
    assert survivor.within_bound
    assert (verdict.holds, verdict.limit, verdict.advice) == (False, "most nodes: 4", advice)


def test_the_spare_node_of_an_exam_may_be_all_it_takes() -> None:
    verdict = _verdicts(EXAM, _plan(EXAM))["users150"]

    assert (verdict.holds, verdict.limit, verdict.advice) == (True, "", "holds as it is")


def test_an_exam_needs_no_new_node_whose_image_or_start_is_slow() -> None:
    found = _verdicts(EXAM, _plan(EXAM))

    for name in ("image300", "slowNodes"):
        verdict = found[name]
        assert (verdict.holds, verdict.limit, verdict.advice) == (True, "", "holds as it is")
        assert (verdict.survivor, verdict.extra_micro_usd) == (None, None)
        assert verdict.as_planned.wait_max.mean < 1


def test_a_plan_that_holds_may_still_tell_what_held_some_up() -> None:
    plan = _plan(NEED)
    verdict = _judged(replace(NEED, lost_permille=500, lost_at=210, waiting_permille=1000), plan)

    assert plan.warm_nodes == 1
    assert verdict.as_planned.causes["nodeBoot"] > 0
    assert (verdict.holds, verdict.limit) == (True, "warm nodes: 1")
    assert (verdict.advice, verdict.survivor) == ("holds as it is", None)


def test_a_quota_that_falls_short_is_told_with_the_one_to_request() -> None:
    need = replace(EXAM, users=24)
    plan = _plan(need)
    verdict = _verdicts(need, plan)["quotaShort"]

    # Seven nodes, of which five have 20 of the 24 seats.
    assert verdict.shock.label == "a quota for 5 of 7 nodes"
    assert (verdict.holds, verdict.limit) == (False, "most nodes: 5")
    assert verdict.as_planned.most_nodes.mean == 5
    assert verdict.as_planned.causes["maxNodes"] == 4 / 24
    assert verdict.advice == "request a quota for 7 nodes"
    assert verdict.survivor is not None
    assert (verdict.survivor.choice.warm_nodes, verdict.survivor.choice.max_nodes) == (7, 7)
    assert verdict.extra_micro_usd == 0


def test_a_quota_with_room_to_spare_holds() -> None:
    verdict = _verdicts(EXAM, _plan(EXAM))["quotaShort"]

    assert verdict.shock.label == "a quota for 2 of 3 nodes"
    assert (verdict.holds, verdict.advice) == (True, "holds as it is")


def test_a_quota_for_no_node_serves_nobody() -> None:
    need = replace(NEED, users=4, stay=None, ends=None)
    verdict = _verdicts(need, _plan(need))["quotaShort"]

    assert verdict.shock.label == "a quota for 0 of 1 nodes"
    assert (verdict.holds, verdict.limit) == (False, "most nodes: 0")
    assert verdict.as_planned.unserved.mean == 4


def test_own_nodes_are_what_they_are() -> None:
    plan = _plan(EXAM, price=None, count=2)
    found = _verdicts(EXAM, plan, zones=1)

    assert list(found) == ["users150", "users200", "image300", "slowNodes"]
    verdict = found["users150"]
    assert (verdict.holds, verdict.limit) == (False, "most nodes: 2")
    assert (verdict.survivor, verdict.extra_micro_usd) == (None, None)
    assert verdict.advice == "none of the plans tried keeps the bound"
    assert found["image300"].advice == "holds as it is"


def test_without_a_price_what_survives_has_no_cost() -> None:
    verdict = _verdicts(FULL, _plan(FULL, price=None))["users150"]

    assert verdict.survivor is not None
    assert (verdict.survivor.choice.warm_nodes, verdict.survivor.micro_usd) == (6, None)
    assert verdict.extra_micro_usd is None
    assert verdict.advice == "warm nodes 4 -> 6, most nodes 4 -> 6"


def test_a_plan_without_a_price_has_nothing_to_cost_more_than() -> None:
    verdict = _judged(more_users(FULL, 150), replace(_plan(FULL), micro_usd=None))

    assert verdict.survivor is not None
    assert (verdict.survivor.micro_usd, verdict.extra_micro_usd) == (6 * NODE_COST, None)


@pytest.mark.parametrize(
    ("cause", "need", "limit"),
    [
        ("nodeBoot", replace(NEED, node_ready=600, waiting_permille=0), "warm nodes: 1"),
        ("imagePull", replace(NEED, image_pull=300, waiting_permille=0), "image pull: 300 s"),
        ("maxNodes", more_users(NEED, 300), "most nodes: 2"),
        ("notServed", replace(NEED, node_ready=50_000, stay=None, ends=None), "seats: 8"),
    ],
)
def test_what_breaks_first_is_told_with_its_number(cause: str, need: Need, limit: str) -> None:
    verdict = _judged(need, _plan(NEED))

    share = max(verdict.as_planned.causes.values())
    assert [name for name, its in verdict.as_planned.causes.items() if its == share] == [cause]
    assert (verdict.holds, verdict.limit) == (False, limit)


def test_a_spawn_limit_that_breaks_first_is_what_to_change() -> None:
    plan = replace(_plan(AT_ONCE), spawn_limit=1)
    verdict = _judged(AT_ONCE, plan)

    assert (verdict.holds, verdict.limit) == (False, "spawn limit: 1")
    assert verdict.advice == "a spawn limit and a start timeout for what then comes"
    assert verdict.survivor is not None
    assert verdict.survivor.choice.warm_nodes == plan.warm_nodes
    assert verdict.extra_micro_usd == 0


def test_nobody_can_have_a_server_in_no_time() -> None:
    verdict = _judged(replace(EXAM, wait_limit=0), _plan(EXAM))

    assert verdict.as_planned.causes["scheduler"] > 0
    assert (verdict.holds, verdict.limit) == (False, "scheduler: 50 binds/s")
    assert (verdict.survivor, verdict.extra_micro_usd) == (None, None)
    assert verdict.advice == "none of the plans tried keeps the bound"


def test_more_users_at_a_rate_come_in_the_same_time() -> None:
    need = replace(NEED, arrive=Poisson(60, 180))
    twice = more_users(need, 200)

    assert twice.users == 2 * need.users
    assert last_arrival(twice.crowd.shape, twice.users) == last_arrival(
        need.crowd.shape, need.users
    )
