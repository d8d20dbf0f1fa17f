"""Checks across the keys of a scenario file. Pure."""

from collections.abc import Iterator

from capacity.quantities import show_cpu, show_memory
from hubs.mistakes import Mistake
from hubs.scenario import ScenarioFile
from hubs.scenario_sizes import fitting, most_nodes, room_of, seat_of, users_of

# Nodes of a cluster. Source: kubernetes.io, "Considerations for large clusters".
_MOST_NODES = 5000
# Arrivals that are drawn at once, eight bytes each and several times over.
_MOST_ARRIVALS = 20 * 1_000 * 1_000
_MOST_PLACEHOLDERS = 100_000
_MISSING = "is missing; it has no default"


def check(file: ScenarioFile) -> Iterator[Mistake]:
    """Yield every mistake that no single key shows."""
    yield from _people(file)
    size = list(_size(file))
    yield from size
    yield from _limits(file)
    if not size:
        yield from _nodes(file)


def _people(file: ScenarioFile) -> Iterator[Mistake]:
    if file.cohorts is not None:
        if file.arrivals is not None:
            yield Mistake("arrivals", "each cohort has its own; leave it out")
    elif file.arrivals is None:
        yield Mistake("arrivals", f"{_MISSING}; write arrivals or cohorts")
    known = file.cohorts is not None or (file.arrivals is not None and file.arrivals.times)
    if not known and file.users is None:
        yield Mistake("users", _MISSING)
    if known and file.users not in (None, users_of(file)):
        listed = "cohorts" if file.cohorts is not None else "arrivals.times"
        told = f"found {file.users}, and {users_of(file)} in {listed}; leave it out"
        yield Mistake("users", told)


def _size(file: ScenarioFile) -> Iterator[Mistake]:
    """Yield what is wrong with the size of seats and nodes."""
    if file.seats_per_node is not None:
        for key, given in (("seat", file.seat), ("node", file.node)):
            if given is not None:
                yield Mistake(key, "write either seatsPerNode, or seat and node")
        if file.placeholders is not None and file.placeholders.resources is not None:
            told = "needs seat and node; with seatsPerNode write seats"
            yield Mistake("placeholders.resources", told)
    elif file.seat is None and file.node is None:
        yield Mistake("seatsPerNode", f"{_MISSING}; write it, or seat and node")
    elif file.seat is None:
        yield Mistake("seat", f"{_MISSING} beside node")
    elif file.node is None:
        yield Mistake("node", f"{_MISSING} beside seat")
    elif not fitting(room_of(file), seat_of(file)):
        seat, room = seat_of(file), room_of(file)
        left = f"{show_memory(max(room.memory, 0))}, {show_cpu(max(room.cpu, 0))} CPU"
        asked = f"{show_memory(seat.memory)} and {show_cpu(seat.cpu)} CPU"
        pods = f"{max(room.pods, 0)} pod slots"
        yield Mistake("node", f"has {left} and {pods} for users, too little for a seat of {asked}")


def _limits(file: ScenarioFile) -> Iterator[Mistake]:
    arrivals = users_of(file) * file.replicas
    if arrivals > _MOST_ARRIVALS:
        told = f"{file.replicas} of {users_of(file)} users are {arrivals} arrivals"
        yield Mistake("replicas", f"{told}; at most {_MOST_ARRIVALS} are drawn; write fewer")
    held = file.placeholders
    if held is not None and held.replicas > _MOST_PLACEHOLDERS:
        told = f"found {held.replicas}; write at most {_MOST_PLACEHOLDERS}"
        yield Mistake("placeholders.replicas", told)
    if file.lose is not None and file.lose.nodes > file.warm_nodes:
        told = f"found {file.lose.nodes}, and warmNodes {file.warm_nodes}; only warm nodes are lost"
        yield Mistake("lose.nodes", told)


def _nodes(file: ScenarioFile) -> Iterator[Mistake]:
    """Yield what is wrong with the number of nodes, once their size is known."""
    most = most_nodes(file)
    if most > _MOST_NODES:
        told = f"{most} nodes; Kubernetes is made for at most {_MOST_NODES}; write fewer"
        yield Mistake("maxNodes", told)
    if most < file.warm_nodes:
        yield Mistake("maxNodes", f"found {most}, below warmNodes {file.warm_nodes}; raise it")
    can_come = most > file.warm_nodes or file.lead is not None or file.lose is not None
    if file.node_ready is None and can_come:
        told = f"{_MISSING} where nodes can come (maxNodes {most}, warmNodes {file.warm_nodes})"
        yield Mistake("nodeReady", told)
    seats = fitting(room_of(file), seat_of(file))
    warm = file.warm_nodes * seats
    if file.users_before > warm:
        told = f"found {file.users_before}, and {warm} seats on warmNodes {file.warm_nodes}"
        yield Mistake("usersBefore", told)
