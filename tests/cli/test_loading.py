"""Verbs that change nothing do without secrets that nobody has set, and say so."""

from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("shared_pack")

Command = Callable[..., tuple[object, str, str]]
NOTE = "labKubeconfig is missing: `pulumi config set --secret labKubeconfig` before up"


@pytest.fixture
def path(root: Path, tmp_path: Path) -> str:
    """A stack file that refers to a secret which nobody has set."""
    return str(_written(root, tmp_path))


def _written(root: Path, folder: Path) -> Path:
    text = (root / "Pulumi.campus.yaml").read_text("utf-8")
    provider = "    provider: existing\n"
    assert text.count(provider) == 1
    file = folder / "Pulumi.lab.yaml"
    key = "    kubeconfig: {secret: labKubeconfig}\n"
    file.write_text(text.replace(provider, provider + key), "utf-8")
    return file


@pytest.mark.parametrize(
    "asked",
    [("plan",), ("calendar",), ("what-if",), ("preview", "--season"), ("plan", "--json")],
)
def test_what_is_missing_is_noted_beside_the_answer(
    asked: tuple[str, ...], path: str, command: Command
) -> None:
    verb, *options = asked
    code, out, err = command(verb, path, *options)

    assert (code, NOTE in err.splitlines(), NOTE in out) == (0, True, False)
    assert out


def test_a_preview_has_it_on_its_screen(path: str, command: Command) -> None:
    code, out, err = command("preview", path, "--at", "event")

    assert (code, err) == (0, "")
    assert NOTE in [line.rstrip() for line in out.splitlines()]


def test_nothing_is_noted_where_nothing_is_missing(command: Command) -> None:
    assert command("plan", "campus")[2] == ""


def test_what_changes_something_refuses_it(
    root: Path, project: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    _written(root, project)
    monkeypatch.chdir(project)

    assert command("apply", "lab") == (
        2,
        "",
        "labKubeconfig: is missing; pulumi config set --secret labKubeconfig\n",
    )
