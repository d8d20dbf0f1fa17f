"""The least that an event can cost: nodes appear and vanish with the seats in use. Pure."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from benchmarks.scenarios import HOUR, Event, Seconds, draw
from capacity.machine_choice import Alternative, alternatives, offers_in
from capacity.needs import Need
from capacity.quantities import ceil_div


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """The lower bound of one event, node price only.

    Attributes:
        machine_type: The type with the lowest price per seat.
        seats_per_node: Seats that one of its nodes has.
        node_seconds: Seconds of all nodes together.
        micro_usd: What they cost, in millionths of a dollar, rounded up.
    """

    machine_type: str
    seats_per_node: int
    node_seconds: int
    micro_usd: int


def clairvoyant(event: Event, seed: int) -> Bound:
    """Return the lower bound of an event whose arrivals and stays are drawn with a seed.

    Raises:
        NoMachineError: no type of the region holds an allowed number of such seats.
    """
    arrivals, departures = draw(event, np.random.default_rng(seed))
    return bound(event, arrivals, departures)


def bound(event: Event, arrivals: Seconds, departures: Seconds) -> Bound:
    """Return the lower bound of an event for given arrivals and departures, in seconds.

    For each instant ceil(seats in use / seats per node) nodes of the machine type of the
    catalogue with the lowest price per seat that the users-per-node rule allows; no boot,
    no pull, no placeholder. A seat is in use from its arrival until just before its
    departure.

    Raises:
        NoMachineError: no type of the region holds an allowed number of such seats.
    """
    chosen = cheapest_per_seat(event)
    spent = node_seconds(arrivals, departures, chosen.seats.seats)
    return Bound(
        machine_type=chosen.offer.node.name,
        seats_per_node=chosen.seats.seats,
        node_seconds=spent,
        micro_usd=ceil_div(spent * _price(chosen), HOUR),
    )


def cheapest_per_seat(event: Event) -> Alternative:
    """Return the type with the lowest price per seat; of equal ones the first by name.

    Raises:
        NoMachineError: no type of the region holds an allowed number of such seats.
    """
    # Only seat, users and fewest per node decide what is allowed.
    need = Need(
        users=event.users,
        seat=event.asked,
        within=event.arrivals.within_minutes * 60,
        every_seat_warm=event.wait_bound == 0,
        waiting_permille=int(event.wait_bound * 1_000),
        wait_limit=event.wait_limit,
        node_ready=event.node_ready_seconds.p50,
        image_pull=0,
        fewest_per_node=event.users_per_node_min,
    )
    return min(
        alternatives(need, offers_in(event.cloud, event.region)),
        key=lambda it: (Fraction(_price(it), it.seats.seats), it.offer.node.name),
    )


def node_seconds(arrivals: Seconds, departures: Seconds, seats_per_node: int) -> int:
    """Return the sum over time of ceil(seats in use / seats per node), in node-seconds."""
    changes = np.concatenate([np.ones_like(arrivals), -np.ones_like(departures)])
    instants, places = np.unique(np.concatenate([arrivals, departures]), return_inverse=True)
    at_once = np.zeros(instants.size, dtype=np.int64)
    np.add.at(at_once, places, changes)
    in_use = np.cumsum(at_once)[:-1]
    nodes = -(-in_use // seats_per_node)
    return int(nodes @ np.diff(instants))


def _price(alternative: Alternative) -> int:
    return alternative.offer.micro_usd_per_hour or 0
