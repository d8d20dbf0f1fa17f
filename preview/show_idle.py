"""What a stack costs when nobody comes, for a reader and for machines."""

from typing import Any

from capacity.figures import dollars
from hubs.idle_lines import IdleCost, total
from preview.tables import Fitting


def idle_table(lines: tuple[IdleCost, ...]) -> Fitting:
    """Return the lines and their sum; a mark where no source was found for a price."""
    table = Fitting()
    table.texts("")
    table.figures("USD a month")
    table.texts("because")
    for line in lines:
        mark = "" if line.verified else " ?"
        table.add_row(line.what, dollars(line.micro_usd_per_month) + mark, line.because)
    table.add_section()
    unverified = "; ? has no source" if not all(line.verified for line in lines) else ""
    told = f"730 hours, without traffic and events{unverified}"
    table.add_row("together", dollars(total(lines)), told)
    return table


def idle_json(stack: str, lines: tuple[IdleCost, ...]) -> dict[str, Any]:
    """Return the lines and their sum for machines, in millionths of a dollar."""
    return {
        "stack": stack,
        "microUsdPerMonth": total(lines),
        "lines": [
            {
                "what": line.what,
                "microUsdPerMonth": line.micro_usd_per_month,
                "because": line.because,
                "verified": line.verified,
            }
            for line in lines
        ],
    }
