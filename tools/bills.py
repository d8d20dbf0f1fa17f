"""Writes what every stack consists of, by component and type, or checks for drift."""

import sys
from collections import Counter
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from preview.loaded import load, stack_names
from preview.resources import Registered
from preview.run import resources_at

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "tests" / "bills"
_STACK = "pulumi:pulumi:Stack"


def bill(stack: str, resources: list[Registered]) -> str:
    """Return a bill of materials: how many of each type every component has."""
    types = {resource.urn: resource.type for resource in resources}
    names = {resource.urn: resource.name for resource in resources}
    counts = Counter(
        (_owner(resource, types, names), resource.type)
        for resource in resources
        if resource.type != _STACK
    )
    lines = [f"{stack}, event on: {counts.total()} resources"]
    for owner, items in groupby(sorted(counts.items()), key=lambda item: item[0][0]):
        lines += ["", owner]
        lines += [f"{count:6}  {kind}" for (_, kind), count in items]
    return "\n".join(lines) + "\n"


def _owner(resource: Registered, types: dict[str, str], names: dict[str, str]) -> str:
    parent = types.get(resource.parent, _STACK)
    return "stack" if parent == _STACK else f"{parent} {names[resource.parent]}"


def bills() -> dict[Path, str]:
    """Return the bill of every stack, at the start of its first event, by file."""
    found: dict[Path, str] = {}
    for stack in stack_names(ROOT):
        loaded = load(ROOT, stack)
        now = loaded.instant("event", datetime.now(UTC))
        found[FOLDER / f"{stack}.txt"] = bill(stack, resources_at(loaded, now))
    return found


def main(arguments: list[str]) -> int:
    """Write the bills, or with `--check` name those that are out of date; returns the exit code."""
    found = bills()
    stale = [path for path, text in found.items() if _kept(path) != text]
    if "--check" in arguments:
        for path in stale:
            sys.stderr.write(f"{path.relative_to(ROOT)} is out of date; run make generated\n")
        return bool(stale)
    FOLDER.mkdir(exist_ok=True)
    for path, text in found.items():
        path.write_text(text, "utf-8")
    return 0


def _kept(path: Path) -> str:
    return path.read_text("utf-8") if path.is_file() else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
