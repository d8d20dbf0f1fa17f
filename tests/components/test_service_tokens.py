"""Tokens of a hub's services: one each, secret on the wire, and where they are needed."""

from collections.abc import Callable
from typing import Any

import pytest
from pulumi.runtime.proto.resource_pb2 import RegisterResourceRequest

from preview.monitor import RecordingMonitor
from tests.components.watched_monitoring import SHOWN, made, sent, watched

Raw = dict[str, Any]
Wire = Callable[[RegisterResourceRequest], Raw]
Requests = Callable[[str, str], dict[str, RegisterResourceRequest]]
Ran = Callable[[str], RecordingMonitor]
Tell = Callable[[dict[str, Raw]], None]

SIGNATURE, SECRET = "4dabf18193072939515e22adb298388d", "1b47061264138c4ac30d75fd1eb44270"
RELEASE = "kubernetes:helm.sh/v3:Release"
PASSWORD = "random:index/randomPassword:RandomPassword"  # noqa: S105 - a type


def test_every_hub_has_a_token_of_its_own_and_one_of_them_another_for_grafana(
    ran: Ran,
) -> None:
    found = made(ran(watched(["lab", "course"], **SHOWN)))

    assert {key: it for key, it in found.items() if key.startswith(PASSWORD)} == {
        f"{PASSWORD} lab-prometheus-token": {"length": 64, "special": False},
        f"{PASSWORD} lab-grafana-token": {"length": 64, "special": False},
        f"{PASSWORD} course-prometheus-token": {"length": 64, "special": False},
        f"{PASSWORD} monitoring-grafana-admin": {"length": 32, "special": False},
        f"{PASSWORD} monitoring-grafana-key": {"length": 32, "special": False},
    }
    assert found["kubernetes:core/v1:ConfigMap told"]["data"] == {
        "tokens": "{'lab': ['grafana', 'prometheus'], 'course': ['prometheus']}",
        "namespace": "monitoring",
    }


def test_the_password_of_grafanas_admin_is_known_to_the_program(
    ran: Ran, cloud_tells: Tell
) -> None:
    cloud_tells({PASSWORD: {"result": "told"}})
    monitor = ran(watched())

    told = [dict(outputs).get("password") for outputs in monitor.outputs.values()]
    assert [it for it in told if it is not None] == ["told"]


@pytest.mark.parametrize(
    ("logical", "name", "namespace"),
    [
        ("monitoring-hub-tokens", "hub-tokens", "monitoring"),
        ("monitoring-grafana-access", "grafana-access", "monitoring"),
        ("lab-services", "services", "lab"),
    ],
)
def test_a_token_is_a_secret_on_the_wire(
    ran: Ran, raw: Wire, logical: str, name: str, namespace: str
) -> None:
    request = sent(ran(watched(**SHOWN)))[f"kubernetes:core/v1:Secret {logical}"]
    found = raw(request)

    assert found["metadata"] == {"name": name, "namespace": namespace}
    assert found["stringData"][SIGNATURE] == SECRET


@pytest.mark.parametrize(
    ("logical", "keys"),
    [
        ("monitoring-hub-tokens", {"lab", "course"}),
        (
            "monitoring-grafana-access",
            {"admin-user", "admin-password", "secret-key", "client-secret"},
        ),
        ("lab-services", {"prometheus", "grafana"}),
        ("course-services", {"prometheus"}),
    ],
)
def test_a_secret_holds_what_its_reader_needs_and_no_more(
    ran: Ran, cloud_tells: Tell, raw: Wire, logical: str, keys: set[str]
) -> None:
    cloud_tells({PASSWORD: {"result": "told"}})
    request = sent(ran(watched(["lab", "course"], **SHOWN)))[f"kubernetes:core/v1:Secret {logical}"]

    told = dict.fromkeys(keys, "told") | ({"admin-user": "admin"} if "admin-user" in keys else {})
    assert raw(request)["stringData"]["value"] == told


def test_without_sign_in_grafana_knows_no_secret_of_a_hub(
    ran: Ran, cloud_tells: Tell, raw: Wire
) -> None:
    cloud_tells({PASSWORD: {"result": "told"}})
    found = raw(sent(ran(watched()))["kubernetes:core/v1:Secret monitoring-grafana-access"])

    told = sorted(found["stringData"]["value"])
    assert told == ["admin-password", "admin-user", "secret-key"]


def test_a_hub_starts_once_it_can_read_the_tokens_of_its_services(requests: Requests) -> None:
    release = requests("workshop", "quiet")[f"{RELEASE} workshop"]

    names = {urn.rsplit("$", 1)[-1].replace("::", " ") for urn in release.dependencies}
    assert "kubernetes:core/v1:Secret workshop-services" in names
