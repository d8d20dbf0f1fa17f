"""Fast storage beside the home directories: a Filestore instance of its own."""

from components.gke.homes import filestore
from components.gke.place import Place
from components.interface import NfsVolume


def fast_storage(place: Place) -> NfsVolume | None:
    """Create the instance for options that mount fast storage; None where nobody asks for it."""
    config = place.config.fast_storage
    return None if config is None else filestore(place, "fast", config)
