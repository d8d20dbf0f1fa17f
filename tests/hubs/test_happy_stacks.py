"""Every `tests/stacks/*.happy.yaml` loads, and holds what it says."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from capacity.crowds import Bell, Cohort, Cohorts, Poisson, Recorded, Uniform
from capacity.needs import Held
from capacity.packing import Seat
from events.lead import Lead
from hubs.active import PlannedEvent
from hubs.files import stack_config
from hubs.freeze_config import EmergencyConfig, FreezeConfig
from hubs.stack import Stack, secret_keys

STACKS = Path(__file__).parents[1] / "stacks"
CASES = (
    "arrivals-of-every-kind",
    "calendar-shared",
    "data-on-eks",
    "frozen-and-lifted",
    "github-with-secret",
    "hour-shown-twice",
    "no-events",
    "numbers-of-ones-own",
    "offsets-on-eks",
    "sold-nodes",
)

Load = Callable[[Path], tuple[Stack, tuple[PlannedEvent, ...]]]


def happy(case: str) -> Path:
    """Return the file of a case."""
    return STACKS / f"{case}.happy.yaml"


def sessions_utc(event: PlannedEvent) -> list[tuple[str, str]]:
    """Return the sessions of an event as instants."""
    return [
        (
            f"{one.starts.astimezone(UTC):%Y-%m-%dT%H:%M}",
            f"{one.ends.astimezone(UTC):%Y-%m-%dT%H:%M}",
        )
        for one in event.schedule.sessions
    ]


def test_every_happy_file_is_looked_at_here() -> None:
    assert tuple(path.name.split(".")[0] for path in sorted(STACKS.glob("*.happy.yaml"))) == CASES


@pytest.mark.parametrize("case", CASES)
def test_a_happy_file_names_its_schema(case: str) -> None:
    assert happy(case).read_text("utf-8").splitlines()[0] == (
        "# yaml-language-server: $schema=../../hubs/schemas/stack.schema.json"
    )


def test_a_hub_of_github_refers_to_its_secret_by_a_key(load_case: Load) -> None:
    stack, (event,) = load_case(happy("github-with-secret"))
    (hub,) = stack.hubs

    assert hub.model_dump(exclude_unset=True) == {
        "name": "github-with-secret",
        "image": {
            "name": "quay.io/jupyter/minimal-notebook",
            "tag": "2026-11-02",
            "size": 2**30,
        },
        "sign_in": {
            "kind": "github",
            "client_id": "Ov23li0000000000000a",
            "client_secret": {"secret": "githubSecret"},
            "organizations": ("school", "department"),
            "admins": ("teacher",),
        },
        "address": {"host": "hub.example.org", "contact": "teacher@example.org"},
        "pool": {"machine_type": "n2-highmem-4", "max_nodes": 4},
        "profiles": {"halvings": 2},
    }
    assert secret_keys(stack.cluster, list(stack.hubs)) == ["githubSecret"]
    assert event.config.seat.model_dump() == {
        "memory": 4 * 2**30,
        "cpu": 500,
        "memory_limit": None,
        "cpu_limit": 2000,
    }
    assert sessions_utc(event) == [("2027-03-01T15:00", "2027-03-01T23:00")]


def test_an_encrypted_value_is_never_held() -> None:
    config = stack_config(happy("github-with-secret"))

    assert config.own["githubSecret"] == "[secret]"
    assert list(config.own) == ["cluster", "githubSecret", "hubs", "events"]
    assert config.other == {"gcp:project": "example-project"}
    assert config.secrets == frozenset({"githubSecret"})


def test_nodes_declared_as_sold_lose_the_kernels_share_and_daemonsets(load_case: Load) -> None:
    stack, (event,) = load_case(happy("sold-nodes"))

    assert stack.cluster.model_dump(exclude_unset=True) == {
        "provider": "existing",
        "context": "campus",
        "kubeconfig": {"secret": "campusKubeconfig"},
        "nodes": {
            "count": 3,
            "sold": {"memory": 16 * 2**30, "cpu": 4000, "pods": 60},
            "labels": {"pool": "users"},
        },
        "homes": {"storage_class": "nfs-client", "capacity": 200 * 2**30},
    }
    # 14.68 GiB: 16 GiB less the kernel's share, 100 MiB of eviction, 80 MiB and 60m of our
    # DaemonSets, and 2 %.
    assert event.plan.node.memory == 15_619_061_962
    assert (event.plan.node.cpu, event.plan.node.pods) == (3861, 58)
    assert (event.plan.chosen.seats.seats, event.plan.chosen.nodes) == (7, 3)


def test_sessions_repeat_until_an_unquoted_date(load_case: Load) -> None:
    _, (event,) = load_case(happy("sold-nodes"))

    assert sessions_utc(event) == [
        ("2027-02-01T14:00", "2027-02-01T16:00"),
        ("2027-02-08T14:00", "2027-02-08T16:00"),
        ("2027-02-15T14:00", "2027-02-15T16:00"),
    ]


def test_a_time_with_an_offset_is_that_instant_and_sessions_are_in_order(load_case: Load) -> None:
    _, (event,) = load_case(happy("offsets-on-eks"))

    assert sessions_utc(event) == [
        ("2027-11-08T08:00", "2027-11-08T11:00"),
        ("2027-11-08T18:00", "2027-11-08T20:00"),
    ]
    assert [session.cohort for session in event.config.sessions] == [None, "Europe"]
    assert (event.config.seat.memory, event.config.seat.cpu) == (7 * 2**30, 1750)


def test_a_session_may_last_from_the_first_half_past_one_to_the_second(load_case: Load) -> None:
    _, (event,) = load_case(happy("hour-shown-twice"))

    assert sessions_utc(event) == [("2027-11-07T08:30", "2027-11-07T09:30")]


def test_an_event_says_what_its_users_move_and_a_cluster_how_fast(load_case: Load) -> None:
    stack, (event,) = load_case(happy("data-on-eks"))

    assert stack.cluster.provider == "eks"
    assert stack.cluster.homes.model_dump(exclude_unset=True) == {
        "throughput_mode": "provisioned",
        "throughput": 300,
    }
    assert event.config.storage
    assert event.config.storage.model_dump() == {
        "shared_read_per_user": 5 * 2**30,
        "home_write_per_user": 2**29,
        "scratch_per_user": 10 * 2**30,
        "within": 3600,
    }


def test_events_have_their_sessions_from_a_shared_calendar(load_case: Load) -> None:
    _, (labs, demo) = load_case(happy("calendar-shared"))

    # Every Monday at ten, whatever the clocks do on 28 March; not on the 29th, and in the week
    # after on Wednesday afternoon.
    assert sessions_utc(labs) == [
        ("2027-03-15T09:00", "2027-03-15T11:00"),
        ("2027-03-22T09:00", "2027-03-22T11:00"),
        ("2027-04-07T12:00", "2027-04-07T14:00"),
        ("2027-04-12T08:00", "2027-04-12T10:00"),
    ]
    assert [one.users for one in labs.schedule.sessions] == [12] * 4
    assert [one.model_dump(exclude_unset=True) for one in demo.config.sessions] == [
        {"starts": "2027-05-03", "ends": "2027-05-04", "cohort": "visitors"}
    ]


def test_arrivals_of_every_kind_are_held_as_their_curve(load_case: Load) -> None:
    _, events = load_case(happy("arrivals-of-every-kind"))

    assert {event.config.name: event.need.arrive for event in events} == {
        "evenly": Uniform(300),
        "early": Bell(300),
        "at-a-rate": Poisson(6, 300),
        "as-recorded": Recorded((0.0, 20.5, 31.0, 40.0, 150.0, 300.0)),
        "as-counted": Recorded((15.0, 30.0, 45.0, 60.0, 270.0, 300.0)),
        "in-cohorts": Cohorts((Cohort(4, Uniform(60)), Cohort(2, Uniform(60), 240))),
    }
    assert [event.need.within for event in events] == [300] * 6
    assert [event.need.show_up_permille for event in events] == [800] + [1000] * 5
    # Twenty-one seats are there for six users.
    assert [event.plan.proof.waiting_share.mean for event in events] == [0.0] * 6


def test_a_stack_without_events_has_a_hub_and_nothing_planned(load_case: Load) -> None:
    stack, events = load_case(happy("no-events"))

    assert (stack.name, [hub.name for hub in stack.hubs]) == ("no-events", ["workshop"])
    assert (stack.events, events) == ((), ())


def test_a_freeze_is_kept_as_it_is_written(load_case: Load) -> None:
    _, (event,) = load_case(happy("frozen-and-lifted"))

    assert event.config.freeze == FreezeConfig(
        since="2027-01-28T15:00",
        environment={"chart": "0123456789abcdef", "image": "1234567890123456"},
        emergency=EmergencyConfig(by="Ada", reason="the notebook does not start"),
    )


def test_every_derived_number_may_be_said_instead(load_case: Load) -> None:
    stack, (event,) = load_case(happy("numbers-of-ones-own"))

    assert stack.cluster.model_dump(exclude_unset=True) == {
        "provider": "gke",
        "authorized_networks": ("198.51.100.0/24",),
        "node_ready": 240,
        "schedule_slack": 300,
        "project": "example-project",
        "region": "us-central1",
        "zones": ("us-central1-b",),
        "release_channel": "STABLE",
        "deletion_protection": False,
        "core_pool": {"machine_type": "n2-highmem-2", "max_nodes": 3},
        "homes": {"tier": "BASIC_HDD", "capacity": 1536 * 2**30},
    }
    assert event.lead == Lead(node_ready=360, image_pull=256, slack=300)
    assert event.schedule.drain == timedelta(minutes=30)
    assert event.plan.node.name == "n2-highmem-4"
    assert (event.plan.warm_nodes, event.plan.max_nodes) == (3, 9)
    assert event.plan.placeholders == Held(
        replicas=6, pod=Seat(memory=8 * 2**30, cpu=1600), seats=4
    )
    assert event.schedule.windows[0].starts == datetime(2026, 12, 7, 13, 44, tzinfo=UTC)
