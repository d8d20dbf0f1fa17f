"""One stack, found by name or path, validated and planned, and the instants it knows."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hubs.mistakes import MistakesError
from preview.loaded import Loaded, load, stack_names

CLOCK = datetime(2026, 11, 21, 9, 30, 59, tzinfo=UTC)
STACKS = "campus, datahub, exam, full-eks, full-gke, icesat2, workshop"
Copy = Callable[[str, str, str], Path]


def test_stacks_are_named_after_their_files(root: Path) -> None:
    assert stack_names(root) == STACKS.split(", ")


def test_a_folder_without_stacks_has_no_names(tmp_path: Path) -> None:
    assert stack_names(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("workshp", f"stack: no file Pulumi.workshp.yaml; allowed: {STACKS}; nearest: workshop"),
        ("nothing", f"stack: no file Pulumi.nothing.yaml; allowed: {STACKS}"),
        ("no/such.yaml", f"stack: no file such.yaml; allowed: {STACKS}"),
        ("no/such.yml", f"stack: no file such.yml; allowed: {STACKS}"),
    ],
)
def test_an_unknown_stack_is_refused_with_the_nearest(name: str, message: str, root: Path) -> None:
    with pytest.raises(MistakesError) as caught:
        load(root, name)
    assert str(caught.value) == message


def test_a_stack_is_loaded_by_name(root: Path) -> None:
    found = load(root, "campus")

    assert (found.stack.name, found.root) == ("campus", root)
    assert [event.config.name for event in found.events] == ["demo"]


def test_a_stack_is_loaded_by_the_path_of_its_file(root: Path, copied: Copy) -> None:
    path = copied("campus", "users: 21", "users: 20")

    found = load(root, str(path))
    assert (found.stack.name, found.events[0].config.users) == ("copy", 20)


def test_a_stack_file_of_another_name_is_a_stack_of_that_name(root: Path, copied: Copy) -> None:
    path = copied("campus", "users: 21", "users: 20")

    found = load(root, str(path.rename(path.with_name("other.yml"))))
    assert found.stack.name == "other"


def test_every_mistake_of_a_file_is_told(root: Path, copied: Copy) -> None:
    path = copied("campus", "users: 21", "users: 0\n      colour: red")

    with pytest.raises(MistakesError) as caught:
        load(root, str(path))
    assert [mistake.where for mistake in caught.value.mistakes] == [
        "events[0].colour",
        "events[0].users",
    ]


@pytest.mark.parametrize(
    ("written", "at"),
    [
        (None, "2026-11-21T09:30:00+00:00"),
        ("now", "2026-11-21T09:30:00+00:00"),
        ("event", "2027-02-01T14:00:00+01:00"),
        ("demo", "2027-02-01T14:00:00+01:00"),
        ("2027-02-01T13:59", "2027-02-01T13:59:00+01:00"),
    ],
)
def test_an_instant_is_a_word_a_time_or_the_clock_to_the_minute(
    written: str | None, at: str, loaded: Callable[[str], Loaded]
) -> None:
    assert loaded("campus").instant(written, CLOCK) == datetime.fromisoformat(at)


def test_the_stack_files_own_instant_stands_in_for_none_and_for_nothing_else(
    root: Path, copied: Copy
) -> None:
    path = copied("campus", "  readyroom:hubs:", "  readyroom:at: event\n  readyroom:hubs:")

    found = load(root, str(path))
    session = datetime.fromisoformat("2027-02-01T14:00:00+01:00")
    assert found.instant(None, CLOCK) == session
    assert found.instant("now", CLOCK) == CLOCK.replace(second=0)


def test_what_is_no_instant_is_refused(loaded: Callable[[str], Loaded]) -> None:
    with pytest.raises(MistakesError) as caught:
        loaded("campus").instant("soon", CLOCK)
    assert str(caught.value) == (
        "at: found 'soon'; write a quoted local time, such as \"2026-12-14T09:00\"; or a word, "
        "allowed: now, event, demo"
    )


def test_a_secret_that_is_missing_is_noted_or_refused_where_it_is_needed(
    root: Path, copied: Copy
) -> None:
    path = copied(
        "campus",
        "    provider: existing\n",
        "    provider: existing\n    kubeconfig: {secret: labKubeconfig}\n",
    )

    found = load(root, str(path))
    assert found.notes == [
        "labKubeconfig is missing: `pulumi config set --secret labKubeconfig` before up"
    ]
    assert found.config.own["labKubeconfig"] == "[secret]"
    assert found.config.secrets == {"labKubeconfig"}
    with pytest.raises(MistakesError) as caught:
        load(root, str(path), strict=True)
    assert str(caught.value) == (
        "labKubeconfig: is missing; pulumi config set --secret labKubeconfig"
    )


def test_a_secret_in_plain_text_is_refused_in_any_case(root: Path, copied: Copy) -> None:
    path = copied(
        "campus",
        "    provider: existing\n",
        "    provider: existing\n    kubeconfig: {secret: labKubeconfig}\n",
    )
    path.write_text(path.read_text("utf-8") + "  readyroom:labKubeconfig: abc\n", "utf-8")

    with pytest.raises(MistakesError) as caught:
        load(root, str(path))
    assert str(caught.value) == (
        "labKubeconfig: is not encrypted; pulumi config set --secret labKubeconfig"
    )


def test_a_stack_that_misses_nothing_has_no_notes(loaded: Callable[[str], Loaded]) -> None:
    assert loaded("campus").notes == []
