"""Which machine type serves an event at the least cost. Pure."""

from dataclasses import dataclass

from capacity.machines import Cloud, Machine, catalogue, find, prices
from capacity.needs import MOST_PER_NODE, Need, Offer
from capacity.nodes import sold_node
from capacity.packing import Seat, SeatsPerNode, seats_per_node
from capacity.quantities import ceil_div, show_cpu, show_memory


class NoMachineError(ValueError):
    """No node on offer can hold what is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """One machine type considered: its seats per node and the nodes that all users need."""

    offer: Offer
    seats: SeatsPerNode
    nodes: int

    @property
    def micro_usd_per_hour(self) -> int | None:
        """Return the price of an hour of those nodes, in millionths of a dollar, if known."""
        price = self.offer.micro_usd_per_hour
        return None if price is None else price * self.nodes


def offer_of(machine_type: str, region: str) -> Offer:
    """Return nodes of one type at the price of a region.

    Raises:
        UnknownMachineError: the catalogue has no such type.
    """
    machine = find(machine_type)
    price = prices(machine.cloud).get((machine_type, region))
    return Offer(
        node=sold_node(machine),
        micro_usd_per_hour=price.micro_usd_per_hour if price else None,
        priced=f"{price.source} ({price.as_of})" if price else f"no price known in {region}",
    )


def offers_in(cloud: Cloud, region: str) -> list[Offer]:
    """Return every type of the catalogue that a pool may be given unasked, at its price.

    Left out: types whose CPUs burst, types with accelerators (paid for whether used or
    not), types that boot only from a Hyperdisk, and types without a price in the region.
    """
    return [
        offer_of(machine.name, region)
        for machine in catalogue(cloud).values()
        if is_general(machine) and (machine.name, region) in prices(cloud)
    ]


def is_general(machine: Machine) -> bool:
    """Return whether a type has CPUs of its own, no accelerators, and any disk to boot from."""
    return not (machine.shared_core or machine.gpus or machine.hyperdisk_only)


def check_fits(seat: Seat, offers: list[Offer], *, chosen: bool = False) -> None:
    """Refuse a seat that not one node on offer can hold.

    Args:
        seat: What each user is promised.
        offers: The nodes that may be had.
        chosen: Whether the stack file names the only type on offer.

    Raises:
        NoMachineError: with the biggest node on offer.
    """
    if any(seats_per_node(offer.node, seat).seats for offer in offers):
        return
    if not offers:
        msg = "no machine type with a price is known here"
        raise NoMachineError(msg)
    biggest = max((offer.node for offer in offers), key=lambda node: (node.memory, node.cpu))
    asked = f"a seat of {show_memory(seat.memory)} and {show_cpu(seat.cpu)} CPU"
    has = f"with {show_memory(biggest.memory)} and {show_cpu(biggest.cpu)} CPU for users"
    msg = f"{asked} is larger than any node; the largest is {biggest.name} {has}"
    if chosen:
        told = "choose another type, or lower the seat"
        msg = f"{asked} is larger than a node of pool.machineType, {biggest.name} {has}; {told}"
    raise NoMachineError(msg)


def alternatives(need: Need, offers: list[Offer]) -> list[Alternative]:
    """Return the offers whose users per node are allowed, cheapest first.

    Raises:
        NoMachineError: a seat fits none, or none within the users per node allowed.
    """
    check_fits(need.seat, offers)
    found = [(offer, seats_per_node(offer.node, need.seat)) for offer in offers]
    allowed = [
        Alternative(offer=offer, seats=seats, nodes=ceil_div(need.users, seats.seats))
        for offer, seats in found
        if need.fewest_per_node <= seats.seats <= MOST_PER_NODE and seats.limited_by != "pod slots"
    ]
    if not allowed:
        counts = sorted(seats.seats for _, seats in found)
        msg = (
            f"no node holds {need.fewest_per_node} to {MOST_PER_NODE} such seats, only "
            f"{counts[0]} to {counts[-1]} before pod slots run out; lower usersPerNode.min or "
            "change the seat"
        )
        raise NoMachineError(msg)
    return sorted(
        allowed, key=lambda it: (it.micro_usd_per_hour or 0, it.nodes, it.offer.node.name)
    )


def fixed(need: Need, offer: Offer) -> Alternative:
    """Return the one kind of node that a stack file asks for, wise or not.

    Raises:
        NoMachineError: not one seat fits it.
    """
    check_fits(need.seat, [offer])
    seats = seats_per_node(offer.node, need.seat)
    return Alternative(offer=offer, seats=seats, nodes=ceil_div(need.users, seats.seats))
