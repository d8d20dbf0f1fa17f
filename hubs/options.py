"""Which options of a hub are on offer: all of them, or those that an event keeps. Pure.

The nodes of an option are there as always, and none of them is kept warm.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from capacity.plan import longest_start
from capacity.planned import Figure, Plan
from events.lead import image_pull_seconds
from hubs.cluster import ClusterConfig
from hubs.event import EventConfig
from hubs.hub import HubConfig
from hubs.hub_pools import OptionConfig
from hubs.mistakes import Mistake, nearest
from hubs.schedules import node_ready

_START = "startTimeout"


def on_offer(hub: HubConfig, event: EventConfig | None) -> tuple[OptionConfig, ...]:
    """Return the options of a hub that users can choose: all, or those that an event keeps."""
    if event is None:
        return hub.options
    return tuple(option for option in hub.options if option.name in event.options)


def servers(options: Iterable[OptionConfig]) -> int:
    """Return how many servers the nodes of some options can have."""
    return sum(option.max_nodes * option.per_node for option in options)


def option_mistakes(where: str, event: EventConfig, hub: HubConfig) -> Iterator[Mistake]:
    """Yield every name that an event keeps and its hub does not have, and every name twice."""
    known = [option.name for option in hub.options]
    for index, name in enumerate(event.options):
        place = f"{where}.options[{index}]"
        if name in event.options[:index]:
            yield Mistake(place, f"found {name!r} twice; names differ")
        elif not known:
            told = f"found {name!r}, and hub {hub.name} has no options; leave it out"
            yield Mistake(place, told)
        elif name not in known:
            told = f"found {name!r}, no option of hub {hub.name}; {nearest(name, known)}"
            yield Mistake(place, told)


def usual_start(cluster: ClusterConfig, hub: HubConfig) -> int:
    """Return the seconds that a start may take where no node is kept warm."""
    return longest_start(node_ready(cluster), image_pull_seconds(hub.image.size))


def outlasting(plan: Plan, cluster: ClusterConfig, hub: HubConfig, event: EventConfig) -> Plan:
    """Return a plan whose starts may take as long as usual while options are on offer.

    An event says how fast its own nodes are ready; those of options are as fast as ever.
    """
    usual = usual_start(cluster, hub)
    if not on_offer(hub, event) or usual <= plan.start_timeout:
        return plan
    figures = tuple(_as_usual(figure, usual) for figure in plan.figures)
    return replace(plan, start_timeout=usual, figures=figures)


def _as_usual(figure: Figure, seconds: int) -> Figure:
    if figure.name != _START:
        return figure
    because = "as without an event: nodes of options that it keeps are no sooner ready than ever"
    return replace(figure, value=seconds, because=because)
