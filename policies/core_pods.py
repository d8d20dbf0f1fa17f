"""The pods of this program that are no user's, from the values that are registered."""

from collections.abc import Callable, Mapping

from capacity.beside import Pod
from hubs.core_pods import RELEASES, of_hub
from policies.collected import HUB, RELEASE
from policies.reading import Json, UnreadableError, hub_values, look, of_type


def core_pods() -> tuple[Pod, ...]:
    """Return the pods of every hub, of monitoring and of the autoscaler.

    Raises:
        UnreadableError: a hub without a release, or a request that is none.
    """
    found: list[Pod] = []
    for hub in of_type(HUB):
        name = str(look(hub.props, "release"))
        found += _read(lambda values, name=name: of_hub(name, values), hub_values(name))
    for release in of_type(RELEASE):
        where = (str(release.props.get("namespace")), str(release.props.get("name")))
        if where in RELEASES:
            found += _read(RELEASES[where], look(release.props, "values"))
    return tuple(found)


def _read(read: Callable[[Mapping[str, object]], list[Pod]], values: Json) -> list[Pod]:
    try:
        return read(values)
    except ValueError as error:
        raise UnreadableError(str(error)) from None
