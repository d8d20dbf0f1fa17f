"""The JSON Schemas are what the models generate, and every file of ours is of them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from tools import schemas

ROOT = Path(__file__).parents[2]
STACKS = sorted(ROOT.glob("Pulumi.*.yaml"))
HUBS = sorted((ROOT / "hubs").glob("*.yaml"))
SCENARIOS = sorted((ROOT / "scenarios").glob("*.yaml"))
HAPPY = sorted((ROOT / "tests" / "stacks").glob("*.happy.yaml"))

Write = Callable[[], Path]


class AsWritten(yaml.SafeLoader):
    """YAML whose dates stay text, as an editor's language server sees them."""


AsWritten.yaml_implicit_resolvers = {
    letter: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:timestamp"]
    for letter, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def refused(path: Path, schema: dict[str, Any]) -> list[str]:
    """Return what a schema says against a YAML file."""
    content = yaml.load(path.read_text("utf-8"), AsWritten)  # noqa: S506 - a SafeLoader
    return [error.message for error in Draft202012Validator(schema).iter_errors(content)]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty place for the schemas, which does not exist yet."""
    path = tmp_path / "schemas"
    monkeypatch.setattr(schemas, "FOLDER", path)
    return path


def test_the_files_are_what_the_models_generate() -> None:
    assert [path.name for path in schemas.generated()] == [
        "stack.schema.json",
        "hub.schema.json",
        "scenario.schema.json",
    ]
    for path, text in schemas.generated().items():
        assert path.read_text("utf-8") == text


def test_there_is_no_other_schema() -> None:
    found = sorted(path.name for path in (ROOT / "hubs" / "schemas").iterdir())

    assert found == ["hub.schema.json", "scenario.schema.json", "stack.schema.json"]


@pytest.mark.parametrize(
    "make", [schemas.stack_schema, schemas.hub_schema, schemas.scenario_schema]
)
def test_a_schema_is_one_of_its_draft(make: Callable[[], dict[str, Any]]) -> None:
    schema = make()

    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)


def test_all_files_are_looked_at() -> None:
    assert [path.name.split(".")[1] for path in STACKS] == [
        "campus",
        "datahub",
        "exam",
        "full-eks",
        "full-gke",
        "icesat2",
        "workshop",
    ]
    assert len(HUBS) >= 8
    assert len(HAPPY) >= 5
    assert len(SCENARIOS) >= 11


@pytest.mark.parametrize("path", [*STACKS, *HAPPY], ids=lambda path: path.name)
def test_a_stack_file_is_of_the_schema_that_it_names(path: Path) -> None:
    first = path.read_text("utf-8").splitlines()[0]
    named = first.removeprefix("# yaml-language-server: $schema=")

    assert (path.parent / named).resolve() == schemas.FOLDER / "stack.schema.json"
    assert refused(path, schemas.stack_schema()) == []


@pytest.mark.parametrize("path", HUBS, ids=lambda path: path.name)
def test_a_hub_file_is_of_the_schema_that_it_names(path: Path) -> None:
    assert path.read_text("utf-8").splitlines()[0] == (
        "# yaml-language-server: $schema=schemas/hub.schema.json"
    )
    assert refused(path, schemas.hub_schema()) == []


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.name)
def test_a_scenario_file_is_of_the_schema_that_it_names(path: Path) -> None:
    assert path.read_text("utf-8").splitlines()[0] == (
        "# yaml-language-server: $schema=../hubs/schemas/scenario.schema.json"
    )
    assert refused(path, schemas.scenario_schema()) == []


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ({"users": 0}, "0 is less than the minimum of 1"),
        ({"kind": "exams"}, "'exams' is not one of ['workshop', 'exam', 'class']"),
        ({"name": "Demo"}, "'Demo' does not match '^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$'"),
        ({"useres": 1}, "Additional properties are not allowed ('useres' was unexpected)"),
        (
            {"seat": {"memory": "2G", "cpu": 1}},
            "'2G' is not valid under any of the given schemas",
        ),
        (
            {"waitLimit": "5 min"},
            r"'5 min' does not match '^(?=.)(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?$'",
        ),
    ],
)
def test_the_schema_shows_an_editor_a_mistake(
    tmp_path: Path, written: dict[str, object], message: str
) -> None:
    content = yaml.safe_load((ROOT / "Pulumi.campus.yaml").read_text("utf-8"))
    content["config"]["readyroom:events"][0] |= written
    path = tmp_path / "Pulumi.campus.yaml"
    path.write_text(yaml.safe_dump(content), "utf-8")

    assert refused(path, schemas.stack_schema()) == [message]


def test_keys_of_other_projects_are_free() -> None:
    schema = schemas.stack_schema()["properties"]["config"]

    assert schema["required"] == ["readyroom:cluster", "readyroom:hubs"]
    assert sorted(schema["properties"]) == [
        "readyroom:at",
        "readyroom:cluster",
        "readyroom:events",
        "readyroom:hubs",
        "readyroom:replace",
    ]
    assert "additionalProperties" not in schema


def test_check_names_the_files_that_are_out_of_date(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert schemas.main(["--check"]) == 1
    assert capsys.readouterr().err == (
        "out of date: stack.schema.json, hub.schema.json, scenario.schema.json; "
        "run make generated\n"
    )
    assert not folder.exists()


def test_writing_ends_the_drift(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert schemas.main([]) == 0
    assert schemas.main(["--check"]) == 0

    hub = folder / "hub.schema.json"
    assert json.loads(hub.read_text("utf-8")) == schemas.hub_schema()
    hub.write_text("{}\n", "utf-8")
    assert schemas.drifted() == ["hub.schema.json"]
    assert schemas.main(["--check"]) == 1
    assert capsys.readouterr().err == "out of date: hub.schema.json; run make generated\n"


def test_writing_again_changes_nothing(folder: Path) -> None:
    schemas.main([])
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    assert schemas.main([]) == 0
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
