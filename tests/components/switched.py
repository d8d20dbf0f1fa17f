"""What events switch on and off of a cloud."""

from collections.abc import Sequence
from itertools import pairwise

from preview.resources import Registered


def switched(instants: Sequence[Sequence[Registered]], cloud: str) -> set[str]:
    """Return the types of a cloud of which anything differs between an instant and the next."""
    found = [
        {(it.type, it.name): it.inputs for it in one if it.type.startswith(cloud)}
        for one in instants
    ]
    return {
        key[0]
        for before, after in pairwise(found)
        for key in before.keys() | after.keys()
        if before.get(key) != after.get(key)
    }
