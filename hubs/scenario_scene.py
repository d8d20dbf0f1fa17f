"""From a scenario file to what the simulator wants. Pure."""

from dataclasses import dataclass
from math import ceil

from pydantic import TypeAdapter

from capacity.crowds import Bell, Break, Cohort, Cohorts, Crowd, Poisson, Recorded, Stay, Uniform
from capacity.scene import HubRules, Scene, always
from hubs.mistakes import Mistake, MistakesError
from hubs.parsing import parsed
from hubs.scenario import ScenarioFile, SpreadArrivalsConfig
from hubs.scenario_checks import check
from hubs.scenario_sizes import fitting, most_nodes, placeholders_of, room_of, seat_of, users_of

_ADAPTER = TypeAdapter(ScenarioFile)
_MICROS = 1_000 * 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One simulation as somebody asked for it.

    Attributes:
        scene: Cluster and hub.
        crowd: Who comes when.
        replicas: How many such events are simulated.
        seed: What chance starts from.
        seats_per_node: Seats of one node.
        micro_usd_per_hour: Price of one node, in millionths of a dollar; None if not known.
    """

    scene: Scene
    crowd: Crowd
    replicas: int
    seed: int
    seats_per_node: int
    micro_usd_per_hour: int | None = None


def read_scenario(
    raw: object, file: str = "", replicas: int | None = None, seed: int | None = None
) -> Scenario:
    """Return a scenario from what a YAML file holds; `replicas` and `seed` go before its own.

    Raises:
        MistakesError: mistakes in the file, all of them.
    """
    mistakes: list[Mistake] = []
    found = parsed(_ADAPTER, raw, (), mistakes, file)
    if found is None:
        raise MistakesError(mistakes)
    given = {"replicas": replicas, "seed": seed}
    found = found.model_copy(
        update={key: value for key, value in given.items() if value is not None}
    )
    for mistake in check(found):
        where = f"{file}: {mistake.where}" if file else mistake.where
        mistakes.append(Mistake(where, mistake.message))
    if mistakes:
        raise MistakesError(mistakes)
    return _scenario(found)


def _scenario(file: ScenarioFile) -> Scenario:
    price = file.node_price
    return Scenario(
        scene=_scene(file),
        crowd=_crowd(file),
        replicas=file.replicas,
        seed=file.seed,
        seats_per_node=fitting(room_of(file), seat_of(file)),
        micro_usd_per_hour=None if price is None else ceil(price * _MICROS),
    )


def _scene(file: ScenarioFile) -> Scene:
    lost = file.lose
    return Scene(
        seat=seat_of(file),
        room=room_of(file),
        warm_nodes=file.warm_nodes,
        max_nodes=most_nodes(file),
        warm_age=file.warm_nodes_age,
        lead=file.lead,
        minimum_until=file.minimum_until,
        users_before=file.users_before,
        placeholders=placeholders_of(file),
        spreads=file.scheduler == "spreading",
        hub=HubRules(
            spawn_limit=file.spawn_limit,
            start_timeout=file.start_timeout,
            failure_limit=file.failure_limit,
        ),
        scan=file.autoscaler.scan,
        scheduler_rate=file.scheduler_rate,
        node_ready=always(0) if file.node_ready is None else file.node_ready.duration(),
        image_pull=file.image_pull.duration(),
        images=file.images,
        pre_puller=file.pre_puller,
        pod_start=file.pod_start,
        scale_down=file.scale_down,
        reclaim_hours=file.reclaim_hours,
        lost_nodes=0 if lost is None else lost.nodes,
        lost_at=0 if lost is None else lost.at,
        wait_limit=file.wait_limit,
    )


def _crowd(file: ScenarioFile) -> Crowd:
    stay, pause = file.stay, file.pause
    return Crowd(
        users=users_of(file),
        shape=_shape(file),
        show_up_permille=file.show_up,
        stay=None
        if stay is None
        else Stay(
            seconds=stay.length,
            until_end=stay.until_end,
            logs_out_permille=stay.logs_out,
            cull=stay.cull_timeout,
            spread_percent=round(stay.spread / 10),
        ),
        pause=None
        if pause is None
        else Break(at=pause.at, lasts=pause.lasts, permille=pause.share),
    )


def _shape(file: ScenarioFile) -> Uniform | Bell | Poisson | Recorded | Cohorts:
    if file.arrivals is None:
        parts = file.cohorts or ()
        return Cohorts(
            tuple(Cohort(part.users, _spread(part.arrivals), part.after) for part in parts)
        )
    if file.arrivals.times is not None:
        return Recorded(tuple(sorted(file.arrivals.times)))
    return _spread(file.arrivals)


def _spread(arrivals: SpreadArrivalsConfig) -> Uniform | Bell | Poisson:
    if arrivals.rate is not None:
        return Poisson(users=arrivals.rate.users, every=arrivals.rate.every)
    within = arrivals.within or 0
    return Bell(within) if arrivals.shape == "bell" else Uniform(within)
