"""An entry comes into a YAML text, and all else stays to the letter."""

import difflib
from collections.abc import Sequence

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from hubs.yaml_edit import with_entry
from hubs.yaml_text import loaded

ENTRY = {"since": "2026-12-09T15:00", "environment": {"chart": "1234567890123456"}}
FLOW = 'freeze: {since: "2026-12-09T15:00", environment: {chart: "1234567890123456"}}'
BLOCK = (
    "  freeze:",
    '    since: "2026-12-09T15:00"',
    "    environment:",
    '      chart: "1234567890123456"',
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # At the end of a block: behind a comment on its last line, before those below it.
        (
            "# top\na:\n- x: 1  # one\n  y:\n  - 2 # two\n  # below\n\n- z: 3\n",
            [
                *["# top", "a:", "- x: 1  # one", "  y:", "  - 2 # two"],
                *BLOCK,
                "  # below",
                "",
                "- z: 3",
            ],
        ),
        ("a:\n- x: 1", ["a:", "- x: 1", *BLOCK]),
        ("a:\n- x:\n- 2\n", ["a:", "- x:", *BLOCK, "- 2"]),
        ("a:\n- x: {}\n", ["a:", "- x: {}", *BLOCK]),
        ("a:\n- x: |\n    text\n- 2\n", ["a:", "- x: |", "    text", *BLOCK, "- 2"]),
        ("a:\n- x: >-\n    text", ["a:", "- x: >-", "    text", *BLOCK]),
        # In the place of one that is there.
        (
            "a:\n- freeze:\n    since: old\n    environment:\n      image: old # old\n  x: 1\n",
            ["a:", f"- {BLOCK[0].strip()}", *BLOCK[1:3], f"{BLOCK[3]} # old", "  x: 1"],
        ),
        ("a:\n- freeze: {since: old} # c\n  x: 1\n", ["a:", f"- {FLOW} # c", "  x: 1"]),
        ("a:\n- x: 1\n  freeze:\n- 2\n", ["a:", "- x: 1", f"  {FLOW}", "- 2"]),
        # In a line.
        ("a: [{x: 1}]\n", [f"a: [{{x: 1, {FLOW}}}]"]),
        ("a: [{x: {y: [1]}, }]\n", [f"a: [{{x: {{y: [1]}}, {FLOW}, }}]"]),
        ("a:\n- {x: 1,\n   y: 2  # c\n  }\n", ["a:", "- {x: 1,", f"   y: 2, {FLOW}  # c", "  }"]),
        ("a: [{freeze: {since: old}, x: 1}]\n", [f"a: [{{{FLOW}, x: 1}}]"]),
    ],
)
def test_an_entry_is_written_in_the_style_of_what_it_comes_into(
    text: str, expected: list[str]
) -> None:
    found = with_entry(text, ("a", 0), "freeze", ENTRY)

    assert found.splitlines() == expected


def test_line_breaks_stay_as_they_are() -> None:
    found = with_entry("a:\r\n- x: 1\r\n- 2\r\n", ("a", 0), "freeze", ENTRY)

    assert found == "\r\n".join(["a:", "- x: 1", *BLOCK, "- 2", ""])


@pytest.mark.parametrize(
    ("text", "at"),
    [
        # One mapping in two places.
        ("a:\n- &p\n  x: 1\n- *p\n", ("a", 0)),
        # One that ends in what is written elsewhere.
        ("b: &b {q: 1}\na:\n- x: *b\n- y\n", ("a", 0)),
        # One that a merge has brought.
        ("b: &b\n  c: {x: 1}\na:\n- <<: *b\n", ("a", 0, "c")),
    ],
)
def test_what_cannot_be_changed_alone_is_refused(text: str, at: Sequence[str | int]) -> None:
    with pytest.raises(ValueError, match=r"^it cannot be written there without changing"):
        with_entry(text, at, "freeze", ENTRY)


texts = st.text("ab-:#{}[],'\"& \n", max_size=8)
scalars = st.one_of(st.integers(), st.booleans(), texts, st.none())
mappings = st.dictionaries(st.sampled_from("pqrs"), st.one_of(scalars, st.lists(scalars)))


@settings(deadline=None)
@given(
    events=st.lists(mappings.filter(bool), min_size=1, max_size=3),
    data=st.data(),
    flow=st.sampled_from([True, False, None]),
    indent=st.sampled_from([2, 4]),
    had=st.booleans(),
)
def test_any_other_line_stays(
    events: list[dict[str, object]],
    data: st.DataObject,
    *,
    flow: bool | None,
    indent: int,
    had: bool,
) -> None:
    index = data.draw(st.integers(0, len(events) - 1))
    if had:
        events[index]["freeze"] = {"since": "old", "environment": {"image": "old"}}
    text = yaml.safe_dump(
        {"config": {"events": events}, "z": 1}, default_flow_style=flow, indent=indent
    )

    found = with_entry(text, ("config", "events", index), "freeze", ENTRY)

    events[index]["freeze"] = ENTRY
    assert loaded(found) == loaded(yaml.safe_dump({"config": {"events": events}, "z": 1}))
    if flow is False and not had:
        kept = difflib.ndiff(text.splitlines(), found.splitlines())
        assert [line for line in kept if line.startswith("- ")] == []
