"""A plan for a reader: the numbers that matter, then every number with its reason."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from rich.table import Table

from capacity.figures import dollars
from capacity.proof import Interval
from hubs.active import PlannedEvent
from hubs.event import EventPoolConfig, PlaceholdersConfig
from preview.loaded import Loaded
from preview.show_plan import (
    alternatives,
    headline,
    key_figures,
    reasons,
    trade_off,
    without_waiting,
)

Load = Callable[[str], Loaded]
Lines = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("stack", "told"),
    [
        ("campus", "21 users within 5m, 2.00 GiB and 0.5 CPU each"),
        ("exam", "100 users within 10m, 2.00 GiB and 1 CPU each"),
        ("workshop", "240 users within 12m, 3.40 GiB and 0.4 CPU each"),
    ],
)
def test_a_headline_says_who_comes_when_and_with_what_need(
    stack: str, told: str, loaded: Load
) -> None:
    assert headline(loaded(stack).events[0]) == told


@pytest.mark.parametrize(
    ("stack", "rows"),
    [
        ("campus", ["demo declared 21 7 3 21 on 3 3 0.0 % - none"]),
        ("exam", ["final e2-standard-16 100 15 7 100 on 8 8 0.0 % 26.68 8 of 15 seats"]),
        ("icesat2", ["hackweek m5.2xlarge 80 4 20 56 on 14 20 {waiting} % {cost} 14 of 4 seats"]),
        ("workshop", ["intro n2-highmem-4 240 7 35 168 on 24 35 30.0 % {cost} 48 of 3 seats"]),
        (
            "datahub",
            [
                "lab e2-highmem-8 800 55 15 605 on 11 15 {waiting} % {cost} 44 of 13 seats",
                "lecture e2-highmem-8 400 27 15 297 on 11 15 {waiting} % {cost} 44 of 6 seats",
                "section e2-highmem-4 300 26 12 234 on 9 12 {waiting} % {cost} 36 of 6 seats",
            ],
        ),
    ],
)
def test_key_figures_are_one_row_per_event(
    stack: str, rows: list[str], loaded: Load, lines: Lines
) -> None:
    events = list(loaded(stack).events)
    found = [" ".join(line.split()) for line in lines(key_figures(events))]

    columns = (
        "event machine type users seats/node nodes warm seats max waiting $/session placeholders"
    )
    assert found == [
        columns,
        *(
            row.format(
                waiting=f"{event.plan.proof.waiting_share.mean * 100:.1f}",
                cost=dollars(event.plan.micro_usd),
            )
            for row, event in zip(rows, events, strict=True)
        ),
    ]


def test_every_figure_has_its_amount_and_its_reason(loaded: Load, lines: Lines) -> None:
    event = loaded("workshop").events[0]
    found = lines(reasons(event))
    shown = {figure.name: figure.value for figure in event.plan.figures}

    assert found[0] == "Plan of intro: 240 users within 12m, 3.40 GiB and 0.4 CPU each"
    assert found[1] == "figure        value               because"
    assert [line[:34].rstrip() for line in found[2:] if line[:1].strip()] == [
        "machineType   n2-highmem-4",
        "node          26.36 GiB",
        "seat          3.40 GiB",
        "seatsPerNode  7 seats",
        "nodes         35 nodes",
        "warmSeats     168 seats",
        "rateRule      200 seats",
        "warmNodes     24 nodes",
        "placeholders  48 pods of 3 seats",
        "maxNodes      35 nodes",
        "waitingShare  30.0 %",
        f"waitP95       {shown['waitP95']} s",
        f"waitMax       {shown['waitMax']} s",
        f"sessionCost   {shown['sessionCost']} USD",
        "spawnLimit    240 spawns at once",
        "startTimeout  1284 s",
    ]
    assert (
        "nodes         35 nodes            240 users / 7 per node, rounded up  [every user has a "
        "seat]" in found
    )


SEARCHED = "; waiting as searched, in bold as proved"
COLUMNS = "machine type seats/node warm max vCPU $/session waiting 95 of 100 placeholders"


def _cost(loaded: Load) -> str:
    return dollars(loaded("workshop").events[0].plan.micro_usd)


def _words(found: list[str]) -> list[str]:
    return [" ".join(line.split()) for line in found]


def test_machine_types_set_in_the_file_are_the_only_ones(loaded: Load, lines: Lines) -> None:
    assert _words(lines(alternatives(loaded("workshop").events[0]))) == [
        "Machine types for intro",
        COLUMNS,
        f"n2-highmem-4 7 24 35 140 {_cost(loaded)} 30.0 % 30.0 % 48 of 3 seats",
    ]


def test_own_nodes_have_neither_vcpus_nor_a_price(loaded: Load, lines: Lines) -> None:
    assert _words(lines(alternatives(loaded("campus").events[0]))) == [
        "Machine types for demo",
        COLUMNS,
        "declared 7 3 3 - - 0.0 % 0.0 % none",
    ]


def test_the_cheapest_five_of_many_machine_types_are_shown(loaded: Load, lines: Lines) -> None:
    found = _words(lines(alternatives(loaded("exam").events[0])))

    assert found[:3] == [
        f"Machine types for final, the cheapest 5 of 64{SEARCHED}",
        COLUMNS,
        "e2-standard-16 15 8 8 128 26.68 0.0 % 0.0 % 8 of 15 seats",
    ]
    # Type, seats per node, warm nodes, most nodes, vCPUs, dollars.
    assert [" ".join(line.split()[:6]) for line in found[3:]] == [
        "e2-standard-8 7 16 16 128 26.68",
        "e2-standard-32 30 5 5 160 33.35",
        "n2d-standard-16 15 8 8 128 33.64",
        "t2d-standard-16 15 8 8 128 33.64",
    ]


def test_a_trade_off_is_one_row_per_number_of_warm_nodes(loaded: Load, lines: Lines) -> None:
    found = _words(lines(trade_off(loaded("workshop").events[0])))

    assert found[:2] == [f"Warm nodes against waiting for intro{SEARCHED}", COLUMNS]
    assert found[2].startswith("n2-highmem-4 7 0 35 140 ")
    assert found[2].endswith(" 100.0 % 100.0 % none")
    assert " ".join(line.split()[2] for line in found[2:]) == "0 7 14 21 24 28 35"
    assert found[6] == f"n2-highmem-4 7 24 35 140 {_cost(loaded)} 30.0 % 30.0 % 48 of 3 seats"


@pytest.mark.parametrize(
    ("shown", "bold"), [(alternatives, ["bold"]), (trade_off, [None] * 4 + ["bold"] + [None] * 2)]
)
def test_the_plan_chosen_is_in_bold(
    shown: Callable[[PlannedEvent], Table], bold: list[str | None], loaded: Load
) -> None:
    assert [row.style for row in shown(loaded("workshop").events[0]).rows] == bold


def test_the_plan_in_bold_has_the_waiting_that_is_proved(loaded: Load, lines: Lines) -> None:
    event = loaded("icesat2").events[0]
    other = replace(event.plan.proof, waiting_share=Interval(0.123, 0.1, 0.2), share_of_95=0.234)
    proved = replace(event, plan=replace(event.plan, proof=other))

    found = _words(lines(trade_off(proved)))
    as_searched = _words(lines(trade_off(event)))
    [bold] = [place for place, row in enumerate(trade_off(event).rows) if row.style == "bold"]
    assert " 12.3 % 23.4 % " in found[bold + 2]
    assert [line for line in found if line not in as_searched] == [found[bold + 2]]


def _set(event: PlannedEvent, **keys: object) -> PlannedEvent:
    return replace(event, config=event.config.model_copy(update=keys))


def _waiting(event: PlannedEvent, *shares: float) -> PlannedEvent:
    """Return the event as if such shares waited with ever more warm nodes."""
    curve = tuple(
        replace(one, proof=replace(one.proof, waiting_share=Interval(share, share, share)))
        for one, share in zip(event.plan.curve, shares, strict=True)
    )
    return replace(event, plan=replace(event.plan, options=(curve[4],), curve=curve))


WARM = "intro: nobody waits with 35 warm nodes"


@pytest.fixture
def intro(loaded: Load) -> PlannedEvent:
    """The event of the workshop, whose curve is of 0, 7, 14, 21, 24, 28 and 35 warm nodes."""
    return loaded("workshop").events[0]


def test_what_it_costs_that_nobody_waits_is_told(intro: PlannedEvent) -> None:
    more = dollars((intro.plan.curve[-1].micro_usd or 0) - (intro.plan.micro_usd or 0))

    assert without_waiting(intro) == f"{WARM}: ${more} more a session (waitingShare: 0)"
    cheap = replace(intro, plan=replace(intro.plan, micro_usd=10**9))
    assert without_waiting(cheap) == f"{WARM}: for no more money (waitingShare: 0)"


@pytest.mark.parametrize(
    ("pool", "how"),
    [
        ({"warmNodes": 24}, " (pool: {warmNodes: 35, maxNodes: 35})"),
        ({"maxNodes": 30}, " (pool: {warmNodes: 35, maxNodes: 35})"),
        ({"machineType": "n2-highmem-4"}, " (waitingShare: 0)"),
    ],
)
def test_it_is_told_what_to_write_for_it(
    pool: dict[str, object], how: str, intro: PlannedEvent
) -> None:
    own = _set(intro, pool=EventPoolConfig.model_validate(pool))

    assert without_waiting(own).endswith(f"a session{how}")


def test_placeholders_of_the_stack_file_are_in_the_way_of_a_simple_answer(
    intro: PlannedEvent,
) -> None:
    own = _set(intro, placeholders=PlaceholdersConfig.model_construct(replicas=1))

    assert without_waiting(own).endswith(" more a session")


def test_the_fewest_that_can_wait_are_told_where_somebody_always_does(
    intro: PlannedEvent,
) -> None:
    few = _waiting(intro, 1, 0.8, 0.6, 0.4, 0.3, 0.2, 0.05)
    same = _waiting(intro, 1, 0.8, 0.6, 0.4, 0.3, 0.3, 0.3)

    assert without_waiting(few).startswith("intro: 5.0 % wait with 35 warm nodes: $")
    assert without_waiting(few).endswith(" more a session")
    assert without_waiting(same) == "intro: more warm nodes would not let fewer people wait"


def test_of_several_ways_the_cheapest_is_told(intro: PlannedEvent) -> None:
    found = without_waiting(_waiting(intro, 1, 0.8, 0.6, 0.4, 0.3, 0, 0))

    assert found.startswith("intro: nobody waits with 28 warm nodes: $")


def test_nothing_is_told_where_nobody_waits_or_nothing_can_be_done(
    loaded: Load, intro: PlannedEvent
) -> None:
    assert without_waiting(loaded("exam").events[0]) == ""
    assert without_waiting(loaded("campus").events[0]) == ""
    # It is always on together with a longer event.
    assert without_waiting(replace(intro, together={})) == ""
    assert without_waiting(replace(intro, plan=replace(intro.plan, curve=()))) == ""
