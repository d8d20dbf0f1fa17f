"""The sizes that a hub's values offer to users: what a pod will really ask for."""

from collections.abc import Mapping
from dataclasses import dataclass

from capacity.packing import Seat
from capacity.quantities import hub_memory, kubernetes_millis
from policies.pods import profiles
from policies.reading import Json, UnreadableError, look, mapping_at

# Source: zero-to-jupyterhub-k8s 4.4.0 values.yaml: singleuser.memory.guarantee.
CHART_MEMORY_GUARANTEE = "1G"


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """One size: bytes and millicpu, None where nothing is set; the slug of its profile."""

    name: str
    memory: int | None
    memory_limit: int | None
    cpu: int | None
    cpu_limit: int | None
    selector: Mapping[str, str]
    slug: str = ""

    @property
    def seat(self) -> Seat:
        """Return what the scheduler counts; a limit without a guarantee counts as one.

        Raises:
            UnreadableError: no memory at all.
        """
        memory = self.memory or self.memory_limit
        if not memory:
            msg = f"size {self.name!r} guarantees no memory"
            raise UnreadableError(msg)
        return Seat(memory=memory, cpu=self.cpu or self.cpu_limit or 0)


def sizes(values: Json) -> list[Size]:
    """Return every size on offer: the profiles and their choices, or the default alone.

    Raises:
        UnreadableError: a size that the hub itself could not read.
    """
    single = look(values, "singleuser", {})
    base = {
        "mem_guarantee": look(single, "memory.guarantee", CHART_MEMORY_GUARANTEE),
        "mem_limit": look(single, "memory.limit", None),
        "cpu_guarantee": look(single, "cpu.guarantee", None),
        "cpu_limit": look(single, "cpu.limit", None),
        "node_selector": look(single, "nodeSelector", {}),
    }
    found = [_size(name, base | dict(given), slug) for slug, name, given in profiles(values)]
    return found or [_size("default", base)]


def _size(name: str, given: Json, slug: str = "") -> Size:
    return Size(
        name=name,
        memory=_memory(name, "mem_guarantee", given),
        memory_limit=_memory(name, "mem_limit", given),
        cpu=_millis(name, "cpu_guarantee", given),
        cpu_limit=_millis(name, "cpu_limit", given),
        selector=mapping_at(given, "node_selector"),
        slug=slug,
    )


def _memory(name: str, trait: str, given: Json) -> int | None:
    value = look(given, trait, None)
    found = None if value is None else hub_memory(value)
    if value is not None and found is None:
        msg = f"{trait} of {name!r} is {value!r}, which the hub refuses; write integer bytes"
        raise UnreadableError(msg)
    return found


def _millis(name: str, trait: str, given: Json) -> int | None:
    value = look(given, trait, None)
    found = None if value is None else kubernetes_millis(value)
    if value is not None and (found is None or isinstance(value, str)):
        msg = f"{trait} of {name!r} is {value!r}; write a number of cores"
        raise UnreadableError(msg)
    return found
