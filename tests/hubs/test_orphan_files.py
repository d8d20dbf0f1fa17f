"""A state and a listing as files have them, and every mistake in them."""

import json
from typing import Any

import pytest

from hubs.cloud_names import named
from hubs.mistakes import MistakesError
from hubs.orphan_files import parse_listing, parse_state
from hubs.orphans import State, Thing

PLACE = {"project": "my-project", "region": "us-west-2"}
VPC = "arn:aws:ec2:us-west-2:1:vpc/vpc-1"
ASKED = 'write a list of objects such as {"type": ..., "id": ..., "tags": {...}}'
EXPORTED = "write what `pulumi stack export` prints"


def test_a_state_is_known_by_urns_ids_and_arns() -> None:
    exported = {
        "version": 4,
        "features": ["hooks"],
        "deployment": {
            "resources": [
                {"urn": "urn:stack", "type": "pulumi:pulumi:Stack"},
                {
                    "urn": "urn:vpc",
                    "type": "aws:ec2/vpc:Vpc",
                    "id": "vpc-1",
                    "outputs": {"arn": VPC, "selfLink": 1, "roleArn": "arn:aws:iam::1:role/x"},
                },
                {
                    "urn": "urn:network",
                    "type": "gcp:compute/network:Network",
                    "id": "projects/p/global/networks/lab",
                    "outputs": {"selfLink": "https://x/compute/v1/projects/p/global/networks/lab"},
                    # Not gone yet.
                    "delete": True,
                },
            ]
        },
    }

    assert parse_state(exported, "--state") == State(
        urns=frozenset({"urn:stack", "urn:vpc", "urn:network"}),
        ids=frozenset(
            {
                ("aws:ec2/vpc:Vpc", "vpc-1"),
                ("gcp:compute/network:Network", "projects/-/global/networks/lab"),
            }
        ),
        names=frozenset({VPC, "projects/-/global/networks/lab"}),
    )


def test_a_new_stack_has_an_empty_state() -> None:
    assert parse_state({"version": 3, "deployment": {"manifest": {}}}, "--state") == State()


@pytest.mark.parametrize(
    "raw",
    [[], {}]
    + [{"deployment": it} for it in (None, [], {"resources": 1}, {"resources": ["urn:x"]})],
)
def test_what_is_no_state_is_refused(raw: object) -> None:
    with pytest.raises(MistakesError) as caught:
        parse_state(raw, "--state")
    assert str(caught.value) == f"--state: found no resources of a deployment; {EXPORTED}"


def test_our_own_form_takes_ids_arns_and_full_names() -> None:
    name = "//storage.googleapis.com/lab-data"
    raw = [
        {"type": "aws:ec2/vpc:Vpc", "id": "vpc-1", "tags": {"readyroom-stack": "lab", "n": 1}},
        {"type": "ec2:vpc", "id": VPC, "since": "2026-11-21"},
        {"type": "storage.googleapis.com/Bucket", "id": name, "tags": {}, "since": None},
    ]

    assert parse_listing(raw, "list.json", PLACE) == [
        Thing(
            named=named("aws:ec2/vpc:Vpc", "vpc-1", PLACE),
            listed="vpc-1",
            tags={"readyroom-stack": "lab", "n": "1"},
        ),
        Thing(named=named("", VPC, PLACE), listed=VPC, tags={}, since="2026-11-21"),
        Thing(named=named("", name, PLACE), listed=name, tags={}),
    ]


def test_rows_of_a_simulated_cloud_have_their_tags_in_inputs_and_outputs() -> None:
    def row(type_: str, id_: str, inputs: object, outputs: object) -> dict[str, Any]:
        return {
            "scope": "",
            "type": type_,
            "id": id_,
            "name": "x",
            "urn": "urn:x",
            "seq": 1,
            "inputs": json.dumps(inputs),
            "outputs": json.dumps(outputs),
        }

    raw = [
        row(
            "gcp:container/nodePool:NodePool",
            "projects/p/locations/l/clusters/c/nodePools/n",
            {"nodeConfig": {"resourceLabels": {"a": "1"}}},
            {"effectiveLabels": {"b": "2"}},
        ),
        row("aws:ec2/vpc:Vpc", "vpc-1", {"tags": {"c": "3"}}, {"tagsAll": {"c": "3", "d": "4"}}),
        row("gcp:container/cluster:Cluster", "c", {"resourceLabels": {"e": "5"}, "tags": 1}, {}),
        row("kubernetes:core/v1:Namespace", "lab", {"metadata": {"labels": {"f": "6"}}}, {}),
    ]

    found = parse_listing(raw, "list.json", PLACE)
    assert [dict(it.tags) for it in found] == [
        {"a": "1", "b": "2"},
        {"c": "3", "d": "4"},
        {"e": "5"},
        {},
    ]
    assert [it.named.id for it in found][:2] == [
        "projects/p/locations/l/clusters/c/nodePools/n",
        "vpc-1",
    ]


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ({"type": "x"}, [f"list.json: found {{'type': 'x'}}; {ASKED}"]),
        (["x" * 50], [f"list.json[0]: found '{'x' * 36}...; {ASKED}"]),
        (
            [{"type": "aws:ec2/vpc:Vpc", "id": "vpc-1"}, {"id": 5, "tags": [], "since": 1}],
            [
                "list.json[1].id: found 5; write text",
                "list.json[1].since: found 1; write text",
                "list.json[1].tags: found []; write a mapping of text",
                "list.json[1].type: found None; write text",
            ],
        ),
        (
            [{"type": "x", "id": "y", "inputs": "{", "outputs": "[]"}],
            [
                "list.json[0].inputs: found '{'; write an object as JSON",
                "list.json[0].outputs: found '[]'; write an object as JSON",
            ],
        ),
    ],
)
def test_every_mistake_is_told_at_once(raw: object, told: list[str]) -> None:
    with pytest.raises(MistakesError) as caught:
        parse_listing(raw, "list.json", PLACE)
    assert str(caught.value).splitlines() == told
