"""A term of a stack week by week, for a reader and for machines."""

from typing import Any

from capacity.figures import dollars
from hubs.season import Season, Week
from hubs.stage_cost import Cost
from preview.tables import Fitting


def season_table(of: Season) -> Fitting:
    """Return a row for every week, and their sum."""
    table = Fitting()
    table.names("week", "from")
    table.figures("sessions", "most seats", "node hours", "USD events", "USD idle")
    for week in of.weeks:
        table.add_row(
            week.name,
            f"{week.first:%a %Y-%m-%d}",
            str(week.sessions),
            str(week.most_seats),
            *_spent(of, week.cost, week.idle),
        )
    table.add_section()
    sessions = sum(week.sessions for week in of.weeks)
    most = max(week.most_seats for week in of.weeks)
    table.add_row(
        "together", "", str(sessions), str(most), *_spent(of, of.cost, of.idle), style="bold"
    )
    return table


def _spent(of: Season, cost: Cost, idle: int | None) -> tuple[str, str, str]:
    if of.idle is None:
        return "-", "-", "-"
    return str(cost.node_hours), dollars(cost.micro_usd), dollars(idle)


def told(of: Season) -> str:
    """Return what the table's figures mean."""
    days = f"Days are those of {of.where.key}."
    if of.idle is None:
        return f"{days} The nodes are your own, so nothing is said of their number and price."
    return (
        f"{days} Node hours and dollars of events are at most that much: everybody comes. "
        f"Idle is what is always on (readyroom idle {of.stack})."
    )


def season_json(of: Season) -> dict[str, Any]:
    """Return the same for machines, in millionths of a dollar."""
    return {
        "stack": of.stack,
        "from": of.first.isoformat(),
        "until": of.last.isoformat(),
        "timezone": of.where.key,
        "weeks": [_week(of, week) for week in of.weeks],
        "together": _money(of, of.cost, of.idle),
    }


def _week(of: Season, week: Week) -> dict[str, Any]:
    return {
        "week": week.name,
        "from": week.starts.astimezone(of.where).isoformat(),
        "until": week.ends.astimezone(of.where).isoformat(),
        "sessions": week.sessions,
        "mostSeats": week.most_seats,
        **_money(of, week.cost, week.idle),
    }


def _money(of: Season, cost: Cost, idle: int | None) -> dict[str, int | None]:
    own = of.idle is None
    return {
        "nodeSecondsAtMost": None if own else cost.node_seconds,
        "microUsdAtMost": None if own else cost.micro_usd,
        "idleMicroUsd": idle,
    }
