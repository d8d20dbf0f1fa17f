"""Repositories of Artifact Registry that images of a stack come from. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from hubs.hub import HubConfig

# Source: Artifact Registry, "Repository and image names", 2026.
_IMAGE = re.compile(r"([a-z0-9-]+)-docker\.pkg\.dev/([^/]+)/([^/]+)/.+")


@dataclass(frozen=True, slots=True, order=True)
class Repository:
    """A repository of Artifact Registry."""

    location: str
    project: str
    name: str


def repositories(hubs: Iterable[HubConfig], project: str | None) -> tuple[Repository, ...]:
    """Return the repositories in the stack's own project that its hubs' images are in, sorted.

    Who may read a repository of another project is for its owner to say. Where the file names
    no project, every repository is taken for the stack's own.
    """
    matches = (_IMAGE.fullmatch(hub.image.name) for hub in hubs)
    found = {Repository(*match.groups()) for match in matches if match}
    return tuple(sorted(one for one in found if project in (None, one.project)))
