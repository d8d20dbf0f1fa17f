"""Of which stack the outside is asked, and how it fails."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Whose quotas are read.

    Attributes:
        region: Where the stack is.
        cluster: Physical name of its cluster, by which its own nodes are known.
        label: Value of the tag or label `readyroom-stack` on what it owns.
        project: Google Cloud project; empty on AWS, whose credentials name the account.
        now: The instant, aware.
    """

    region: str
    cluster: str
    label: str
    project: str = ""
    now: datetime


class UnreachableError(ValueError):
    """A cloud did not answer, or refused to."""
