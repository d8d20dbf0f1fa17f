"""A plan for a reader: the numbers that matter, then every number with its reason."""

from collections.abc import Callable

import pytest

from preview.run import Loaded
from preview.show_plan import alternatives, headline, key_figures, reasons

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
        ("campus", ["demo declared 7 3 21 on 3 3 0 of 21 - none"]),
        ("exam", ["final e2-standard-16 15 7 100 on 8 8 0 of 100 4.14 8 of 15 seats"]),
        ("icesat2", ["hackweek m5.2xlarge 4 20 48 on 12 33 0 of 80 7.68 12 of 4 seats"]),
        ("workshop", ["intro n2-highmem-4 7 35 168 on 24 60 72 of 240 9.18 24 of 7 seats"]),
        (
            "datahub",
            [
                "lab e2-highmem-8 55 15 550 on 10 26 210 of 800 5.43 10 of 55 seats",
                "lecture e2-highmem-8 27 15 297 on 11 27 103 of 400 5.43 11 of 27 seats",
                "section e2-highmem-4 26 12 208 on 8 21 59 of 300 2.17 8 of 26 seats",
            ],
        ),
    ],
)
def test_key_figures_are_one_row_per_event(
    stack: str, rows: list[str], loaded: Load, lines: Lines
) -> None:
    found = [" ".join(line.split()) for line in lines(key_figures(list(loaded(stack).events)))]

    columns = "event machine type seats/node nodes warm seats max waiting $/h placeholders"
    assert found == [columns, *rows]


def test_every_figure_has_its_amount_and_its_reason(loaded: Load, lines: Lines) -> None:
    found = lines(reasons(loaded("workshop").events[0]))

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
        "placeholders  24 pods of 7 seats",
        "maxNodes      60 nodes",
        "spawnLimit    240 spawns at once",
        "startTimeout  1284 s",
    ]
    assert (
        "nodes         35 nodes            240 users / 7 per node, rounded up  [every user has a "
        "seat]" in found
    )


def test_machine_types_set_in_the_file_are_the_only_ones(loaded: Load, lines: Lines) -> None:
    assert lines(alternatives(loaded("workshop").events[0])) == [
        "Machine types for intro",
        "machine type  seats/node  nodes  $/h for all users  runs out first",
        "n2-highmem-4           7     35               9.18  memory",
    ]


def test_the_cheapest_five_of_many_machine_types_are_shown(loaded: Load, lines: Lines) -> None:
    assert lines(alternatives(loaded("exam").events[0])) == [
        "Machine types for final, the cheapest 5 of 55",
        "machine type     seats/node  nodes  $/h for all users  runs out first",
        "e2-standard-16           15      7               4.14  CPU",
        "e2-standard-8             7     15               4.43  CPU",
        "e2-standard-32           30      4               4.73  CPU",
        "n2d-standard-16          15      7               5.21  CPU",
        "e2-highmem-16            15      7               5.58  CPU",
    ]
