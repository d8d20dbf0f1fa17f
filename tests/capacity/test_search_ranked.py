"""What the search chooses: the fewest warm nodes, the size, the lead, the machine type."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from needs import USER_A_MINUTE as NEED
from searched import CLASS, EXAM, HUB, nodes_for, numbers

from capacity.candidates import Option, nodes_for_all, sizes
from capacity.needs import Need
from capacity.search import Search


def _names(options: list[Option]) -> list[str]:
    return [option.choice.alternative.offer.node.name for option in options]


@pytest.mark.parametrize(("seats", "size"), [(1, 1), (2, 1), (3, 1), (4, 1), (8, 2), (64, 16)])
def test_a_quick_look_takes_placeholders_of_a_usual_size(seats: int, size: int) -> None:
    found = Search(EXAM, HUB).quick(nodes_for(seats, EXAM)).choice

    assert found.held is not None
    assert found.held.seats == size


def test_an_exam_has_every_node_warm_and_one_to_spare() -> None:
    search = Search(EXAM, HUB)

    found = search.refined(search.quick(nodes_for(4, EXAM)))
    assert numbers(found) == (3, 4, None)
    assert (found.choice.max_nodes, found.within_bound) == (3, True)
    # Only sizes were tried.
    assert {(warm, lead) for _, _, warm, _, lead in search.tried} == {(3, None)}


def test_a_workshop_has_the_fewest_warm_nodes_that_keep_its_bound() -> None:
    search = Search(NEED, HUB)

    # Nobody need wait: the first user's placeholder brings the second node in time.
    assert numbers(search.quick(nodes_for(4))) == (1, 1, None)
    assert numbers(search.refined(search.quick(nodes_for(4)))) == (1, 4, None)


@pytest.mark.parametrize("permille", [0, 150, 300, 500, 700])
def test_bisection_finds_what_a_scan_over_all_warm_nodes_finds(permille: int) -> None:
    need = replace(CLASS, waiting_permille=permille)
    alternative = nodes_for(4, need)
    search = Search(need, HUB)

    found = search.quick(alternative)
    size = sizes(need, alternative)[0]
    assert len(search.tried) <= 4
    within = [
        warm
        for warm in range(nodes_for_all(need, alternative) + 1)
        if search.option(alternative, warm, size, None).within_bound
    ]
    assert found.choice.warm_nodes == within[0]
    assert within == list(range(within[0], 9))


def test_where_even_every_seat_warm_misses_the_bound_all_are() -> None:
    # The only node there may be has seats for four of eight.
    need = replace(NEED, node_limit=1, waiting_permille=100)

    found = Search(need, HUB).quick(nodes_for(4, need))
    assert (found.choice.warm_nodes, found.choice.max_nodes, found.within_bound) == (1, 1, False)


def test_a_trickle_of_users_needs_no_warm_node() -> None:
    # Whoever has a node started waits two minutes for it, and the limit is ten.
    need = replace(NEED, wait_limit=600)
    search = Search(need, HUB)

    found = search.refined(search.quick(nodes_for(4)))
    assert numbers(found) == (0, 0, None)
    assert found.within_bound


@pytest.mark.parametrize(
    ("permille", "lead", "micro_usd"),
    [
        # Two of eight come before the node is there that is asked for as the session starts.
        (250, 0, 9_589_980),
        # Nobody waits: 120 s are just enough for it and its image.
        (249, 120, 9_709_930),
        (0, 120, 9_709_930),
    ],
)
def test_of_several_leads_the_cheapest_that_keeps_the_bound_is_chosen(
    permille: int, lead: int, micro_usd: int
) -> None:
    need = replace(NEED, waiting_permille=permille, leads=(900, 0, 120))
    search = Search(need, HUB)

    for found in (search.quick(nodes_for(4)), search.refined(search.quick(nodes_for(4)))):
        assert (found.choice.warm_nodes, found.choice.lead) == (1, lead)
        assert (found.micro_usd, found.within_bound) == (micro_usd, True)


def test_refining_never_chooses_worse() -> None:
    for permille in (0, 200, 500):
        need = replace(CLASS, waiting_permille=permille)
        search = Search(need, HUB)
        quick = search.quick(nodes_for(8, need))

        found = search.refined(quick)
        assert found.rank <= quick.rank
        assert found.within_bound


def test_what_is_given_is_kept_where_nothing_is_better() -> None:
    free = nodes_for(4, price=0)
    search = Search(NEED, HUB)
    given = search.option(free, 2, 4, None)

    assert given.rank == search.option(free, 1, 4, None).rank == (False, 0, 0.0, 2.0)
    assert search.refined(given) == given


def test_the_cheapest_of_all_warm_nodes_and_sizes_is_found() -> None:
    need = replace(NEED, leads=(0,), wait_limit=200)
    search = Search(need, HUB)

    found = search.refined(search.quick(nodes_for(4)))
    assert found.choice.warm_nodes == 0
    assert found.micro_usd == min(
        search.option(nodes_for(4), warm, size, 0).micro_usd or 0
        for warm in range(3)
        for size in (1, 2, 4)
    )


def test_types_come_cheapest_first_and_all_that_were_asked_for() -> None:
    types = [
        nodes_for(4, price=5_000_000, name="dear"),
        nodes_for(4, price=3_600_000, name="cheap"),
        nodes_for(8, price=40_000_000, name="big"),
    ]

    found = Search(NEED, HUB).ranked(types, 3)
    assert _names(found) == ["cheap", "dear", "big"]
    costs = [option.micro_usd or 0 for option in found]
    assert costs == sorted(costs)
    # The same events at another price.
    assert costs[1] == -(-costs[0] * 5_000_000 // 3_600_000)


@pytest.mark.parametrize(("shown", "names"), [(1, ["cheap"]), (2, ["cheap", "big"])])
def test_a_type_whose_seats_alone_cost_more_is_not_simulated(shown: int, names: list[str]) -> None:
    types = [nodes_for(8, price=40_000_000, name="big"), nodes_for(4, name="cheap")]
    search = Search(NEED, HUB)

    assert _names(search.ranked(types, shown)) == names
    assert {seats for seats, *_ in search.tried} == {4, 8} if shown > 1 else {4}


def test_a_type_that_might_be_cheaper_is_simulated_beyond_what_is_shown() -> None:
    # Its 31,920 seat seconds cost 7.98 at least, and the cheapest 10.49.
    types = [nodes_for(4, name="cheap"), nodes_for(4, price=4_000_000, name="perhaps")]

    assert _names(Search(NEED, HUB).ranked(types, 1)) == ["cheap", "perhaps"]


def test_as_long_as_no_type_keeps_the_bound_all_are_simulated() -> None:
    # With a quota of one node four of eight find no seat; on the biggest all do.
    need = replace(NEED, node_limit=1)
    types = [
        nodes_for(8, price=400_000_000, name="big"),
        nodes_for(4, name="cheap"),
        nodes_for(5, name="middle"),
    ]

    found = Search(need, HUB).ranked(types, 1)
    assert _names(found)[0] == "big"
    assert [option.within_bound for option in found] == [True, False, False]


def test_own_nodes_without_a_price_are_ranked_by_node_hours() -> None:
    types = [nodes_for(seats, EXAM, price=None) for seats in (4, 8)]

    found = Search(EXAM, HUB).ranked(types, 2)
    # Two nodes of eight seats, or three of four.
    assert _names(found) == ["of-8", "of-4"]


@pytest.mark.parametrize(
    "changed", [lambda need: need, lambda need: replace(need, leads=(0, 120, 900))]
)
def test_the_same_search_finds_the_same(changed: Callable[[Need], Need]) -> None:
    need = changed(CLASS)
    types = [nodes_for(4, need), nodes_for(8, need, price=8_000_000)]

    assert Search(need, HUB).ranked(types, 2) == Search(need, HUB).ranked(types, 2)
