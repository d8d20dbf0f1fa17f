"""Every `tests/stacks/*.error.<field>.yaml` is refused with exactly the lines it expects."""

from collections.abc import Callable
from pathlib import Path

import pytest

from hubs.mistakes import MistakesError

STACKS = Path(__file__).parents[1] / "stacks"
FIXTURES = sorted(STACKS.glob("*.error.*.yaml"))
SCHEMA = "# yaml-language-server: $schema=../../hubs/schemas/stack.schema.json"
EXPECT = "# expect: "


def expected(path: Path) -> list[str]:
    """Return the lines that a fixture expects, in order."""
    lines = path.read_text("utf-8").splitlines()
    return [line.removeprefix(EXPECT) for line in lines if line.startswith(EXPECT)]


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name.removesuffix(".yaml"))
def test_a_mistaken_stack_is_refused_in_these_words(
    path: Path, load_case: Callable[[Path], object]
) -> None:
    with pytest.raises(MistakesError) as caught:
        load_case(path)

    assert str(caught.value).splitlines() == expected(path)


def test_there_are_many_fixtures_and_each_is_of_one_case() -> None:
    cases = [path.name.split(".")[0] for path in FIXTURES]

    assert len(cases) >= 100
    assert len(set(cases)) == len(cases)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name.removesuffix(".yaml"))
def test_a_fixture_names_its_schema_then_every_line_that_it_expects(path: Path) -> None:
    first, *rest = path.read_text("utf-8").splitlines()
    expectations = expected(path)

    assert first == SCHEMA
    assert rest[: len(expectations)] == [f"{EXPECT}{line}" for line in expectations]
    assert expectations[:1] != []


def test_every_hub_file_of_a_case_belongs_to_a_fixture() -> None:
    cases = {path.name.split(".")[0] for path in STACKS.glob("*.yaml")}
    hubs = {path.stem for path in (STACKS / "hubs").glob("*.yaml")}

    assert hubs - cases == set()
