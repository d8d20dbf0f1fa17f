"""The table of what is always on, and its JSON."""

from io import StringIO

from rich.console import Console

from hubs.idle_lines import IdleCost
from preview.show_idle import idle_json, idle_table

LINES = (
    IdleCost(what="control plane", micro_usd_per_month=73_000_000, because="1 x 0.1 USD per hour"),
    IdleCost(what="Cloud SQL", micro_usd_per_month=None, because="1 x huge, no price known"),
    IdleCost(what="homes", micro_usd_per_month=1, because="1 x EFS", verified=False),
)


def shown(lines: tuple[IdleCost, ...]) -> list[str]:
    """Return the table as it is printed, without trailing blanks."""
    console = Console(width=90, file=StringIO(), record=True)
    console.print(idle_table(lines))
    return [line.rstrip() for line in console.export_text().splitlines()]


def test_lines_are_summed_and_what_is_not_known_is_marked() -> None:
    assert shown(LINES) == [
        "               USD a month  because",
        "control plane        73.00  1 x 0.1 USD per hour",
        "Cloud SQL                -  1 x huge, no price known",
        "homes               0.01 ?  1 x EFS",
        "together             73.01  730 hours, without traffic and events; ? has no source",
    ]


def test_nothing_is_said_of_sources_where_all_are_known() -> None:
    assert shown(LINES[:1])[-1] == (
        "together             73.00  730 hours, without traffic and events"
    )


def test_machines_read_millionths() -> None:
    assert idle_json("lab", LINES[1:]) == {
        "stack": "lab",
        "microUsdPerMonth": 1,
        "lines": [
            {
                "what": "Cloud SQL",
                "microUsdPerMonth": None,
                "because": "1 x huge, no price known",
                "verified": True,
            },
            {"what": "homes", "microUsdPerMonth": 1, "because": "1 x EFS", "verified": False},
        ],
    }
