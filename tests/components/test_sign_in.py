"""The Kubernetes Secret of a hub's sign-in is a secret on the wire, too."""

from collections.abc import Callable
from typing import Any

import pytest
from google.protobuf import json_format
from pulumi.runtime.proto.resource_pb2 import RegisterResourceRequest

from components.sign_in import SignInSecret
from preview.monitor import RecordingMonitor
from preview.resources import registered

Inputs = Callable[[str, str, str], dict[str, Any]]
Requests = Callable[[str, str], dict[str, RegisterResourceRequest]]
Raw = Callable[[RegisterResourceRequest], dict[str, Any]]

SIGNATURE = "4dabf18193072939515e22adb298388d"
SECRET = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 - a signature of the wire format
GENERATED = "random:index/randomPassword:RandomPassword"
PROGRAM = """
import pulumi
from components.sign_in import sign_in_secret
from hubs.hub import HubConfig

hub = HubConfig.model_validate({
    "name": "course",
    "image": {"name": "quay.io/one", "tag": "1", "size": "1Gi"},
    "signIn": SIGN_IN,
    "address": {"host": "hub.example.org", "contact": "a@example.org"},
    "profiles": {"halvings": 1},
})
secrets = {"aSecret": pulumi.Output.secret("s3cr3t")}
found = sign_in_secret(
    "course", hub, secrets, pulumi.ResourceOptions(), password_of="PASSWORD_OF"
)
pulumi.export("resources", len(found.resources))
pulumi.export("passwords", sorted(found.passwords))
"""
GITHUB = """{
    "kind": "github", "clientId": "id", "clientSecret": {"secret": "aSecret"},
    "organizations": ["example"], "admins": ["first"],
}"""
GOOGLE = """{
    "kind": "google", "clientId": "id", "clientSecret": {"secret": "aSecret"},
    "hostedDomains": ["example.edu"], "admins": ["first"],
}"""
CILOGON = """{
    "kind": "cilogon", "clientId": "id", "clientSecret": {"secret": "aSecret"},
    "providers": [{"id": "urn:mace:incommon:example.edu"}], "admins": ["first"],
}"""
OIDC = """{
    "kind": "oidc", "clientId": "id", "clientSecret": {"secret": "aSecret"},
    "authorizeUrl": "https://a.example.org", "tokenUrl": "https://b.example.org",
    "userdataUrl": "https://c.example.org", "allowedUsers": ["one"], "admins": ["first"],
}"""
SHARED = """{"kind": "sharedPassword", "admins": ["first"]}"""
LTI = """{
    "kind": "lti", "clientIds": ["1"], "issuer": "https://one.example.org",
    "authorizeUrl": "https://one.example.org/a", "jwksUrl": "https://one.example.org/j",
    "admins": ["first"],
}"""


def _outputs(monitor: RecordingMonitor) -> list[dict[str, Any]]:
    return [json_format.MessageToDict(outputs) for outputs in monitor.outputs.values()]


def test_passwords_are_generated_as_long_as_jupyterhub_wants_them(inputs: Inputs) -> None:
    # Source: jupyterhub/jupyterhub authenticators/shared.py, 5.5: 8 and 32.
    user = inputs("workshop", "quiet", f"{GENERATED} workshop-user-password")
    admin = inputs("workshop", "quiet", f"{GENERATED} workshop-admin-password")
    assert user == {"length": 12, "special": False, "keepers": {"event": ""}}
    assert admin == {"length": 32, "special": False, "keepers": {"event": ""}}


@pytest.mark.parametrize(("word", "event"), [("quiet", ""), ("event", "demo"), ("over", "")])
def test_an_event_has_passwords_of_its_own(word: str, event: str, inputs: Inputs) -> None:
    for who in ("user", "admin"):
        found = inputs("campus", word, f"{GENERATED} campus-{who}-password")
        assert found["keepers"] == {"event": event}


@pytest.mark.parametrize("stack", ["campus", "icesat2", "workshop"])
def test_the_secret_of_a_shared_password_is_named_plainly_and_its_content_is_not_shown(
    stack: str, inputs: Inputs
) -> None:
    assert inputs(stack, "quiet", f"kubernetes:core/v1:Secret {stack}-sign-in") == {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": {"name": "sign-in", "namespace": stack},
        "stringData": "[secret]",
    }


def test_generated_passwords_are_secret_on_the_wire(requests: Requests, raw: Raw) -> None:
    request = requests("workshop", "quiet")["kubernetes:core/v1:Secret workshop-sign-in"]

    content = raw(request)["stringData"]
    assert content[SIGNATURE] == SECRET


CLIENTS = pytest.mark.parametrize(
    "client", [GITHUB, GOOGLE, CILOGON, OIDC], ids=["github", "google", "cilogon", "oidc"]
)


@CLIENTS
def test_a_client_secret_is_taken_from_config_and_stays_secret(
    client: str, ran: Callable[[str], RecordingMonitor], raw: Raw
) -> None:
    monitor = ran(PROGRAM.replace("SIGN_IN", client))

    [request] = [it for _, it in monitor.requests if it.type == "kubernetes:core/v1:Secret"]
    given = raw(request)
    assert given["metadata"] == {"name": "sign-in", "namespace": "course"}
    assert given["stringData"] == {
        SIGNATURE: SECRET,
        "value": {"client-secret": "s3cr3t"},
    }
    assert [it.inputs for it in registered(monitor) if it.type == request.type] == [
        given | {"stringData": "[secret]"}
    ]


def test_lti_has_neither_a_secret_nor_a_password(ran: Callable[[str], RecordingMonitor]) -> None:
    monitor = ran(PROGRAM.replace("SIGN_IN", LTI))

    assert [it.type for it in registered(monitor)] == ["pulumi:pulumi:Stack"]
    assert _outputs(monitor) == [{"resources": 0, "passwords": []}]


def test_passwords_are_those_of_the_event_that_is_told(
    ran: Callable[[str], RecordingMonitor],
) -> None:
    text = PROGRAM.replace("SIGN_IN", SHARED).replace("PASSWORD_OF", "intro")

    found = {it.name: it.inputs for it in registered(ran(text)) if it.type == GENERATED}
    assert found == {
        f"course-{who}-password": {
            "length": length,
            "special": False,
            "keepers": {"event": "intro"},
        }
        for who, length in (("user", 12), ("admin", 32))
    }


@CLIENTS
def test_a_client_has_a_secret_and_no_password_to_tell(
    client: str, ran: Callable[[str], RecordingMonitor]
) -> None:
    monitor = ran(PROGRAM.replace("SIGN_IN", client))

    assert _outputs(monitor) == [{"resources": 1, "passwords": []}]


def test_nothing_is_needed_by_default() -> None:
    assert SignInSecret() == SignInSecret(resources=[], passwords={})


def test_generated_passwords_are_outputs_of_the_stack(
    recorded: Callable[[str, str], RecordingMonitor],
) -> None:
    exported = {
        stack: {
            key: content
            for urn, outputs in recorded(stack, "quiet").outputs.items()
            if "pulumi:pulumi:Stack::" in urn
            for key, content in outputs.items()
        }
        for stack in ("campus", "datahub", "exam", "icesat2", "workshop")
    }

    unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
    shared = {"campus", "icesat2", "workshop"}
    assert exported == {
        stack: {"grafana-admin-password": unknown}
        | {f"{stack}-{who}-password": unknown for who in ("user", "admin") if stack in shared}
        for stack in exported
    }
