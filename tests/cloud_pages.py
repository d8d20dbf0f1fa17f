"""The pages for engineers, taken apart: their stack files, tables and commands."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from hubs.fields import Model
from hubs.stack import Stack, load_stack

ROOT = Path(__file__).parents[1]
Raw = dict[str, Any]
CLOUDS = ("gke", "eks", "existing")
PAGES = (*CLOUDS, "upgrade", "teardown")
TEXT = {page: (ROOT / "docs" / f"{page}.md").read_text("utf-8") for page in PAGES}
OF_CLUSTER, OF_HUB = "in `readyroom:cluster`", "in a hub file"


def blocks(page: str, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", TEXT[page], re.DOTALL | re.MULTILINE)


def lines(page: str, kind: str, start: str) -> list[str]:
    found = [line for block in blocks(page, kind) for line in block.splitlines()]
    return [line.removeprefix("$ ") for line in found if line.startswith(start)]


def table(page: str, heading: str) -> list[list[str]]:
    """Return the cells of the table with a heading in its first column, row by row."""
    [found] = re.findall(
        rf"^\| {re.escape(heading)} \|.*\n\|[-|]+\n((?:\|.*\n)+)", TEXT[page], re.MULTILINE
    )
    return [line[2:-2].split(" | ") for line in found.splitlines()]


def rows(page: str, heading: str) -> list[str]:
    """Return the first cells of the table with a heading in its first column."""
    return [cells[0].strip("`") for cells in table(page, heading)]


def documents(page: str, key: str) -> list[Raw]:
    found = [yaml.safe_load(block) for block in blocks(page, "yaml")]
    return [one for one in found if key in one]


def stack_of(page: str) -> Raw:
    """Return the first stack file of a page, without the project's name before each key."""
    config = documents(page, "config")[0]["config"]
    return {key.removeprefix("readyroom:"): value for key, value in config.items()}


def hub_of(page: str, name: str) -> Raw:
    [found] = [hub for hub in documents(page, "name") if hub["name"] == name]
    return found


def secrets_in(value: object) -> Iterator[str]:
    match value:
        case {"secret": str(name)}:
            yield name
        case dict():
            for inner in value.values():
                yield from secrets_in(inner)
        case list():
            for inner in value:
                yield from secrets_in(inner)
        case _:
            return


def loaded(own: Raw, hubs: list[Raw], folder: Path) -> Stack:
    """Load through the program's own loader: any mistake raises with its path and words."""
    for hub in hubs:
        (folder / f"{hub['name']}.yaml").write_text(yaml.safe_dump(hub), "utf-8")
    secrets = frozenset(secrets_in([own, *hubs]))
    return load_stack("docs", own | dict.fromkeys(secrets, ""), folder, secrets=secrets)


def merged(written: list[str]) -> Raw:
    """Return rows as one mapping; of two with one key the later one counts."""
    return {key: value for row in written for key, value in yaml.safe_load(row).items()}


def keys(model: Model) -> set[str]:
    """Return what a file may say of something."""
    return {field.alias or name for name, field in type(model).model_fields.items()}


def with_options(page: str, own_row: str = "", hub_row: str = "") -> tuple[Raw, list[Raw]]:
    """Return the page's smallest stack with every option, one row of choice before its rivals."""
    own = stack_of(page)
    hub = hub_of(page, own["hubs"][0])
    cluster = merged([*reversed(rows(page, OF_CLUSTER)), *([own_row] if own_row else [])])
    options = merged([*reversed(rows(page, OF_HUB)), *([hub_row] if hub_row else [])])
    return own | {"cluster": own["cluster"] | cluster}, [hub | options]
