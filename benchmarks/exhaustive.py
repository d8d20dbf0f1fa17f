"""The optimiser beside an exhaustive search of the same space, on random events.

    python -m benchmarks.exhaustive [EVENTS]

Every machine type, number of warm nodes, size of placeholders and lead is simulated with the
very crowds that the optimiser saw; the ratio is its plan's cost over the cheapest that keeps
the bound.
"""

import sys
from collections.abc import Iterator
from statistics import median

import numpy as np

from capacity.candidates import Option, nodes_for_all, sizes
from capacity.crowds import Bell, Stay, Uniform
from capacity.machine_choice import Alternative, NoMachineError, alternatives, offers_in
from capacity.machines import Cloud
from capacity.needs import Need
from capacity.packing import Seat
from capacity.plan import spawn_limit, start_timeout
from capacity.quantities import MIB
from capacity.scene import HubRules
from capacity.search import Search

_EVENTS = 50
_REGIONS: tuple[tuple[Cloud, str], ...] = (("gke", "us-central1"), ("eks", "us-west-2"))
_SHOWN = 5
_EXAMS, _BELLS = 0.2, 0.5


def random_event(random: np.random.Generator) -> tuple[Need, list[Alternative]]:
    """Return an event drawn at random, and the machine types allowed for it.

    Raises:
        NoMachineError: none is.
    """
    within = int(random.integers(5, 40)) * 60
    ready, pull = int(random.integers(120, 720)), int(random.integers(30, 600))
    stay = int(random.integers(1, 8)) * 3600
    exam = bool(random.random() < _EXAMS)
    need = Need(
        users=int(random.integers(12, 90)),
        seat=Seat(
            memory=int(random.integers(4, 64)) * 256 * MIB, cpu=int(random.integers(1, 20)) * 100
        ),
        within=within,
        every_seat_warm=exam,
        waiting_permille=0 if exam else int(random.integers(5, 41)) * 10,
        wait_limit=60,
        node_ready=ready,
        image_pull=pull,
        arrive=Bell(within) if random.random() < _BELLS else Uniform(within),
        stay=Stay(seconds=stay, logs_out_permille=300),
        ends=stay,
        leads=tuple((ready + pull) * part // 100 for part in (75, 125, 250)),
    )
    cloud, region = _REGIONS[int(random.integers(len(_REGIONS)))]
    return need, alternatives(need, offers_in(cloud, region))


def everything(search: Search, allowed: list[Alternative]) -> Iterator[Option]:
    """Yield every candidate of the space."""
    for alternative in allowed:
        most = nodes_for_all(search.need, alternative)
        least = most if search.need.every_seat_warm else 0
        for lead in search.need.leads:
            for warm in range(least, most + 1):
                for size in sizes(search.need, alternative):
                    yield search.option(alternative, warm, size, lead)


def ratio(need: Need, allowed: list[Alternative]) -> tuple[float, int, int]:
    """Return the plan's cost over the cheapest there is, and how many each had to simulate."""
    hub = HubRules(spawn_limit=spawn_limit(need), start_timeout=start_timeout(need))
    quick = Search(need, hub)
    found = quick.ranked(allowed, _SHOWN)[0]
    whole = Search(need, hub)
    best = min(everything(whole, allowed), key=lambda option: option.rank)
    if not found.within_bound or not best.within_bound:
        return float(found.within_bound != best.within_bound) + 1, len(quick.tried), 0
    return (found.micro_usd or 0) / (best.micro_usd or 1), len(quick.tried), len(whole.tried)


def main() -> None:
    """Print one line per event, and the worst of them."""
    random = np.random.default_rng(50)
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else _EVENTS
    ratios: list[float] = []
    while len(ratios) < wanted:
        try:
            need, allowed = random_event(random)
        except NoMachineError:
            continue
        value, few, many = ratio(need, allowed)
        ratios.append(value)
        sys.stdout.write(f"{need.users:4} users  {value:.4f}  {few} of {many} simulated\n")
    sys.stdout.write(f"worst {max(ratios):.4f}, median {median(ratios):.4f}\n")


if __name__ == "__main__":
    main()
