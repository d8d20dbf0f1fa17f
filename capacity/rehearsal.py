"""A seat measured from a recorded run: whether an exam fits it, and the seat to ask for. Pure.

Memory cannot be squeezed: at its limit a server is killed, and what was not saved is lost. So
the greatest memory of any server counts, and a quarter more. The vertical pod autoscaler adds
15 % to what it has seen in eight days, and 20 % to what a container was killed at; one run by a
few people has seen less than that.
Too little CPU makes a server slow, and kills nobody. So what 95 of 100 samples stay below
counts, and the autoscaler's 15 % more.
Source: kubernetes/autoscaler @55c37cd, vertical-pod-autoscaler/docs/flags.md, 2026-08-22:
`recommendation-margin-fraction` 0.15, `oom-bump-up-ratio` 1.2, `target-cpu-percentile` 0.9.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from statistics import median

from capacity.packing import Seat
from capacity.quantities import GIB, MIB, ceil_div, show_cpu
from capacity.recording import Sample, Series, UnreadableRecordingError, cpu_in_use, of_users

MEMORY_HEADROOM_PERCENT, CPU_HEADROOM_PERCENT = 25, 15
CPU_PERCENTILE = 95
# Samples further apart than this miss what is used for a minute. Prometheus scrapes every minute
# unless it is told otherwise. Source: prometheus.io, "Configuration", `scrape_interval`, 2026.
COARSEST_STEP = 120
# Sizes that people say: up to so much, in steps of so much; beyond the last in its steps.
_MEMORY_STEPS = ((2 * GIB, 256 * MIB), (8 * GIB, 512 * MIB))
_MEMORY_STEP_BEYOND = GIB
_CPU_STEPS = ((1000, 100), (4000, 250))
_CPU_STEP_BEYOND = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """What one server used: bytes, and millicpu rounded up; None where it was not recorded."""

    server: str
    memory: int | None
    cpu: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What a recorded run used.

    Attributes:
        servers: Each server, by its name.
        memory: The greatest memory of any server, in bytes; None if it was not recorded.
        cpu: CPU that a server stays below for 95 of 100 samples, the greatest of all, in
            millicpu; None if it was not recorded.
        starts: First sample, in seconds since 1970.
        ends: Last sample.
        step: Seconds between samples, the median.
    """

    servers: tuple[Used, ...]
    memory: int | None
    cpu: int | None
    starts: float
    ends: float
    step: float

    @property
    def seat(self) -> Seat | None:
        """Return the seat to ask for; None if memory or CPU was not recorded."""
        if self.memory is None or self.cpu is None:
            return None
        return Seat(memory=memory_to_ask(self.memory), cpu=cpu_to_ask(self.cpu))


def memory_to_ask(peak: int) -> int:
    """Return the memory of a seat for such a peak, in bytes, in steps that people say."""
    return _stepped(
        with_headroom(peak, MEMORY_HEADROOM_PERCENT), _MEMORY_STEPS, _MEMORY_STEP_BEYOND
    )


def cpu_to_ask(used: int) -> int:
    """Return the CPU of a seat for such a use, in millicpu, in steps that people say."""
    return _stepped(with_headroom(used, CPU_HEADROOM_PERCENT), _CPU_STEPS, _CPU_STEP_BEYOND)


def with_headroom(used: int, percent: int) -> int:
    """Return an amount and so many hundredths of it more, rounded up."""
    return ceil_div(used * (100 + percent), 100)


def _stepped(amount: int, steps: Iterable[tuple[int, int]], beyond: int) -> int:
    step = next((step for most, step in steps if amount <= most), beyond)
    return max(ceil_div(amount, step), 1) * step


def measure(found: Iterable[Series]) -> Measured:
    """Return what the user servers of a recording used.

    Raises:
        UnreadableRecordingError: it has no two samples of anything.
    """
    every = [one for one in of_users(found) if len(one.samples) > 1]
    if not every:
        raise UnreadableRecordingError(["has no two samples of a series; export the whole run"])
    names = sorted({one.server for one in every})
    servers = tuple(
        Used(
            server=name,
            memory=_greatest(_peaks(one for one in every if one.server == name)),
            cpu=_greatest(_usual_most(one for one in every if one.server == name)),
        )
        for name in names
    )
    times = [(one.samples[0].at, one.samples[-1].at) for one in every]
    steps = [after.at - before.at for one in every for before, after in pairwise(one.samples)]
    return Measured(
        servers=servers,
        memory=_greatest(one.memory for one in servers),
        cpu=_greatest(one.cpu for one in servers),
        starts=min(first for first, _ in times),
        ends=max(last for _, last in times),
        step=median(steps),
    )


def _greatest(found: Iterable[int | None]) -> int | None:
    return max((one for one in found if one is not None), default=None)


def _peaks(found: Iterable[Series]) -> Iterator[int]:
    for one in found:
        if one.metric == "memory":
            yield ceil(max(sample.value for sample in one.samples))


def _usual_most(found: Iterable[Series]) -> Iterator[int]:
    for one in found:
        if one.metric != "memory":
            yield ceil(percentile(cpu_in_use(one), CPU_PERCENTILE) * 1000)


def percentile(samples: Iterable[Sample], percent: int) -> float:
    """Return the value that so many hundredths of the samples do not exceed: one of them."""
    values = sorted(sample.value for sample in samples)
    return values[ceil_div(len(values) * percent, 100) - 1]


def misfits(found: Measured, seat: Seat) -> Iterator[str]:
    """Yield why an exam does not fit a seat with headroom, and what to write; nothing if it does.

    Args:
        found: What the rehearsal used.
        seat: What each user is promised, which is also the limit.
    """
    if found.memory is None:
        yield "memory was not recorded; export container_memory_working_set_bytes, too"
    elif with_headroom(found.memory, MEMORY_HEADROOM_PERCENT) > seat.memory:
        peak, wanted = found.memory, with_headroom(found.memory, MEMORY_HEADROOM_PERCENT)
        yield (
            f"memory rose to {ceil_div(peak, MIB)} MiB, with {MEMORY_HEADROOM_PERCENT} % of "
            f"headroom {ceil_div(wanted, MIB)} MiB, and the seat has {seat.memory // MIB} MiB; "
            f"write seat.memory: {memory_to_ask(peak) // MIB}Mi"
        )
    if found.cpu is None:
        yield "CPU was not recorded; export container_cpu_usage_seconds_total, too"
    elif with_headroom(found.cpu, CPU_HEADROOM_PERCENT) > seat.cpu:
        asked = show_cpu(with_headroom(found.cpu, CPU_HEADROOM_PERCENT))
        yield (
            f"CPU rose to {show_cpu(found.cpu)} cores, with {CPU_HEADROOM_PERCENT} % of headroom "
            f"{asked}, and the seat has {show_cpu(seat.cpu)}; write seat.cpu: "
            f"{show_cpu(cpu_to_ask(found.cpu))}"
        )
    if found.step > COARSEST_STEP:
        yield (
            f"there is a sample every {found.step:.0f} s, and the peak lies between two of them; "
            f"export with a step of {COARSEST_STEP} s or less"
        )
