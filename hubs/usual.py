"""The sizes that a hub offers outside of events. Pure."""

from capacity.choices import Choice, halving, share
from capacity.nodes import Node
from hubs.hub import ProfilesConfig


def usual_choices(profiles: ProfilesConfig, node: Node) -> list[Choice]:
    """Return the sizes offered outside of events, smallest first.

    Raises:
        ValueError: more of a size than a node has pod slots.
    """
    if profiles.halvings is not None:
        return halving(node, profiles.halvings)
    return [share(node, count) for count in sorted(profiles.per_node, reverse=True)]
