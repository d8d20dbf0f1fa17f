"""Sizes in a scenario: seat, node, placeholder, people, most nodes. Pure."""

from capacity.packing import Seat
from capacity.quantities import ceil_div
from capacity.scene import NO_PLACEHOLDERS, Placeholders, Room
from hubs.scenario import ScenarioFile
from hubs.scenario_fields import AmountConfig

# Millicpu that the autoscaler's node template has less than a node. Source: cluster-autoscaler
# 1.36.1, measured: a pod that fills a node to less than 100m adds no node.
HIDDEN_MILLIS = 100
# A node without sizes has a seat of one and one, so that only seats count.
_ONE_SEAT = Seat(memory=1, cpu=1)


def seat_of(file: ScenarioFile) -> Seat:
    """Return what a server is guaranteed."""
    if file.seat is None:
        return _ONE_SEAT
    return Seat(memory=file.seat.memory, cpu=file.seat.cpu)


def room_of(file: ScenarioFile) -> Room:
    """Return what a node leaves to servers and placeholders."""
    if file.node is None:
        seats = file.seats_per_node or 0
        return Room(memory=seats, cpu=seats, pods=seats)
    node, taken = file.node, file.node.daemonsets
    hidden = file.autoscaler.template_overhead
    if hidden is None:
        hidden = AmountConfig.model_construct(cpu=HIDDEN_MILLIS, memory=0)
    return Room(
        memory=node.memory - taken.memory,
        cpu=node.cpu - taken.cpu,
        pods=node.pods - taken.pods,
        template_memory=hidden.memory,
        template_cpu=hidden.cpu,
    )


def fitting(room: Room, pod: Seat) -> int:
    """Return how many pods of a size fit a node."""
    return max(min(room.memory // pod.memory, room.cpu // pod.cpu, room.pods), 0)


def placeholders_of(file: ScenarioFile) -> Placeholders:
    """Return the pods that hold room."""
    held = file.placeholders
    if held is None:
        return NO_PLACEHOLDERS
    pod = seat_of(file).times(held.seats or 1)
    if held.resources is not None:
        pod = Seat(memory=held.resources.memory, cpu=held.resources.cpu)
    return Placeholders(replicas=held.replicas, pod=pod)


def users_of(file: ScenarioFile) -> int:
    """Return how many people are expected."""
    if file.cohorts is not None:
        return sum(cohort.users for cohort in file.cohorts)
    if file.arrivals is not None and file.arrivals.times is not None:
        return len(file.arrivals.times)
    return file.users or 0


def most_nodes(file: ScenarioFile) -> int:
    """Return the most nodes; by default enough for everybody beside warm nodes."""
    if file.max_nodes is not None:
        return file.max_nodes
    room, held = room_of(file), placeholders_of(file)
    seats = fitting(room, seat_of(file))
    nodes = file.warm_nodes + ceil_div(users_of(file) + file.users_before, seats)
    alone = fitting(room, held.pod) if held.replicas else 0
    return nodes + (ceil_div(held.replicas, alone) if alone else 0)
