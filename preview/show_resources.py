"""Resources as a tree by component, and differences as a table, for a reader."""

import json
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from rich.text import Text
from rich.tree import Tree

from preview.diff import Change
from preview.identities import remembered, without_identities
from preview.resources import Registered
from preview.tables import Fitting

_LONGEST = 60
_MARKS = {"added": ("+", "green"), "removed": ("-", "red"), "changed": ("~", "yellow")}


def tree(resources: Sequence[Registered]) -> Tree:
    """Return all resources below their parents, those that the state remembers marked."""
    listed = without_identities(resources)
    root = Tree(Text(f"{len(listed)} resources", style="bold"))
    children: dict[str, list[Registered]] = {}
    for resource in listed:
        children.setdefault(resource.parent, []).append(resource)
    _grow(root, children, "", remembered(resources))
    return root


def _grow(
    node: Tree,
    children: dict[str, list[Registered]],
    parent: str,
    noted: AbstractSet[tuple[str, str, str]],
) -> None:
    for resource in sorted(children.get(parent, []), key=lambda item: (item.type, item.name)):
        label = Text(resource.name)
        label.append(f"  {resource.type}", style="dim")
        marks = ["protected", "retained"] if resource.protect else []
        if (resource.parent, resource.type, resource.name) in noted:
            marks.append("remembered")
        if marks:
            label.append(f"  {', '.join(marks)}", style="cyan")
        _grow(node.add(label), children, resource.urn, noted)


def _short(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."


def changes(found: Sequence[Change], title: str) -> Fitting:
    """Return differences: one row per resource or property."""
    table = Fitting(title)
    table.names("", "resource")
    table.texts("property", "before", "after")
    for change in found:
        mark, style = _MARKS[change.kind]
        name = f"{change.type.rsplit(':', 1)[-1]} {change.name}"
        row = (change.property, _short(change.before), _short(change.after))
        shown = row if change.kind == "changed" else ("", "", "")
        # As text: a value may look like Rich's markup.
        table.add_row(Text(mark, style=style), Text(name), *(Text(cell) for cell in shown))
    return table
