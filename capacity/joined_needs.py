"""The needs of events that share a hub, as one need. Pure.

Whatever the order of the needs, the answer is the same.
"""

from collections.abc import Sequence
from dataclasses import replace

from capacity.crowds import Cohort, Cohorts, Stay, Uniform, last_arrival
from capacity.needs import Need
from capacity.packing import Seat


def at_once(needs: Sequence[Need]) -> Need:
    """Return the need of events that are on together: people add up, the rest is the larger.

    All come in the same minutes, each in the way of their own event; nobody knows better.
    """
    if len(needs) == 1:
        return needs[0]
    parts = [Cohort(need.users, need.arrive or Uniform(need.within)) for need in needs]
    shape = Cohorts(tuple(sorted(parts, key=repr)))
    users = sum(need.users for need in needs)
    shares = [need.users * need.show_up_permille for need in needs]
    return replace(
        largest(needs),
        users=users,
        arrive=shape,
        within=last_arrival(shape, users),
        show_up_permille=-(-sum(shares) // users),
    )


def largest(needs: Sequence[Need]) -> Need:
    """Return a need that is at least as large as each, in everything that is asked for.

    How people come is that of the most people.
    """
    if len(set(needs)) == 1:
        return needs[0]
    most = max(needs, key=lambda need: (need.users, repr(need)))
    return replace(
        most,
        seat=Seat(
            memory=max(need.seat.memory for need in needs),
            cpu=max(need.seat.cpu for need in needs),
        ),
        every_seat_warm=any(need.every_seat_warm for need in needs),
        waiting_permille=min(need.waiting_permille for need in needs),
        wait_limit=min(need.wait_limit for need in needs),
        node_ready=max(need.node_ready for need in needs),
        image_pull=max(need.image_pull for need in needs),
        fewest_per_node=min(need.fewest_per_node for need in needs),
        stay=_longest(needs),
        ends=_last(needs),
        lead=max(need.lead for need in needs),
    )


def _last(needs: Sequence[Need]) -> int | None:
    """Return when the last minimum goes; None, which is never, if one of them is."""
    ends = [need.ends for need in needs if need.ends is not None]
    return max(ends) if len(ends) == len(needs) else None


def _longest(needs: Sequence[Need]) -> Stay | None:
    stays = [need.stay for need in needs if need.stay is not None]
    return max(stays, key=lambda stay: (stay.seconds, stay.cull, repr(stay)), default=None)
