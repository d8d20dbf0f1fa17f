"""What a cloud said of its quotas at an instant. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from capacity.machines import Cloud

# How the Cloud Quotas API says that there is no limit.
UNLIMITED = -1
# Limits change seldom and use daily: after this a snapshot is called old.
OLD_AFTER = timedelta(days=14)

Origin = Literal["live", "recorded", "default"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One quota as it was read.

    Attributes:
        limit: How much may be used; -1 for no limit.
        usage: How much was in use; None where the cloud does not tell.
        own: How much of that the stack itself had in use; None where not known.
        default: Whether the cloud told its own default, because nothing was ever applied.
    """

    limit: int
    usage: int | None = None
    own: int | None = None
    default: bool = False

    @property
    def others(self) -> int:
        """Return what is in use beside the stack, which its own need comes on top of.

        Where the stack's own share is not known, all use counts as that of others: the
        error is on the safe side, and it is said.
        """
        return max((self.usage or 0) - (self.own or 0), 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The quotas of an account or project in a region at an instant.

    Attributes:
        cloud: Whose quotas.
        region: Where they apply.
        account: AWS account or Google Cloud project; empty where not told.
        taken: When, aware.
        origin: Read just now, or from a file.
        sample: Whether the numbers are made up, to try things out.
        readings: What was read, by key.
    """

    cloud: Cloud
    region: str
    account: str
    taken: datetime
    origin: Literal["live", "recorded"]
    sample: bool
    readings: Mapping[str, Reading]

    def age(self, now: datetime) -> timedelta:
        """Return how long before `now` it was taken; never below zero."""
        return max(now - self.taken, timedelta())
