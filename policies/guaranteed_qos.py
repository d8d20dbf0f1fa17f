"""Mandatory for exams. Every user pod is Guaranteed by Kubernetes' rule.

Source: kubernetes/kubernetes pkg/apis/core/v1/helper/qos/qos.go: every container and init
container has CPU and memory limits above zero, and requests equal limits;
zero-to-jupyterhub-k8s#2428: the chart's own init container has no resources.
"""

from collections.abc import Iterator

from capacity.quantities import kubernetes_memory, kubernetes_millis
from policies.pods import containers
from policies.reading import Event, Json, look, mapping_at, release_values
from policies.rule import event_rule
from policies.sizes import Size, sizes

_KNOB = "give it equal CPU and memory requests and limits"


def messages(event: Event) -> Iterator[str]:
    """Yield one message per container that keeps a user pod from being Guaranteed."""
    if event.kind != "exam":
        return
    values = release_values(event)
    for size in sizes(values):
        yield from _notebook(size)
    for name, resources in _others(values):
        for resource in ("cpu", "memory"):
            yield from _container(name, resource, resources)


def _notebook(size: Size) -> Iterator[str]:
    pairs = (
        ("memory", "bytes", size.memory, size.memory_limit),
        ("CPU", "millicpu", size.cpu, size.cpu_limit),
    )
    for resource, unit, guarantee, limit in pairs:
        # The API server copies a limit into a missing request, never the other way round.
        if not limit or (guarantee is not None and guarantee != limit):
            yield (
                f"size {size.name!r} has {resource} guarantee {guarantee or 0} and limit "
                f"{limit or 0} {unit}, so its pods are not Guaranteed; set both to the seat."
            )


def _others(values: Json) -> Iterator[tuple[str, Json]]:
    """Yield every other container of a user pod, with its resources."""
    single = look(values, "singleuser", {})
    if look(single, "cloudMetadata.blockWithIptables", default=True):
        yield "block-cloud-metadata", mapping_at(single, "networkTools.resources")
    for name, container in containers(values):
        yield name, mapping_at(container, "resources")


def _container(name: str, resource: str, resources: Json) -> Iterator[str]:
    read = kubernetes_millis if resource == "cpu" else kubernetes_memory
    limit = look(resources, f"limits.{resource}", None)
    request = look(resources, f"requests.{resource}", limit)
    limited, requested = read(limit), read(request)
    if not limited or limited != requested:
        found = f"request {_shown(request)} and limit {_shown(limit)}"
        yield f"container {name!r} has {resource} {found}, so no user pod is Guaranteed; {_KNOB}."


def _shown(quantity: Json) -> str:
    return f"{quantity:g}" if isinstance(quantity, float) else str(quantity or 0)


guaranteed_qos = event_rule(
    "guaranteed-qos",
    "In an exam every user pod is Guaranteed.",
    messages,
)
