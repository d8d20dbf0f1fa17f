"""What to do about a resource that exists already though the state does not have it. Pure."""

import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass

from hubs.import_ids import ImportId

# What clouds say of a name, a range or a place that is taken. Sources: AWS (EKS, IAM and others:
# "already exists", `EntityAlreadyExists`; EC2: `InvalidSubnet.Conflict`,
# `Resource.AlreadyAssociated`), Google Cloud ("Error 409: ... already exists"), buckets of both
# ("you already own it"), Kubernetes ("namespaces "x" already exists"), as seen in public
# reports, 2026.
_EXISTS = re.compile(
    r"already ?exists|you already own it|conflicts with another subnet|AlreadyAssociated",
    re.IGNORECASE,
)
# Helm's own word for a release. That something in its chart exists already is another matter.
_RELEASE = re.compile(r"\ba name that is still in use\b|\bAlreadyExists\b")
_ROOT = "pulumi:pulumi:Stack"
_WORDS = {"kubernetes:helm.sh/v3:Release": _RELEASE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Belongs:
    """Where a resource belongs in a stack, as the engine knows it.

    Attributes:
        stack: The stack's name.
        type: The resource's type.
        name: Its logical name.
        parent: URN of the component it is in; empty at the top.
        provider: URN of its provider; empty for the default one.
        protect: Whether the program protects it.
    """

    stack: str
    type: str
    name: str
    parent: str = ""
    provider: str = ""
    protect: bool = False


def parent_of(urn: str) -> str:
    """Return the URN of a parent to name in a command; empty for the stack itself."""
    return "" if _types(urn) in ("", _ROOT) else urn


def child_urn(parent: str, type_: str, name: str) -> str:
    """Return the URN that the engine gives to a child; those of the stack itself have no type."""
    start = "::".join(parent.split("::")[:2])
    types = f"{_types(parent)}${type_}" if parent_of(parent) else type_
    return f"{start}::{types}::{name}"


def _types(urn: str) -> str:
    return urn.split("::")[2] if urn else ""


def exists_already(type_: str, errors: Sequence[str]) -> bool:
    """Return whether the newest error says that the resource exists already."""
    return bool(errors) and bool(_WORDS.get(type_, _EXISTS).search(errors[0]))


def import_command(to: Belongs, id_: ImportId) -> str:
    """Return the command that takes a resource into the state, ready to paste.

    Importing protects, unless it is told not to. Source: `pulumi import --help`, 3.260.
    """
    words = [to.type, to.name, id_.word, "--stack", to.stack]
    command = [shlex.quote(word) if word != id_.word else word for word in words]
    for flag, urn in (("parent", to.parent), ("provider", to.provider)):
        if urn:
            command += [f"--{flag}", shlex.quote(f"{flag}={urn}")]
    if not to.protect:
        command.append("--protect=false")
    return " ".join(["pulumi import", *command, "--generate-code=false"])


def advice(to: Belongs, id_: ImportId) -> str:
    """Return what to read beside the refusal to create a resource that exists already."""
    return (
        f"{to.name} exists already, and this stack's state does not have it. If an earlier run "
        "made it and its answer was lost, take it into the state and run up again:\n"
        f"{import_command(to, id_)}\n"
        "Look at it first: what is imported is changed to what the program says, and goes when "
        "the stack goes."
    )
