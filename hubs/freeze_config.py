"""What a stack file may say of a frozen environment. Pure."""

import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema

from hubs.fields import Model, Moment, Text, like
from hubs.shapes import is_mapping

_FINGERPRINT = "[0-9a-f]{16}"
_WRITER = "readyroom freeze STACK EVENT writes it"


def _environment(written: object) -> dict[str, str]:
    """Return fingerprints by part.

    Raises:
        ValueError: nothing to compare with, or something that is no fingerprint.
    """
    if not is_mapping(written) or not written:
        msg = f"found {written!r}, nothing to compare with; {_WRITER}"
        raise ValueError(msg)
    for part, found in written.items():
        if not isinstance(found, str) or not re.fullmatch(_FINGERPRINT, found):
            msg = f"{part} is {found!r}, not 16 hexadecimal digits in quotes; {_WRITER}"
            raise ValueError(msg)
    return dict(written)


Said = Annotated[Text, AfterValidator(like(r"(?s).*\S.*", "some words"))]
Environment = Annotated[
    dict[str, str],
    BeforeValidator(_environment),
    WithJsonSchema(
        {
            "type": "object",
            "minProperties": 1,
            "additionalProperties": {"type": "string", "pattern": f"^{_FINGERPRINT}$"},
            "description": "fingerprint of each part of the hub's environment",
        }
    ),
]


class EmergencyConfig(Model):
    """A change that is let through all the same, by whom and why; every preview shows it."""

    reason: Said
    by: Said


class FreezeConfig(Model):
    """From a time until the end of the event, the hub's environment may not change.

    `readyroom freeze STACK EVENT` writes it.
    """

    since: Moment
    environment: Environment
    emergency: EmergencyConfig | None = None
