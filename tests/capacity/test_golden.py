"""Numbers that others published or measured, reproduced; each test names its source."""

from fractions import Fraction
from math import floor

import pytest

from capacity.allocatable import Allocatable
from capacity.choices import Choice, halving, share
from capacity.crowds import Poisson
from capacity.figures import rate_rule
from capacity.machine_choice import fixed, offer_of
from capacity.machines import find
from capacity.needs import Need, Offer, Overrides
from capacity.nodes import Node, declared_node, less_slack, sold_node
from capacity.packing import Seat, SeatsPerNode, nodes_forced, per_node, seats_per_node
from capacity.plan import make_plan
from capacity.quantities import GIB, ceil_div, memory_bytes

GUIDE_SEAT = Seat(memory=memory_bytes("3.4Gi"), cpu=400)


def test_the_exam_guides_eighth_of_a_node() -> None:
    # Source: 2i2c-org/infrastructure, exam guide of 2023: measured in 235c51364, documented
    # in 6f94462d7. CPU is 0.435625 there, a float; whole millicpu are rounded down here.
    node = declared_node("n2-highmem-4", Allocatable(memory=29_298_290_688, cpu=3_485, pods=110))
    eighth = Choice(memory=3_662_286_336, cpu=435, cpu_limit=3_485, per_node=8)
    assert halving(node, 4)[0] == eighth
    assert share(node, 8) == eighth
    assert Fraction(3_485, 8) / 1_000 == Fraction("0.435625")


@pytest.mark.parametrize(
    ("rank", "memory", "cpu"),
    [
        (0, 3_548_507_348, "0.422625"),
        (1, 7_097_014_697, "0.84525"),
        (2, 14_194_029_394, "1.6905"),
        (3, 28_388_058_789, "3.381"),
    ],
)
def test_the_generators_four_sizes_of_an_n2_highmem_4(rank: int, memory: int, cpu: str) -> None:
    # Source: 2i2c-org/infrastructure generate_choices.py and node-capacity-info.json
    # @9ad7cd0fc: 28967406928 B and 3.45 CPU available, 2 % slack, CPU as floats.
    left, millis = less_slack(28_967_406_928, 3_450)
    node = declared_node("n2-highmem-4", Allocatable(memory=left, cpu=millis, pods=110))
    assert halving(node, 4)[rank] == Choice(
        memory=memory, cpu=floor(Fraction(cpu) * 1_000), cpu_limit=3_381, per_node=2 ** (3 - rank)
    )


@pytest.mark.parametrize(("users", "permille"), [(21, 0), (22, 46)])
def test_the_demo_seats_21_users_on_three_nodes(users: int, permille: int) -> None:
    # Source: Zero to JupyterHub demo notes: 3 nodes that leave 14 GiB, 2 GiB a user. The
    # twenty-second finds no seat: 1 of 22, in thousandths rounded up.
    need = Need(
        users=users,
        seat=Seat(memory=2 * GIB, cpu=100),
        within=600,
        every_seat_warm=False,
        waiting_permille=300,
        wait_limit=60,
        node_ready=600,
        image_pull=256,
    )
    node = declared_node("demo", Allocatable(memory=14 * GIB, cpu=4_000, pods=110))
    plan = make_plan(need, [fixed(need, Offer(node=node, count=3))], Overrides())
    assert (plan.warm_nodes, plan.warm_seats, plan.max_nodes) == (3, 21, 3)
    assert plan.proof.waiting_permille == permille


def test_the_rate_rule_is_shown_beside_what_the_plan_needs() -> None:
    # Source: 2i2c-org/infrastructure docs/topic/infrastructure/user-placeholders.md: 60
    # users in 3 minutes and nodes in 10 minutes want 200 seats.
    need = Need(
        users=240,
        seat=GUIDE_SEAT,
        within=720,
        every_seat_warm=False,
        waiting_permille=300,
        wait_limit=60,
        node_ready=600,
        image_pull=256,
        arrive=Poisson(60, 180),
    )
    plan = make_plan(need, [fixed(need, offer_of("n2-highmem-4", "us-central1"))], Overrides())
    shown = {figure.name: figure.value for figure in plan.figures}

    assert rate_rule(need) == 200
    assert {name: shown[name] for name in PUBLISHED} == PUBLISHED
    # No node that is asked for as the first comes is ready before the last: 72 of 240 wait.
    assert (plan.warm_nodes * 7, plan.proof.waiting_permille) == (168, 300)


