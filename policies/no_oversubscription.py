"""Mandatory. An event's servers may use what they are guaranteed, and no more.

Source: 2i2c event guide: no oversubscription for events; EarthScope 2025-05-12, where
servers without a limit killed each other's kernels.
"""

from collections.abc import Iterator

from capacity.quantities import show_cpu, show_memory
from policies.reading import Event, release_values
from policies.rule import event_rule
from policies.sizes import sizes


def messages(event: Event) -> Iterator[str]:
    """Yield one message per size whose limit is not its guarantee."""
    for size in sizes(release_values(event)):
        seat = size.seat
        # To KubeSpawner a limit of 0 is none.
        if not size.memory_limit:
            yield (
                f"size {size.name!r} is guaranteed {show_memory(seat.memory)} and has no memory "
                "limit; set memory limit = guarantee."
            )
        elif size.memory_limit > seat.memory:
            yield (
                f"size {size.name!r} may use {show_memory(size.memory_limit)} "
                f"({size.memory_limit} bytes) and is guaranteed {show_memory(seat.memory)} "
                f"({seat.memory} bytes); leave out seat.memoryLimit or raise seat.memory."
            )
        if not size.cpu_limit:
            yield (
                f"size {size.name!r} is guaranteed {show_cpu(seat.cpu)} CPU and has no CPU limit; "
                "set CPU limit = guarantee."
            )
        elif size.cpu_limit > seat.cpu:
            yield (
                f"size {size.name!r} may use {show_cpu(size.cpu_limit)} CPU and is guaranteed "
                f"{show_cpu(seat.cpu)}; leave out seat.cpuLimit or raise seat.cpu."
            )


no_oversubscription = event_rule(
    "no-oversubscription",
    "An event's servers are limited to what they are guaranteed.",
    messages,
)
