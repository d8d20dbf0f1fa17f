"""The records that the inner loop works on. Times are integer milliseconds."""

from functools import cache
from typing import Any, NamedTuple, Protocol, SupportsIndex, TypeAlias, TypeVar, cast

import numpy as np

# A time that never comes: later than half a year.
NEVER = 180 * 86_400 * 1_000

Longs: TypeAlias = "np.ndarray[Any, np.dtype[np.int64]]"
Table: TypeAlias = "np.ndarray[Any, np.dtype[np.int64]]"
Random: TypeAlias = np.random.Generator
Record_co = TypeVar("Record_co", covariant=True)


class Rows(Protocol[Record_co]):
    """Records of one kind, one behind the other."""

    def __len__(self) -> int:
        """Return how many there are."""
        ...

    def __getitem__(self, index: SupportsIndex, /) -> Record_co:
        """Return one of them, to be read and changed in place."""
        ...


class Rules(Protocol):
    """What does not change during a run."""

    users_before: int
    seat_cpu: int
    seat_memory: int
    node_cpu: int
    node_memory: int
    node_pods: int
    template_cpu: int
    template_memory: int
    held_cpu: int
    held_memory: int
    replicas: int
    warm_nodes: int
    warm_age: int
    lead: int
    minimum_until: int
    max_nodes: int
    spreads: int
    spawn_limit: int
    start_timeout: int
    failure_limit: int
    hub_restart: int
    retry_least: int
    retry_most: int
    scan: int
    bind_cost: int
    bind_burst: int
    preempt_cost: int
    boot_p50: float
    boot_sigma: float
    pull_p50: float
    pull_sigma: float
    images: int
    pre_puller: int
    pod_start: int
    scale_down: int
    reclaim_mean: int
    loss_at: int
    loss_nodes: int
    horizon: int
    sample_every: int


class Person(Protocol):
    """One user's way to a server; a time not reached yet is `NEVER`.

    `at_hub`, `for_node`, `for_bind` and `for_start` add up to the wait since `asked`; `waited`
    and `cause` are of the longest wait so far.
    """

    arrival: int
    leaves: int
    image: int
    asked: int
    admitted: int
    placed: int
    bound: int
    ready: int
    served: int
    tried: int
    attempts: int
    node: int
    no_room: int
    at_hub: int
    for_node: int
    for_bind: int
    for_start: int
    waited: int
    cause: int
    restarts: int


class Machine(Protocol):
    """One node; `ready` is `NEVER` for a slot that is not in use."""

    cpu: int
    memory: int
    pods: int
    seated: int
    before: int
    held: int
    terminating: int
    held_since: int
    released: int
    created: int
    ready: int
    is_ready: int
    pull: int
    pulls_until: int
    idle_since: int
    dies: int


class State(Protocol):
    """What changes during a run, apart from people and nodes."""

    arrived: int
    served: int
    spawning: int
    pending: int
    held: int
    held_pending: int
    nodes: int
    minimum: int
    events: int
    granted: int
    loop_at: int
    loop_free: int
    fresh_first: int
    fresh_last: int
    failures: int
    hub_down_until: int
    evictions: int
    new_nodes: int
    node_time: int
    most_nodes: int
    sampled: int
    template_known: int
    ended: int


class World(NamedTuple):
    """Everything of one run.

    Attributes:
        rules: What does not change.
        state: Counters and clocks.
        people: Users, by arrival.
        nodes: Slots for nodes, `max_nodes` of them.
        images: When an image is on a node, by slot and image.
        queue: Users whose pod found no room, in the order tried.
        keys: Room for sorting the queue.
        fresh: When the last pods were marked unschedulable.
        heap: Coming events.
        samples: Sums over runs of what is seen at regular times.
        random: Where chance comes from.
    """

    rules: Rules
    state: State
    people: Rows[Person]
    nodes: Rows[Machine]
    images: Table
    queue: Longs
    keys: Longs
    fresh: Longs
    heap: Longs
    samples: Table
    random: Random


@cache
def _dtype(record: type) -> np.dtype[Any]:
    kinds = {int: np.int64, float: np.float64}
    return np.dtype([(name, kinds[kind]) for name, kind in record.__annotations__.items()])


def blank(kind: type[Record_co], count: int) -> Rows[Record_co]:
    """Return so many records of zeros whose fields are attributes."""
    return cast("Rows[Record_co]", np.zeros(count, _dtype(kind)).view(np.recarray))
