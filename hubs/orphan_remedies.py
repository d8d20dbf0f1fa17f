"""What to do about a thing that no state has: import it, delete it, or look. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol

from hubs.import_ids import Context, ImportId, import_id
from hubs.orphans import State, Thing
from hubs.recovery import Belongs, child_urn, import_command, parent_of
from hubs.shapes import is_mapping

_PROVIDERS = "pulumi:providers:"
# A component of another language: the program without an engine does not have its children.
# Source: pulumi-eks, nodejs/eks/cluster/cluster.ts, 2026-08.
_EKS, _EKS_CLUSTER, _SUFFIX = "eks:index:Cluster", "aws:eks/cluster:Cluster", "-eksCluster"

Action = Literal["import", "delete", "look"]


class Registered(Protocol):
    """A resource as the program registers it without an engine."""

    @property
    def urn(self) -> str:
        """Return a URN that only tells it apart: the engine gives it another one."""
        ...

    @property
    def type(self) -> str:
        """Return its type."""
        ...

    @property
    def name(self) -> str:
        """Return its logical name."""
        ...

    @property
    def parent(self) -> str:
        """Return the `urn` of its parent."""
        ...

    @property
    def inputs(self) -> Mapping[str, Any]:
        """Return its inputs, as far as they are known without an engine."""
        ...

    @property
    def protect(self) -> bool:
        """Return whether it is protected."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A resource that the program wants, by the URNs that an engine gives."""

    urn: str
    type: str
    name: str
    parent: str
    inputs: Mapping[str, Any]
    protect: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """What to do about an orphan.

    Attributes:
        action: What to do.
        because: Why that.
        command: The command; empty if none is known.
    """

    action: Action
    because: str
    command: str = ""


def wanted(program: Sequence[Registered]) -> list[Wanted]:
    """Return what a program wants, with those children of components of which much is lost."""
    by_urn = {it.urn: it for it in program}

    def urn(it: Registered) -> str:
        above = by_urn.get(it.parent)
        return it.urn if above is None else child_urn(urn(above), it.type, it.name)

    found: list[Wanted] = []
    for it in program:
        above = by_urn.get(it.parent)
        one = Wanted(
            urn=urn(it),
            type=it.type,
            name=it.name,
            parent="" if above is None else urn(above),
            inputs=it.inputs,
            protect=it.protect,
        )
        found.append(one)
        if it.type == _EKS:
            name = f"{it.name}{_SUFFIX}"
            child = child_urn(one.urn, _EKS_CLUSTER, name)
            found.append(replace(one, urn=child, type=_EKS_CLUSTER, name=name, parent=one.urn))
    return found


def remedy(orphan: Thing, program: Sequence[Wanted], state: State, stack: str) -> Remedy:
    """Return what to do about an orphan: the program decides whether it is still wanted."""
    meant = [it for it in program if it.type == orphan.named.type and _is(it, orphan)]
    missing = next((it for it in meant if it.urn not in state.urns), None)
    if missing is not None:
        to = Belongs(
            stack=stack,
            type=missing.type,
            name=missing.name,
            parent=parent_of(missing.parent),
            provider=_provider(missing, program),
            protect=missing.protect,
        )
        command = import_command(to, ImportId(text=orphan.named.imported))
        because = f"the program has {missing.name}, and the state does not"
        return Remedy(action="import", because=because, command=command)
    because = "no resource of the program"
    if meant:
        because = f"the state has another {meant[0].name}"
    if not orphan.named.delete:
        return Remedy(action="look", because=f"{because}; no command is known for its type")
    return Remedy(action="delete", because=because, command=orphan.named.delete)


def _is(it: Wanted, orphan: Thing) -> bool:
    """Return whether a thing has the name that the program gives to a resource."""
    tags = it.inputs.get("tags")
    known = import_id(it.type, it.inputs, Context())
    told = (
        it.inputs.get("name"),
        tags.get("Name") if is_mapping(tags) else None,
        known.text if known is not None and not known.lookup else None,
    )
    id_ = orphan.named.id
    names = (id_, id_.split("/")[-1], orphan.tags.get("Name", id_))
    return any(name in names for name in told if isinstance(name, str))


def _provider(it: Wanted, program: Sequence[Wanted]) -> str:
    """Return the URN of the stack's own provider for a type."""
    type_ = f"{_PROVIDERS}{it.type.partition(':')[0]}"
    return next((other.urn for other in program if other.type == type_), "")
