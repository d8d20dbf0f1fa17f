"""Stacks at their first event, as a cloud answers that has made everything."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

from pulumi.runtime import mocks

from preview.loaded import load
from preview.monitor import Answers, Program, RecordingMonitor, record
from preview.resources import Registered, registered
from preview.wire import SECRET, SIGNATURE

ROOT = Path(__file__).parents[2]
PASSWORD = "random:index/randomPassword:RandomPassword"  # noqa: S105 - a resource type
CANARY = "canary-"
STACKS = ("full-gke", "full-eks", "workshop", "exam", "datahub", "icesat2", "campus")
# What policies are written with; one with an unknown in it could not be read.
_ARNS = (
    "aws:efs/fileSystem:FileSystem",
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
    "aws:iam/role:Role",
)


def _answer(_: Answers, args: mocks.MockResourceArgs) -> tuple[str, dict[str, Any]]:
    """Answer with text that was given, an id, ARNs, and passwords as the secrets that they are."""
    if args.typ.startswith("readyroom:"):
        return "", {}
    told: dict[str, Any] = {key: it for key, it in args.inputs.items() if isinstance(it, str)}
    if args.typ in _ARNS:
        told["arn"] = f"arn:aws:example:us-west-2:123456789012:{args.name}"
    if args.typ == PASSWORD:
        told["result"] = {SIGNATURE: SECRET, "value": f"{CANARY}{args.name}"}
    return f"{args.name}-id", told


@cache
def recorded(stack: str) -> RecordingMonitor:
    """Return the raw requests of a stack; the value of every secret is a canary."""
    loaded = load(ROOT, stack)
    canaries = {key: f"{CANARY}{key}" for key in loaded.config.secrets}
    at = loaded.instant("event", datetime(2027, 1, 1, tzinfo=UTC)).isoformat()
    own = loaded.config.own | {"at": at} | canaries
    program = Program(
        path=ROOT / "__main__.py",
        project="readyroom",
        stack=stack,
        config={f"readyroom:{key}": value for key, value in own.items()},
        secrets=frozenset(f"readyroom:{key}" for key in canaries),
    )
    with mock.patch.object(Answers, "new_resource", _answer):
        return record(program)


@cache
def resources(stack: str) -> tuple[Registered, ...]:
    """Return what a stack registers, without signatures."""
    return tuple(registered(recorded(stack)))
