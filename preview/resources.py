"""What a program registered, as plain data: no secrets, no signatures, stable order."""

from dataclasses import dataclass
from typing import Any

from google.protobuf import json_format

from hubs.shapes import is_list, is_mapping
from preview.monitor import RecordingMonitor
from preview.wire import SECRET, SIGNATURE, UNKNOWN


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
        if SIGNATURE in value:
            secret = value[SIGNATURE] == SECRET
            return "[secret]" if secret else str(value.get("urn", "[reference]"))
        return {str(key): plain(inner) for key, inner in value.items()}
    if is_list(value):
        return [plain(inner) for inner in value]
    if value == UNKNOWN:
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
