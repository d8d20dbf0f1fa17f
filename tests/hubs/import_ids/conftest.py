"""What the installed providers document."""

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def documents() -> Callable[[str, str, str], bool]:
    """Return whether a provider's file has an example of an import: `NAME ID` of a type."""

    def told(type_: str, file: str, example: str) -> bool:
        spec = find_spec(f"pulumi_{type_.partition(':')[0]}")
        assert spec is not None
        assert spec.submodule_search_locations
        path = Path(spec.submodule_search_locations[0]) / f"{file}.py"
        return f"$ pulumi import {type_} {example}\n" in path.read_text("utf-8")

    return told
