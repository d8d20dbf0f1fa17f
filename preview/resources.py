"""What a program registered, as plain data: no secrets, no signatures, stable order."""

from dataclasses import dataclass
from typing import Any

from google.protobuf import json_format

from hubs.shapes import is_list, is_mapping
from preview.monitor import RecordingMonitor

_SIGNATURE = "4dabf18193072939515e22adb298388d"
_SECRET = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 - a signature of the wire format
_UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """One resource as it was registered."""

    urn: str
    type: str
    name: str
    parent: str
    inputs: dict[str, Any]
    protect: bool

    def as_json(self) -> dict[str, Any]:
        """Return what machines read."""
        return {
            "urn": self.urn,
            "type": self.type,
            "name": self.name,
            "parent": self.parent,
            "inputs": self.inputs,
        }


def plain(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Return a value without secrets and signatures; whole floats as integers."""
    if is_mapping(value):
        if _SIGNATURE in value:
            secret = value[_SIGNATURE] == _SECRET
            return "[secret]" if secret else str(value.get("urn", "[reference]"))
        return {str(key): plain(inner) for key, inner in value.items()}
    if is_list(value):
        return [plain(inner) for inner in value]
    if value == _UNKNOWN:
        return "[unknown]"
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def registered(monitor: RecordingMonitor) -> list[Registered]:
    """Return everything that was registered, by URN; the order of requests is not stable."""
    return sorted(
        (
            Registered(
                urn=urn,
                type=request.type,
                name=request.name,
                parent=request.parent,
                inputs=plain(json_format.MessageToDict(request.object)),
                protect=request.protect,
            )
            for urn, request in monitor.requests
        ),
        key=lambda resource: resource.urn,
    )
