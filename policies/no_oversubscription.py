"""Mandatory. An event's servers may use what they are guaranteed, and no more.

Source: 2i2c event guide: no oversubscription for events; EarthScope 2025-05-12, where
servers without a limit killed each other's kernels.
"""

from collections.abc import Iterator

from pulumi_policy import (
    EnforcementLevel,
    ReportViolation,
    StackValidationArgs,
    StackValidationPolicy,
)

from capacity.quantities import show_cpu, show_memory
from policies.reading import Event, judge, release_values
from policies.sizes import sizes


def messages(event: Event) -> Iterator[str]:
    """Yield one message per size whose limit is not its guarantee."""
    for size in sizes(release_values(event)):
        seat = size.seat
        if size.memory_limit is None:
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
        if size.cpu_limit is not None and size.cpu_limit > seat.cpu:
            yield (
                f"size {size.name!r} may use {show_cpu(size.cpu_limit)} CPU and is guaranteed "
                f"{show_cpu(seat.cpu)}; leave out seat.cpuLimit or raise seat.cpu."
            )


def validate(args: StackValidationArgs, report: ReportViolation) -> None:
    """Judge every active event."""
    judge(args, report, messages)


no_oversubscription = StackValidationPolicy(
    name="no-oversubscription",
    description="An event's servers are limited to what they are guaranteed.",
    enforcement_level=EnforcementLevel.MANDATORY,
    validate=validate,
)
