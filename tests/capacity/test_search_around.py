"""What there is beside the plan chosen: what is dearer, and fewer or more warm nodes."""

from dataclasses import replace

import pytest
from needs import USER_A_MINUTE as NEED
from searched import CLASS, EXAM, HUB, nodes_for, numbers

from capacity.candidates import Option
from capacity.search import Search


def _cost(option: Option) -> int:
    return option.micro_usd or 0


def test_what_is_dearer_has_more_warm_nodes_or_an_earlier_lead() -> None:
    need = replace(NEED, leads=(0, 120, 900))
    search = Search(need, HUB)
    best = search.refined(search.quick(nodes_for(4)))

    found = search.dearer(best)
    assert [numbers(one) for one in found] == [
        (2, 4, 0),
        (1, 4, 120),
        (2, 4, 120),
        (1, 4, 900),
        (2, 4, 900),
    ]
    assert [_cost(one) for one in found] == sorted(_cost(one) for one in found)
    assert all(one.within_bound and one.rank > best.rank for one in found)


def test_where_all_are_warm_nothing_is_dearer() -> None:
    search = Search(EXAM, HUB)

    assert search.dearer(search.refined(search.quick(nodes_for(4, EXAM)))) == []


def test_without_warm_nodes_those_with_some_hold_single_seats() -> None:
    search = Search(replace(NEED, wait_limit=600), HUB)
    best = search.quick(nodes_for(4))

    assert [numbers(one) for one in search.dearer(best)] == [(1, 1, None), (2, 1, None)]


@pytest.mark.parametrize(
    ("points", "warm"),
    [
        (1, [0, 5]),
        (2, [0, 5, 8]),
        (5, [0, 2, 4, 5, 6, 8]),
        (8, [0, 1, 2, 3, 5, 6, 7, 8]),
        (9, [0, 1, 2, 3, 4, 5, 6, 7, 8]),
        (30, [0, 1, 2, 3, 4, 5, 6, 7, 8]),
    ],
)
def test_a_curve_goes_from_no_warm_node_to_all_over_the_one_chosen(
    points: int, warm: list[int]
) -> None:
    search = Search(CLASS, HUB)
    alternative = nodes_for(4, CLASS)
    best = search.option(alternative, 5, 2, None)

    found = search.curve(best, points)
    assert [one.choice.warm_nodes for one in found] == warm
    assert best in found
    assert {one.choice.held.seats for one in found if one.choice.held} == {2}


def test_a_curve_of_what_needs_no_warm_nodes_holds_single_seats() -> None:
    search = Search(NEED, HUB)
    found = search.curve(search.option(nodes_for(4), 0, 1, None), 3)

    assert [numbers(one) for one in found] == [(0, 0, None), (1, 1, None), (2, 1, None)]
