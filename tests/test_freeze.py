"""What the program registers for a hub is what its fingerprint is of."""

from collections.abc import Callable
from datetime import datetime

import pytest
from environments import environments

from hubs.deployment import deployment
from hubs.freeze_parts import environment, unseen
from preview.loaded import Loaded
from preview.resources import Registered

STACKS = ("campus", "datahub", "exam", "full-eks", "full-gke", "icesat2", "workshop")
RELEASE = "kubernetes:helm.sh/v3:Release"


@pytest.mark.parametrize("word", ["quiet", "event"])
@pytest.mark.parametrize("stack", STACKS)
def test_the_program_registers_what_the_fingerprint_is_of(
    stack: str,
    word: str,
    loaded: Callable[[str], Loaded],
    instant: Callable[[str, str], datetime],
    resources: Callable[[str, str], list[Registered]],
) -> None:
    found, quiet = loaded(stack), instant(stack, "quiet")
    usual = deployment(found.stack, (), quiet).hubs
    releases = {it.name: it.inputs for it in resources(stack, word) if it.type == RELEASE}

    read = {
        hub.config.name: environment(releases[hub.config.name], unseen(hub.config, hub.values))
        for hub in usual
    }
    assert read == environments((found.stack, found.events), quiet)
