"""One JupyterHub with all that a cluster may make for it: database, buckets, nightly look."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pulumi.runtime.proto.resource_pb2 import RegisterResourceRequest

from preview.monitor import RecordingMonitor

Made = dict[str, RegisterResourceRequest]
Raw = Callable[[RegisterResourceRequest], dict[str, Any]]

PROGRAM = """
from datetime import UTC, datetime
from pathlib import Path

import pulumi
import pulumi_random as random
from components.hub import JupyterHub, JupyterHubArgs
from components.interface import ClassVolume, Database, HubParts, NfsVolume
from hubs.deployment import deployment
from hubs.files import stack_config
from hubs.stack import load_stack

root = Path({root!r})
config = stack_config(root / "Pulumi.full-gke.yaml")
stack = load_stack("full-gke", config.own, root / "hubs", secrets=config.secrets)
[hub, _] = deployment(stack, (), datetime(2027, 1, 1, tzinfo=UTC)).hubs
database = Database(
    host="10.0.0.5", port=5432, name="hub", user="owner", password=pulumi.Output.secret("hunter2")
)
parts = HubParts(
    volumes={{"home": {volume}}},
    database=database,
    identity={{"iam.gke.io/gcp-service-account": "users@example.iam.gserviceaccount.com"}},
    ready=[random.RandomId("first", byte_length=4)],
)
secrets = {{"githubSecret": pulumi.Output.secret("shh")}}
tokens = {{"prometheus": pulumi.Output.secret("a-token")}}
JupyterHub("full-gke", JupyterHubArgs(hub=hub, parts=parts, secrets=secrets, tokens=tokens))
"""
ON_A_SERVER = "NfsVolume(gib=10, server='192.0.2.1', path='/homes')"
ON_A_CLASS = "ClassVolume(gib=10, storage_class='nfs')"
SIGNATURE = "4dabf18193072939515e22adb298388d"


@pytest.fixture
def made(root: Path, ran: Callable[[str], RecordingMonitor]) -> Callable[[str], Made]:
    """Return the requests for a hub of the full stack, whose homes are in a volume."""

    def found(volume: str) -> Made:
        text = PROGRAM.format(root=str(root), volume=volume)
        return {f"{it.type} {it.name}": it for _, it in ran(text).requests}

    return found


def test_a_hub_reads_its_database_from_a_secret_that_nobody_sees(
    made: Callable[[str], Made], raw: Raw
) -> None:
    found = raw(made(ON_A_SERVER)["kubernetes:core/v1:Secret full-gke-database"])

    content = found.pop("stringData")
    assert found == {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": {"name": "database", "namespace": "full-gke"},
    }
    # A secret in it makes the whole a secret.
    told = {
        "PGHOST": "10.0.0.5",
        "PGPORT": "5432",
        "PGUSER": "owner",
        "PGPASSWORD": "hunter2",
        "PGDATABASE": "hub",
    }
    assert content[SIGNATURE] == "1b47061264138c4ac30d75fd1eb44270"
    assert content["value"] == told


def test_no_secret_is_among_the_values_of_a_release(made: Callable[[str], Made], raw: Raw) -> None:
    release = raw(made(ON_A_SERVER)["kubernetes:helm.sh/v3:Release full-gke"])

    assert SIGNATURE not in str(release["values"])
    assert "hunter2" not in str(release)
    assert "shh" not in str(release)
    assert "a-token" not in str(release)


def test_users_have_an_account_that_their_buckets_know_and_no_token(
    made: Callable[[str], Made], raw: Raw
) -> None:
    assert raw(made(ON_A_SERVER)["kubernetes:core/v1:ServiceAccount full-gke-users"]) == {
        "apiVersion": "v1",
        "kind": "ServiceAccount",
        "metadata": {
            "name": "users",
            "namespace": "full-gke",
            "annotations": {
                "iam.gke.io/gcp-service-account": "users@example.iam.gserviceaccount.com"
            },
        },
        "automountServiceAccountToken": False,
    }


def test_a_release_waits_for_what_the_cluster_has_made_for_it(
    made: Callable[[str], Made],
) -> None:
    found = made(ON_A_SERVER)

    release = found["kubernetes:helm.sh/v3:Release full-gke"]
    needed = {urn.rsplit("$", 1)[-1].rsplit("::", 1)[1] for urn in release.dependencies}
    assert needed == {
        "first",
        "full-gke-home",
        "full-gke-sign-in",
        "full-gke-services",
        "full-gke-database",
        "full-gke-users",
    }


def test_the_nightly_job_comes_after_the_hub_that_it_asks(made: Callable[[str], Made]) -> None:
    found = made(ON_A_SERVER)

    job = found["kubernetes:batch/v1:CronJob full-gke-nightly-cull"]
    [release] = job.dependencies
    assert release.endswith("kubernetes:helm.sh/v3:Release::full-gke")


@pytest.mark.parametrize(("volume", "behind"), [(ON_A_SERVER, ["full-gke-home"]), (ON_A_CLASS, [])])
def test_volumes_go_after_the_namespace_that_takes_their_claims_along(
    volume: str, behind: list[str], made: Callable[[str], Made]
) -> None:
    found = made(volume)
    namespace = found["kubernetes:core/v1:Namespace full-gke"]
    volumes = {key: it for key, it in found.items() if "core/v1:PersistentVolume " in key}

    assert [urn.rpartition("::")[2] for urn in namespace.dependencies] == behind
    assert [it.name for it in volumes.values()] == behind
    assert [urn for it in volumes.values() for urn in it.dependencies] == []


@pytest.mark.parametrize(("volume", "kept"), [(ON_A_SERVER, False), (ON_A_CLASS, True)])
def test_a_namespace_stays_where_its_claims_hold_the_homes(
    volume: str, *, kept: bool, made: Callable[[str], Made]
) -> None:
    namespace = made(volume)["kubernetes:core/v1:Namespace full-gke"]

    assert (namespace.protect, namespace.retainOnDelete) == (kept, kept)
