"""Where a hub's users run: on its usual pool, on an event's, or on nodes that are there."""

from hubs.active import at, on_hub
from hubs.places import place_of
from tests.hubs.exams import BEFORE, loaded, raw_stack


def test_an_event_has_nodes_of_its_own() -> None:
    stack, events = loaded(raw_stack())
    hub = events[0].hub
    on = on_hub(hub, [at(event, BEFORE.replace(minute=31)) for event in events])

    usual, then = (place_of(stack.cluster, hub, event) for event in (None, on))

    assert (usual.node.name, then.node.name) == ("n2-standard-8", "e2-standard-16")
    assert usual.selector["hub.jupyter.org/node-purpose"] == "user"
    assert then.selector != usual.selector
    assert usual.own_pools


def test_nodes_that_are_there_are_found_by_their_labels() -> None:
    own = raw_stack("campus")
    stack, events = loaded(own)
    place = place_of(stack.cluster, stack.hubs[0], None)

    assert place.selector == own["cluster"]["nodes"].get("labels", {})
    assert place == place_of(stack.cluster, stack.hubs[0], at(events[0], BEFORE))
    assert not place.own_pools
