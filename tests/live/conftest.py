"""The stack that all tests of this folder ask for."""

from datetime import UTC, datetime

import pytest

from live.asked import Asked


@pytest.fixture
def asked() -> Asked:
    """The stack `lab` in us-west-2, at noon."""
    return Asked(
        region="us-west-2",
        cluster="readyroom-lab",
        label="lab",
        project="my-project",
        now=datetime(2026, 11, 21, 12, tzinfo=UTC),
    )
