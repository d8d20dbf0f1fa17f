"""How long before a session its settings must be on. Pure."""

from dataclasses import dataclass
from datetime import timedelta

from capacity.quantities import MIB, ceil_div
from events.durations import show
from events.instants import minutes_up

# "Node and image, ready for a user": 10-12 minutes for five nodes in parallel.
# Source: 2i2c incident report, UC Merced 2025-08-29.
NODE_READY_SECONDS = 600
# Scheduled workflows start late under load; a quarter of an hour is common.
# Source: GitHub Docs, "Events that trigger workflows: schedule", 2026.
SCHEDULE_SLACK_SECONDS = 900
# The slow end of "5 to 10 minutes": a 9 GiB image in ten minutes.
# Source: z2jh docs, optimisation page.
PULL_BYTES_PER_SECOND = 16 * MIB


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """The parts of a lead, in seconds; no time for nodes that are there already."""

    node_ready: int
    image_pull: int
    slack: int

    @property
    def span(self) -> timedelta:
        """Return the lead in whole minutes, rounded up."""
        return minutes_up(self.node_ready + self.image_pull + self.slack)

    @property
    def because(self) -> str:
        """Return the sum in words."""
        node = f"node ready {show(self.node_ready)} + " if self.node_ready else ""
        pulled = f"image pulled {show(self.image_pull)}"
        return f"{node}{pulled} + schedule slack {show(self.slack)}"


def image_pull_seconds(image_bytes: int) -> int:
    """Return the seconds that pulling an image of this size takes, rounded up."""
    return ceil_div(image_bytes, PULL_BYTES_PER_SECOND)
