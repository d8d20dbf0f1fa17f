"""While a hub is frozen for an event, its environment stays as it was.

Mandatory, always, in the event and before it. Of a freeze that somebody has lifted an advisory
rule tells instead: by whom, why, and what is not as it was.

Source: 2i2c exam guide, the environment is frozen from the instructor's test to the end;
2i2c#2092, a change between two days of a workshop that left users about 1 % of the memory.
"""

from collections.abc import Callable, Iterator, Mapping

from pulumi_policy import (
    EnforcementLevel,
    ReportViolation,
    StackValidationArgs,
    StackValidationPolicy,
)

from hubs.freeze_parts import RELEASE_KEYS, differences, environment
from hubs.shapes import is_list, is_mapping
from policies.collected import HUB, UNKNOWN, Resource
from policies.reading import Json, UnreadableError, hub_release, list_at, look, mapping_at, of_type

_KNOB = "put it back, or write freeze.emergency with by and reason"
_Messages = Callable[[str, Json, list[str]], Iterator[str]]


def refused(hub: str, freeze: Json, changed: list[str]) -> Iterator[str]:
    """Yield a message if anything has changed and nobody has lifted the freeze."""
    if changed and look(freeze, "lifted", None) is None:
        told = f"{look(freeze, 'span')} for event {look(freeze, 'event')}"
        yield f"Hub {hub} is frozen {told}: {'; '.join(changed)}; {_KNOB}."


def lifted(hub: str, freeze: Json, changed: list[str]) -> Iterator[str]:
    """Yield a message if somebody has lifted the freeze."""
    told = look(freeze, "lifted", None)
    if told is not None:
        yield f"Hub {hub}: the {told}; {'; '.join(changed) or 'nothing has changed'}."


def _messages(hub: Resource, say: _Messages) -> Iterator[str]:
    frozen = look(hub.props, "frozen", None)
    if frozen is None:
        return
    name = str(look(hub.props, "release"))
    look(frozen, "unseen")
    look(frozen, "freezes")
    found = _environment(name, mapping_at(frozen, "unseen"))
    for freeze in list_at(frozen, "freezes"):
        look(freeze, "environment")
        yield from say(name, freeze, differences(mapping_at(freeze, "environment"), found))


def _environment(hub: str, unseen: Mapping[str, str]) -> dict[str, str]:
    """Return the fingerprints of what will be deployed.

    Raises:
        UnreadableError: there is no such release, or something of it is not known yet.
    """
    release = hub_release(hub)
    look(release, "values")
    for key in RELEASE_KEYS:
        _known(key, release.get(key))
    return environment(release, unseen)


def _known(path: str, value: Json) -> None:
    if value is UNKNOWN:
        msg = f"{path} is not known yet"
        raise UnreadableError(msg)
    if is_mapping(value):
        for key, inner in value.items():
            _known(f"{path}.{key}", inner)
    elif is_list(value):
        for index, inner in enumerate(value):
            _known(f"{path}[{index}]", inner)


def _rule(
    name: str, description: str, level: EnforcementLevel, say: _Messages
) -> StackValidationPolicy:
    def validate(args: StackValidationArgs, report: ReportViolation) -> None:
        del args
        for hub in of_type(HUB):
            try:
                for message in _messages(hub, say):
                    report(message, hub.urn)
            except UnreadableError as error:
                told = f"is frozen and cannot be compared, {error}; make it plain in the program."
                report(f"Hub {hub.urn.rsplit('::', 1)[1]} {told}", hub.urn)

    return StackValidationPolicy(
        name=name, description=description, enforcement_level=level, validate=validate
    )


frozen = _rule(
    "frozen",
    "While a hub is frozen for an event, its environment stays as it was.",
    EnforcementLevel.MANDATORY,
    refused,
)
freeze_kept = _rule(
    "freeze-kept",
    "Nobody has lifted the freeze of a hub.",
    EnforcementLevel.ADVISORY,
    lifted,
)
