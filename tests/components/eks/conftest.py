"""What a part of an EKS cluster waits for."""

from collections.abc import Callable

import pytest

from preview.monitor import RecordingMonitor


def _known_as(urn: str) -> str:
    """Return `type name` of a URN, without the types of what it is in."""
    _, _, types, name = urn.split("::", 3)
    return f"{types.rsplit('$', 1)[-1]} {name}"


@pytest.fixture
def needed() -> Callable[[RecordingMonitor, str], set[str]]:
    """Return what a resource, given by `type name`, waits for, in the same form."""

    def of(monitor: RecordingMonitor, which: str) -> set[str]:
        [found] = [request for urn, request in monitor.requests if _known_as(urn) == which]
        return {_known_as(urn) for urn in found.dependencies}

    return of
