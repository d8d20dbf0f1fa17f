"""`readyroom orphans`: exit code 0 without any, 1 with some, 2 for bad input."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from hubs.cloud_names import named
from hubs.orphans import Thing
from live.asked import UnreachableError

Invoke = Callable[..., Result]
Command = Callable[..., tuple[object, str, str]]
Write = Callable[[str, object], str]

PROVIDER = "urn:pulumi:workshop::readyroom::pulumi:providers:gcp::workshop-gcp"
COMPONENT = "urn:pulumi:workshop::readyroom::readyroom:gke:GkeCluster::workshop"
CLUSTER = "projects/my-project/locations/us-central1/clusters/readyroom-workshop"
OURS = {"readyroom-stack": "workshop"}
ROW = {"type": "gcp:container/cluster:Cluster", "id": CLUSTER, "tags": OURS}
HELD = {"deployment": {"resources": [{"urn": "urn:x", "type": ROW["type"], "id": CLUSTER}]}}
EMPTY: dict[str, Any] = {"deployment": {}}


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Write a file as JSON, or as it is, and return its path."""
    monkeypatch.setenv("GOOGLE_PROJECT", "my-project")

    def written(name: str, content: object) -> str:
        text = content if isinstance(content, str) else json.dumps(content)
        (tmp_path / name).write_text(text, "utf-8")
        return str(tmp_path / name)

    return written


def _files(write: Write, state: object, listing: object) -> list[str]:
    return ["--state", write("state.json", state), "--listing", write("list.json", listing)]


def test_nothing_beside_the_state_is_exit_code_0(invoke: Invoke, write: Write) -> None:
    result = invoke("orphans", "workshop", *_files(write, HELD, [ROW]))

    assert (result.exit_code, result.stdout) == (
        0,
        "0 orphans of workshop in us-central1 my-project; 1 in the state.\n",
    )


def test_a_wanted_orphan_is_shown_with_its_import(invoke: Invoke, write: Write) -> None:
    result = invoke("orphans", "workshop", "--at", "event", *_files(write, EMPTY, [ROW]))

    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert result.exit_code == 1
    assert lines[0] == "1 orphan of workshop in us-central1 my-project; 0 in the state."
    assert lines[2] == "type id since hub event to do"
    assert lines[3].startswith("gcp:container/cluster:Cluster projects/my-project/")
    assert lines[-3:] == [
        "Take into the state, then run up",
        f"# {CLUSTER}: the program has workshop-cluster, and the state does not",
        f"pulumi import gcp:container/cluster:Cluster workshop-cluster {CLUSTER} --stack workshop "
        f"--parent parent={COMPONENT} --provider provider={PROVIDER} --protect=false "
        "--generate-code=false",
    ]


def test_an_event_decides_whether_its_pool_is_wanted(invoke: Invoke, write: Write) -> None:
    pool = {
        "type": "gcp:container/nodePool:NodePool",
        "id": f"{CLUSTER}/nodePools/workshop-intro-n2-highmem-4",
        "tags": OURS | {"readyroom-hub": "workshop", "readyroom-event": "intro"},
    }

    def action(instant: str) -> tuple[str, str]:
        files = _files(write, HELD, [pool])
        result = invoke("orphans", "workshop", "--at", instant, "--json", *files)
        [row] = json.loads(result.stdout)["orphans"]
        assert (result.exit_code, row["event"]) == (1, "intro")
        return row["action"], row["because"]

    assert action("event")[0] == "import"
    assert action("2026-01-01T00:00") == ("delete", "no resource of the program")


def test_what_is_not_given_is_read(invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    vpc = "arn:aws:ec2:us-west-2:1:vpc/vpc-1"

    def export_state(stack: str, project: Path) -> dict[str, Any]:
        asked.append((stack, (project / "Pulumi.yaml").is_file()))
        return EMPTY

    def list_things(stack: str, cluster: Any, place: dict[str, str]) -> list[Thing]:  # noqa: ANN401 - of either cloud
        asked.append((stack, cluster.provider, place))
        tags = {"readyroom-stack": "icesat2"}
        return [Thing(named=named("", vpc, place), listed=vpc, tags=tags)]

    monkeypatch.setattr("live.orphans_state.export_state", export_state)
    monkeypatch.setattr("live.orphans.list_things", list_things)

    result = invoke("orphans", "icesat2", "--json")
    assert result.exit_code == 1
    assert [row["command"] for row in json.loads(result.stdout)["orphans"]] == [
        "aws ec2 delete-vpc --vpc-id vpc-1 --region us-west-2"
    ]
    assert asked == [("icesat2", True), ("icesat2", "eks", {"region": "us-west-2"})]


def test_a_cloud_that_does_not_answer_is_no_traceback(
    command: Command, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        told = "labelled resources cannot be listed on Google Cloud: no credentials"
        raise UnreachableError(told)

    monkeypatch.setattr("live.orphans.list_things", refuse)

    assert command("orphans", "workshop", "--state", write("state.json", EMPTY)) == (
        2,
        "",
        "labelled resources cannot be listed on Google Cloud: no credentials\n",
    )


def test_an_existing_cluster_owns_nothing_in_a_cloud(command: Command) -> None:
    assert command("orphans", "campus") == (
        2,
        "",
        "cluster.provider: is existing: this stack owns nothing in a cloud, and nothing there has "
        "its tags\n",
    )


def test_every_mistake_in_a_file_is_bad_input(command: Command, write: Write) -> None:
    state, listing = write("state.json", EMPTY), write("list.json", [{"id": 1}])
    broken, missing = write("broken.json", "{"), f"{listing}.missing"

    def told(*arguments: str) -> str:
        code, out, err = command("orphans", "workshop", *arguments)
        assert (code, out) == (2, "")
        return err

    assert told("--state", state, "--listing", listing) == (
        "list.json[0].id: found 1; write text\nlist.json[0].type: found None; write text\n"
    )
    assert (
        told("--state", missing) == f"--state: cannot read {missing}: No such file or directory\n"
    )
    assert told("--state", broken).startswith(f"--state: {broken} is no JSON: Expecting property")
    assert told("--state", listing) == (
        f"{listing}: found no resources of a deployment; write what `pulumi stack export` prints\n"
    )
