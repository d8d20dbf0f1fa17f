"""Prints what each event of the benchmark costs by hand, and the least that it can cost."""

import sys

from benchmarks.clairvoyant import clairvoyant
from benchmarks.practice import practice
from benchmarks.scenarios import events
from capacity.quantities import ceil_div

SEED = 2020
_CENT = 10_000


def dollars(micro_usd: int) -> str:
    """Return millionths of a dollar as dollars and cents, rounded up."""
    whole, cents = divmod(ceil_div(micro_usd, _CENT), 100)
    return f"{whole}.{cents:02d}"


def lines() -> list[str]:
    """Return one line per event: its name, dollars by hand, dollars of the lower bound."""
    return [
        f"{event.name:15} {dollars(practice(event).micro_usd):>9} "
        f"{dollars(clairvoyant(event, SEED).micro_usd):>9}"
        for event in events().values()
    ]


if __name__ == "__main__":
    sys.stdout.write("event             by hand  at least  (dollars)\n")
    sys.stdout.writelines(f"{line}\n" for line in lines())
