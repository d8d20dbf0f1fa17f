"""What a hub's values say of user pods: overrides by profile, and other containers."""

from collections.abc import Iterator

from hubs.shapes import is_mapping
from policies.reading import Json, UnreadableError, list_at, look, mapping_at


def overrides(values: Json) -> Iterator[tuple[str, Json]]:
    """Yield the name and the KubeSpawner override of every profile, or of each of its choices.

    Raises:
        UnreadableError: not what KubeSpawner could read, or users may write their own.
    """
    for _, name, override in profiles(values):
        yield name, override


def profiles(values: Json) -> Iterator[tuple[str, str, Json]]:
    """Yield the slug of every profile beside the name and the override of each of its choices.

    Raises:
        UnreadableError: not what KubeSpawner could read, or users may write their own.
    """
    for profile in list_at(values, "singleuser.profileList"):
        name = str(look(profile, "display_name", "unnamed"))
        slug = str(look(profile, "slug", ""))
        own = mapping_at(profile, "kubespawner_override")
        options = mapping_at(profile, "profile_options")
        if not options:
            yield slug, name, own
        for option, content in options.items():
            if look(content, "unlisted_choice.enabled", default=False):
                msg = f"profile {name!r} lets users write their own {option}"
                raise UnreadableError(msg)
            for choice, chosen in mapping_at(content, "choices").items():
                more = mapping_at(chosen, "kubespawner_override")
                yield slug, f"{name}, {option} {choice}", {**own, **more}


def containers(values: Json) -> Iterator[tuple[str, Json]]:
    """Yield the name and the content of every init and extra container that values add.

    Raises:
        UnreadableError: not a list or mapping of containers.
    """
    for key in ("initContainers", "extraContainers"):
        path = f"singleuser.{key}"
        listed = look(values, path, None)
        found = mapping_at(values, path).values() if is_mapping(listed) else list_at(values, path)
        for container in found:
            yield str(look(container, "name", key)), container
