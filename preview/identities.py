"""The state's own notes of what clusters and storages are, which are nobody's resources."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # What plans are told with never loads an engine.
    from preview.resources import Registered

IDENTITY = "pulumi:index:Stash"


def without_identities(resources: "Iterable[Registered]") -> "list[Registered]":
    """Return all but the state's own notes of what clusters and storages are."""
    return [resource for resource in resources if resource.type != IDENTITY]


def remembered(resources: "Iterable[Registered]") -> set[tuple[str, str, str]]:
    """Return parent, type and name of everything whose identity is noted in the state."""
    notes = (resource for resource in resources if resource.type == IDENTITY)
    return {
        (note.parent, note.inputs["input"]["type"], note.inputs["input"]["name"]) for note in notes
    }
