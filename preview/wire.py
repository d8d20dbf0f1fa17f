"""Markers of the engine's wire format, by which values are more than plain JSON.

Source: pulumi/pulumi sdk/go/common/resource/properties.go, 3.260.
"""

SIGNATURE = "4dabf18193072939515e22adb298388d"
SECRET = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 - a signature of the wire format
REFERENCE = "5cf8f73096256a8f31e491e813e4eb8e"
UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
