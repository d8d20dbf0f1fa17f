"""Mandatory. Charts and images are pinned while an event is on; in an exam by digest.

Source: ICESat-2 2020, charts partly unpinned; Openscapes 2023 (2i2c#2092), where a change
between two days left users about 1 % of the memory.
"""

import re
from collections.abc import Iterator

from policies.collected import RELEASE
from policies.pods import containers, overrides
from policies.reading import Event, Json, look, of_type, release_values
from policies.rule import event_rule

_EXACT = re.compile(r"v?\d+\.\d+\.\d+([-+][0-9A-Za-z.+-]+)?")
_DIGEST = re.compile(r".+@sha256:[0-9a-f]{64}")
_MOVING = frozenset({"latest", "stable", "main", "master", "edge", "nightly", "dev", "devel"})


def messages(event: Event) -> Iterator[str]:
    """Yield one message per chart or image that may change under an event."""
    for release in of_type(RELEASE):
        version = look(release.props, "version", None)
        if not isinstance(version, str) or not _EXACT.fullmatch(version):
            name = look(release.props, "name", release.urn.rsplit("::", 1)[1])
            yield (
                f"release {name} has chart version {version or 'none'} and an exact one is "
                "wanted, such as 4.4.2; pin it."
            )
    values = release_values(event)
    for image in _user_images(values):
        yield from _moving(image)
        if event.kind == "exam" and not _DIGEST.fullmatch(image):
            yield f"image {image} has no digest and an exam wants one; set image.digest."
    for _, container in containers(values):
        yield from _moving(str(look(container, "image")))


def _user_images(values: Json) -> Iterator[str]:
    single = look(values, "singleuser", {})
    yield f"{look(single, 'image.name')}:{look(single, 'image.tag')}"
    for _, override in overrides(values):
        if "image" in override:
            yield str(look(override, "image"))


def _moving(image: str) -> Iterator[str]:
    tag = image.rpartition("/")[2].partition(":")[2]
    if not _DIGEST.fullmatch(image) and (not tag or tag in _MOVING):
        yield (
            f"image {image} has tag {tag or 'none'} and one that never moves is wanted; set "
            "image.digest or a dated image.tag."
        )


pinned_versions = event_rule(
    "pinned-versions",
    "Charts and images are pinned while an event is on.",
    messages,
)
