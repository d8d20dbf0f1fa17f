"""Fast storage beside the home directories: a Filestore instance of its own."""

from collections.abc import Sequence

import pulumi

from components.gke.homes import filestore
from components.gke.place import Place
from components.interface import NfsVolume


def fast_storage(place: Place, after: Sequence[pulumi.Resource]) -> NfsVolume | None:
    """Create the instance for options that mount fast storage; None where nobody asks for it.

    Args:
        place: Where it belongs.
        after: What holds ranges of addresses that it must not be given.
    """
    config = place.config.fast_storage
    return None if config is None else filestore(place, "fast", config, after)
