"""What follows from the options that an event keeps: pools, quotas, words, budgets, starts."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest

from hubs.active import at
from hubs.deployment import deployment
from hubs.footprint import footprints
from hubs.options import on_offer, option_mistakes, outlasting, servers, usual_start
from hubs.settings import settings
from tests.hubs.kept import LIVE, OPTIONS, STAGED, Planned, single, slugs

Raw = dict[str, Any]
Keeping = Callable[..., Planned]


@pytest.fixture
def beside(build: Keeping, fast: Raw, hub: Raw) -> Callable[[Sequence[Raw]], Planned]:
    """Plan events on a hub with options."""

    def planned(events: Sequence[Raw]) -> Planned:
        return build(fast, hub | {"options": OPTIONS}, list(events))

    return planned


def test_pools_of_options_are_there_beside_an_events_whether_it_keeps_them_or_not(
    keeping: Keeping,
) -> None:
    found = [
        [(pool.name, pool.min_nodes, pool.max_nodes) for pool in deployment(*planned, LIVE).pools]
        for planned in (keeping("gpu"), keeping())
    ]

    assert found[0] == found[1]
    assert found[0][:-1] == [
        ("core-n2-highmem-2", 1, 3),
        ("lab-n2-highmem-4", 0, 5),
        ("lab-large-n2-standard-8", 0, 4),
        ("lab-gpu-g2-standard-8", 0, 2),
        ("lab-gpus-g2-standard-24", 0, 1),
        ("lab-half-n2-standard-8", 0, 3),
    ]
    assert found[0][-1][0].startswith("lab-intro-")


def test_quotas_are_for_both_at_once(keeping: Keeping) -> None:
    planned = keeping("gpu")
    largest = max(footprints(*planned, LIVE), key=lambda one: len(one.pools))

    names = [pool.name for pool in largest.pools]
    assert [name for name in names if name.startswith(("lab-gpu-", "lab-intro-"))] == [
        "lab-gpu-g2-standard-8",
        names[-1],
    ]


@pytest.mark.parametrize(
    ("names", "kept"),
    [([], None), (["gpu"], ["gpu"]), (["large", "gpu"], ["gpu", "large"])],
)
def test_the_gate_is_told_which_options_are_kept(
    names: list[str], kept: list[str] | None, keeping: Keeping
) -> None:
    facts: Any = deployment(*keeping(*names), LIVE).hubs[0].facts

    assert facts["event"].get("options") == kept


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ([], "intro only"),
        (["gpu"], "intro, and gpu"),
        (["large", "gpu"], "intro, and gpu, large"),
    ],
)
def test_what_is_on_offer_is_said_in_words(names: list[str], told: str, keeping: Keeping) -> None:
    stack, events = keeping(*names)

    found = settings(stack.hubs[0], [at(one, LIVE) for one in events], stack.cluster.provider)
    assert found["profile"] == told


@pytest.mark.parametrize(("names", "more"), [([], 0), (["gpu"], 2), (["half", "large"], 10)])
def test_nobody_moves_a_server_on_a_node_of_an_option(
    names: list[str], more: int, keeping: Keeping
) -> None:
    pool = {"machineType": "n2-highmem-4"}

    [users] = deployment(*keeping(*names, pool=pool), LIVE).hubs[0].budgets
    # Six seats fit a node by CPU, and the pool has at most four nodes.
    assert users.least == 24 + more


@pytest.mark.parametrize(
    ("other", "slugs_then", "profile"),
    [
        (
            {"options": ["large", "gpu"]},
            ["intro-and-later", "gpus", "gpu", "large"],
            "intro-and-later, and gpu, gpus, large",
        ),
        ({}, ["intro-and-later", "gpus", "gpu"], "intro-and-later, and gpu, gpus"),
        ({"kind": "exam"}, ["intro-and-later"], "intro-and-later only"),
    ],
)
def test_of_events_that_overlap_each_keeps_its_options_and_an_exam_all_to_itself(
    other: Raw,
    slugs_then: list[str],
    profile: str,
    beside: Callable[[Sequence[Raw]], Planned],
    event: Raw,
) -> None:
    intro = event | {"options": ["gpus", "gpu"]}
    for both in permutations([intro, event | {"name": "later"} | other]):
        stack, events = beside(both)
        found = single((stack, events), LIVE)
        states = [at(one, LIVE) for one in events]

        assert sorted(slugs(found)) == sorted(slugs_then)
        assert slugs(found)[0] == "intro-and-later"
        assert settings(stack.hubs[0], states, "gke")["profile"] == profile
        assert ("extraTolerations" in found) == (len(slugs_then) > 1)


def test_all_options_are_on_offer_without_an_event_and_with_one_those_it_keeps(
    keeping: Keeping,
) -> None:
    _, [event] = keeping("half", "gpu")
    none = event.config.model_copy(update={"options": ()})

    assert on_offer(event.hub, None) == event.hub.options
    assert on_offer(event.hub, none) == ()
    kept = on_offer(event.hub, event.config)
    assert [option.name for option in kept] == ["gpu", "half"]
    assert servers(kept) == 2 + 3 * 2
    assert list(option_mistakes("events[0]", event.config, event.hub)) == []


@pytest.mark.parametrize(
    ("names", "cluster", "ready", "seconds"),
    [
        # 600 s for a node and 64 s for the image, and half as much again.
        (["gpu"], {}, "1m", 996),
        ([], {}, "1m", 300),
        (["gpu"], {}, "20m", 1896),
        (["gpu"], {"nodeReady": "3m"}, "1m", 366),
        (["gpu"], {"nodeReady": "1m"}, "1m", 300),
    ],
)
def test_a_start_on_a_node_of_an_option_may_take_as_long_as_usual(
    names: list[str],
    cluster: Raw,
    ready: str,
    seconds: int,
    keeping: Keeping,
) -> None:
    stack, events = planned = keeping(*names, cluster=cluster, nodeReady=ready)
    [event] = events
    told = settings(stack.hubs[0], [at(event, LIVE)], "gke")["start timeout"]
    [figure] = [one for one in event.plan.figures if one.name == "startTimeout"]

    assert single(planned, LIVE)["startTimeout"] == seconds
    assert (told, figure.value) == (f"{seconds} s", seconds)
    assert single(planned, STAGED)["startTimeout"] == usual_start(stack.cluster, stack.hubs[0])


def test_a_longer_start_is_explained_and_all_else_of_the_plan_stays(
    keeping: Keeping,
) -> None:
    stack, [event] = keeping(nodeReady="1m")
    config = event.config.model_copy(update={"options": ("gpu",)})

    found = outlasting(event.plan, stack.cluster, event.hub, config)

    told = {figure.name: figure for figure in found.figures}
    assert told["startTimeout"].because == (
        "as without an event: nodes of options that it keeps are no sooner ready than ever"
    )
    before = {figure.name: figure for figure in event.plan.figures}
    assert told == before | {"startTimeout": told["startTimeout"]}
    assert replace(found, figures=event.plan.figures, start_timeout=300) == event.plan
    assert outlasting(found, stack.cluster, event.hub, config) is found
