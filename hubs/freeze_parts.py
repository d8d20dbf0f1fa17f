"""What a hub's environment is made of, and a fingerprint of each part. Pure.

A part is a key of the hub's file, the chart, the image, or a top-level key of the values that
are really deployed; those of one name are one. What an event switches is left out of the
values, and what is there without any event is told beside them, so that a fingerprint is the
same whatever is on, and a change that an event hides at the moment is seen all the same.
"""

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256

from hubs.hub import HubConfig
from hubs.shapes import is_list, is_mapping
from hubs.values_access import PASSWORDS_OF

Path = tuple[str, ...]
Json = Mapping[str, object]
# All that an event switches in the values of a hub. What is not listed here may not change
# while the hub is frozen, so an event that switches something else is refused by the gate.
EVENT_PATHS: tuple[Path, ...] = (
    ("cull",),
    ("hub", "annotations", PASSWORDS_OF),
    ("hub", "concurrentSpawnLimit"),
    ("hub", "consecutiveFailureLimit"),
    ("hub", "pdb", "enabled"),
    ("prePuller", "continuous", "enabled"),
    ("proxy", "chp", "pdb", "enabled"),
    ("scheduling", "userPlaceholder"),
    ("singleuser", "cpu"),
    ("singleuser", "extraTolerations"),
    ("singleuser", "memory"),
    ("singleuser", "networkPolicy", "egress"),
    ("singleuser", "networkPolicy", "egressAllowRules", "cloudMetadataServer"),
    ("singleuser", "networkPolicy", "egressAllowRules", "nonPrivateIPs"),
    ("singleuser", "nodeSelector"),
    ("singleuser", "profileList"),
    ("singleuser", "startTimeout"),
)
CHART, IMAGE = "chart", "image"
_CHART_KEYS = ("chart", "version", "repositoryOpts")
# Of a Helm release, what is compared.
RELEASE_KEYS = (*_CHART_KEYS, "values")
# The user image, wherever the values repeat it: as a change of it is one of its part alone.
_SAME_IMAGE = "(image)"
_DIGITS = 16
_NOTHING: tuple[object, ...] = (None, {}, [])


def fingerprint(content: object) -> str:
    """Return a short text that is another one for any other content of JSON.

    Keys have no order, and one that holds nothing is as good as none, as in a chart's values.
    Whole numbers are equal however they are written: they reach a policy as floats.
    """
    text = json.dumps(_normal(content), sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()[:_DIGITS]


def _normal(value: object) -> object:
    if is_mapping(value):
        inner = {str(key): _normal(held) for key, held in value.items()}
        return {key: held for key, held in inner.items() if held is not None and held != {}}
    if is_list(value):
        return [_normal(held) for held in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _unordered(value: object) -> object:
    """Return a copy with every list sorted: their order in a hub's file means nothing."""
    if is_mapping(value):
        return {key: _unordered(held) for key, held in value.items()}
    if is_list(value):
        return sorted((_unordered(held) for held in value), key=fingerprint)
    return value


def unseen(hub: HubConfig, usual: Json) -> dict[str, str]:
    """Return fingerprints, by part, of what a deployed release does not show at every time.

    Args:
        hub: What its file says.
        usual: The values of its chart while no event is on.
    """
    file = _mapping(_unordered(hub.model_dump(mode="json", by_alias=True, exclude={"name"})))
    file[CHART] = file.pop("chartVersion")
    behind = _behind_events(_without_image(usual)[1])
    parts = {*(key for key, value in file.items() if _normal(value) not in _NOTHING), *behind}
    return {
        part: fingerprint({"file": file.get(part), "usual": behind.get(part)})
        for part in sorted(parts)
    }


def environment(release: Json, beside: Mapping[str, str]) -> dict[str, str]:
    """Return the fingerprint of each part of a hub's environment.

    Args:
        release: The inputs of its Helm release: chart, version, repository and values.
        beside: What `unseen` says of it.
    """
    values = release.get("values")
    image, rest = _without_image(values if is_mapping(values) else {})
    deployed: dict[str, object] = {
        CHART: {key: release.get(key) for key in _CHART_KEYS},
        IMAGE: image,
        **{key: value for key, value in _steady(rest).items() if _normal(value) not in _NOTHING},
    }
    return {
        part: fingerprint({"deployed": deployed.get(part), "beside": beside.get(part)})
        for part in (CHART, IMAGE, *sorted({*deployed, *beside} - {CHART, IMAGE}))
    }


def differences(frozen: Mapping[str, str], found: Mapping[str, str]) -> list[str]:
    """Return in words how what is found differs from what was frozen, by part."""
    gone = [part for part in frozen if part not in found]
    told = [_difference(part, frozen.get(part), now) for part, now in found.items()]
    told += [f"{part} is not there, frozen as {frozen[part]}" for part in sorted(gone)]
    return [text for text in told if text]


def _difference(part: str, before: str | None, now: str) -> str:
    if before is None:
        return f"{part} is {now}, and was not there"
    return f"{part} is {now}, frozen as {before}" if before != now else ""


def _without_image(values: Json) -> tuple[object, dict[str, object]]:
    """Return the user image, and the values without it."""
    single = values.get("singleuser")
    image = single.get(IMAGE) if is_mapping(single) else None
    name = f"{image.get('name')}:{image.get('tag')}" if is_mapping(image) else None
    return image, _mapping(_pruned(values, (("singleuser", IMAGE),), name))


def _steady(values: Json) -> dict[str, object]:
    """Return the values without what an event switches."""
    return _mapping(_pruned(values, EVENT_PATHS))


def _pruned(value: object, without: tuple[Path, ...], name: str | None = None) -> object:
    """Return a copy without what lies at some paths, and with an image's name as one word."""
    if is_mapping(value):
        return {
            key: _pruned(held, tuple(path[1:] for path in without if path[0] == key), name)
            for key, held in value.items()
            if (key,) not in without
        }
    if is_list(value):
        return [_pruned(held, (), name) for held in value]
    return _SAME_IMAGE if name is not None and value == name else value


def _behind_events(values: Json) -> dict[str, list[object]]:
    """Return what lies at the paths that events switch, by the part that they belong to."""
    found: dict[str, list[object]] = {}
    for path in EVENT_PATHS:
        for value in _at(values, path):
            found.setdefault(path[0], []).append([list(path), value])
    return found


def _at(value: object, path: Path) -> Iterator[object]:
    """Yield what lies at a path; nothing where nothing does."""
    if not path:
        yield value
    elif is_mapping(value) and path[0] in value:
        yield from _at(value[path[0]], path[1:])


def _mapping(value: object) -> dict[str, object]:
    return dict(value) if is_mapping(value) else {}