PUBLISHED = {
    "machineType": "n2-highmem-4",
    "node": 28_310_651_944,
    "seat": 3_650_722_202,
    "seatsPerNode": 7,
    "nodes": 35,
    "warmSeats": 168,
    "rateRule": 200,
    "warmNodes": 24,
    "maxNodes": 35,
    "spawnLimit": 240,
    "startTimeout": 1_284,
}


def test_icesat_2_had_four_to_a_node_and_twenty_nodes() -> None:
    # Source: ICESat-2 hackweek notes of 2020: 80 users, 7 GiB and 1.75 CPU, m5.2xlarge.
    node = sold_node(find("m5.2xlarge"))
    found = seats_per_node(node, Seat(memory=7 * GIB, cpu=1_750))
    assert found == SeatsPerNode(seats=4, by_memory=4, by_cpu=4, by_pods=51, limited_by="memory")
    assert ceil_div(80, found.seats) == 20


@pytest.mark.parametrize("memory", [GUIDE_SEAT.memory, 3_662_286_336])
def test_the_guides_eight_of_an_n2_highmem_4_are_seven_today(memory: int) -> None:
    # Source: 2i2c-org/infrastructure exam guide (`mem_3_4`, 6f94462d7) against the node
    # measured in 0e54e8af1 and the overheads of @9ad7cd0fc.
    found = seats_per_node(sold_node(find("n2-highmem-4")), Seat(memory=memory, cpu=400))
    assert found == SeatsPerNode(seats=7, by_memory=7, by_cpu=8, by_pods=83, limited_by="memory")


@pytest.mark.parametrize(
    ("node", "gigabytes", "fit", "forced"),
    [
        # As reported: about 48 GB each on nodes of about 200 GB.
        (declared_node("200G", Allocatable(memory=200 * 10**9, cpu=24_000, pods=110)), 48, 4, 1),
        # On a type sold with 192 GiB, what DaemonSets and slack leave.
        (sold_node(find("n2-standard-48")), 48 * GIB / 10**9, 3, 2),
    ],
    ids=["200 GB", "192 GiB sold"],
)
def test_placeholders_meant_as_a_node_each_share_bigger_nodes(
    node: Node, gigabytes: float, fit: int, forced: int
) -> None:
    # Source: berkeley-dsep-infra/datahub#3935 (2022-11): no new nodes, then an outage.
    pod = Seat(memory=int(gigabytes * 10**9), cpu=0)
    assert per_node(node, pod) == fit
    assert nodes_forced(node, pod, 4) == forced


# ENIs of the type and IPv4 addresses of each.
@pytest.mark.parametrize(
    ("name", "enis", "addresses", "pods"),
    [
        ("m5.large", 3, 10, 29),
        ("r5.xlarge", 4, 15, 58),
        ("r5.2xlarge", 4, 15, 58),
        ("r5.4xlarge", 8, 30, 234),
    ],
)
def test_pod_slots_on_eks_come_from_enis(name: str, enis: int, addresses: int, pods: int) -> None:
    # Source: awslabs/amazon-eks-ami eni_max_pods.go and instance-info.jsonl @81fec2e8. A node
    # met its pod slots at under 20 % CPU in 2i2c-org/infrastructure#8956.
    assert find(name).pods == enis * (addresses - 1) + 2 == pods


def test_ucmerceds_64_users_on_an_r5_2xlarge_have_no_pod_slots() -> None:
    # Source: 2i2c-org/infrastructure, UC Merced's choices `r5.2xlarge:7`: seven halvings.
    node = sold_node(find("r5.2xlarge"))
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is compared
        halving(node, 7)
    assert str(caught.value) == ("64 per node asked; r5.2xlarge has 1 to 51 pod slots for users")
    found = seats_per_node(node, Seat(memory=node.memory // 64, cpu=node.cpu // 64))
    assert found == SeatsPerNode(
        seats=51, by_memory=64, by_cpu=64, by_pods=51, limited_by="pod slots"
    )
