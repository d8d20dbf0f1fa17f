"""The events of the benchmark, read from `events.json`, and what is drawn at random of them.

Pure but for reading the file beside this module.
"""

import json
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter
from pydantic.alias_generators import to_camel

from capacity.machines import Cloud
from capacity.needs import FEWEST_PER_NODE
from capacity.packing import Seat
from capacity.quantities import ceil_div, cpu_millis, memory_bytes

FILE = Path(__file__).with_name("events.json")
HOUR, DAY = 3_600, 86_400

Seconds = NDArray[np.int64]


class _Fact(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=to_camel)


class Arrivals(_Fact):
    """When people come: evenly at random in a window of minutes, or most of them early."""

    shape: Literal["uniform", "bell"]
    within_minutes: int = Field(gt=0)


class SeatNeed(_Fact):
    """What one user server is guaranteed: GiB and cores."""

    memory_gi: Decimal
    cpu: Decimal


class NodeReady(_Fact):
    """Seconds until a new node is Ready: the median, and what 95 % stay below."""

    p50: int
    p95: int


class Practice(_Fact):
    """What engineers do by hand: which nodes, from when to when, and how many at night."""

    machine_type: str
    hours_before_first_arrival: Decimal
    hours_after_first_arrival: Decimal
    nodes_left_on_between_days: int


class Event(_Fact):
    """One event; sizes follow `source`, the rest is fixed in the file.

    Attributes:
        users: People invited.
        show_up: Share of them who come.
        wait_bound: Greatest share of those who may wait; 0 for an exam.
        wait_limit: Seconds after which a user counts as waiting.
        cull_timeout: Seconds for which a server of one who left without logging out lives on.
        logs_out: Share of those leaving whose seat is free at once.
        users_per_node_min: Fewest users per node that are allowed.
    """

    name: str
    source: str
    cloud: Cloud
    region: str
    users: int
    show_up: Decimal
    arrivals: Arrivals
    stay_hours: Decimal
    days: int
    seat: SeatNeed
    image_gb: Decimal
    node_ready_seconds: NodeReady
    wait_bound: Decimal
    practice: Practice
    wait_limit: int
    cull_timeout: int
    logs_out: Decimal
    users_per_node_min: int = FEWEST_PER_NODE

    @property
    def asked(self) -> Seat:
        """Return the seat in bytes and millicpu, bytes rounded up."""
        return Seat(
            memory=memory_bytes(f"{self.seat.memory_gi}Gi"), cpu=cpu_millis(str(self.seat.cpu))
        )

    @property
    def come(self) -> int:
        """Return how many people come on each day, rounded up."""
        share, whole = self.show_up.as_integer_ratio()
        return ceil_div(self.users * share, whole)


_EVENTS = TypeAdapter(list[Event])


@cache
def events() -> dict[str, Event]:
    """Return the events of the benchmark, by name, in the file's order."""
    content = json.loads(FILE.read_text("utf-8"), parse_float=Decimal)
    return {event.name: event for event in _EVENTS.validate_python(content["scenarios"])}


def seconds(hours: Decimal) -> int:
    """Return hours as whole seconds, rounded down."""
    return int(hours * HOUR)


def draw(event: Event, rng: np.random.Generator) -> tuple[Seconds, Seconds]:
    """Return when each user's server starts and when its seat is free again.

    Whole seconds since the first day's window opened, one entry per user and day, sorted
    by neither: entry `i` of both is the same server. Every day is drawn anew. Numbers of
    people are shares rounded half up; who they are, and when, is random:

    - uniform: evenly at random in the window; bell: 70 % in its first third, the rest
      evenly at random after it;
    - a server lives `stay_hours`; of those leaving, the share `logs_out` frees its seat at
      once, the others `cull_timeout` later.
    """
    starts: list[Seconds] = []
    ends: list[Seconds] = []
    for day in range(event.days):
        arrivals = day * DAY + _arrivals(event, rng)
        culled_later = np.full(event.come, event.cull_timeout, dtype=np.int64)
        culled_later[: _part(event.come, event.logs_out)] = 0
        starts.append(arrivals)
        ends.append(arrivals + seconds(event.stay_hours) + rng.permutation(culled_later))
    return np.concatenate(starts), np.concatenate(ends)


def _arrivals(event: Event, rng: np.random.Generator) -> Seconds:
    window = event.arrivals.within_minutes * 60
    if event.arrivals.shape == "uniform":
        return rng.integers(0, window, size=event.come)
    early, third = _part(event.come, Decimal("0.7")), window // 3
    return np.concatenate(
        [
            rng.integers(0, third, size=early),
            rng.integers(third, window, size=event.come - early),
        ]
    )


def _part(people: int, share: Decimal) -> int:
    """Return a share of people, rounded half up."""
    return int(people * share + Decimal("0.5"))
