"""What several tests of plans share."""

from collections.abc import Iterator

import pytest

from capacity.plan import _made


@pytest.fixture
def afresh() -> Iterator[None]:
    """Keep no plan from another test, nor for another."""
    _made.cache_clear()
    yield
    _made.cache_clear()
