"""Writes the JSON Schemas of stack, hub and scenario files from the models, or checks for drift."""

import json
import sys
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from hubs.files import PROJECT
from hubs.hub import HubConfig
from hubs.scenario import ScenarioFile
from hubs.stack import StackFile

FOLDER = Path(__file__).parents[1] / "hubs" / "schemas"


def _schema(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema(by_alias=True)


def stack_schema() -> dict[str, Any]:
    """Return the schema of a `Pulumi.<stack>.yaml`; keys of other projects are free."""
    inner = _schema(StackFile)
    definitions = inner.pop("$defs")
    keys = {f"{PROJECT}:{key}": content for key, content in inner["properties"].items()}
    required = [f"{PROJECT}:{key}" for key in inner["required"]]
    config = {"type": "object", "properties": keys, "required": required}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "readyroom stack",
        "type": "object",
        "properties": {"config": config},
        "required": ["config"],
        "$defs": definitions,
    }


def hub_schema() -> dict[str, Any]:
    """Return the schema of a hub file."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | _schema(HubConfig)


def scenario_schema() -> dict[str, Any]:
    """Return the schema of a scenario file."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | _schema(ScenarioFile)


def generated() -> dict[Path, str]:
    """Return the text of every generated schema, by file."""
    schemas = {"stack": stack_schema(), "hub": hub_schema(), "scenario": scenario_schema()}
    return {
        FOLDER / f"{name}.schema.json": json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
        for name, schema in schemas.items()
    }


def drifted() -> list[str]:
    """Return the names of schema files that are not what the models generate."""
    return [
        path.name
        for path, text in generated().items()
        if not path.is_file() or path.read_text("utf-8") != text
    ]


def main(arguments: list[str]) -> int:
    """Write the schemas, or with `--check` say which are out of date; returns the exit code."""
    if "--check" in arguments:
        stale = drifted()
        if stale:
            sys.stderr.write(f"out of date: {', '.join(stale)}; run make generated\n")
        return bool(stale)
    FOLDER.mkdir(exist_ok=True)
    for path, text in generated().items():
        path.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
