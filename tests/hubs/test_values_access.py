"""Who gets in and under which address, as chart values; no secret is among them."""

import pytest

from hubs.hub import HubConfig
from hubs.values_access import https, sign_in

Raw = dict[str, object]

ADDRESS = {"host": "hub.example.org", "contact": "teacher@example.org"}
GITHUB = {
    "kind": "github",
    "clientId": "Ov23li0000000000000a",
    "clientSecret": {"secret": "githubSecret"},
    "organizations": ["school", "department"],
    "admins": ["first", "second"],
}
LTI = {
    "kind": "lti",
    "clientIds": ["10000000000042", "10000000000043"],
    "issuer": "https://canvas.instructure.com",
    "authorizeUrl": "https://sso.canvaslms.com/api/lti/authorize_redirect",
    "jwksUrl": "https://sso.canvaslms.com/api/lti/security/jwks",
    "admins": ["first@example.org"],
}


def parsed(hub: Raw, **changed: object) -> HubConfig:
    """Return the config of a hub file with some keys of another value."""
    return HubConfig.model_validate(hub | changed)


def test_members_of_organisations_sign_in_with_a_secret_from_the_environment(hub: Raw) -> None:
    assert sign_in(parsed(hub, signIn=GITHUB, address=ADDRESS)) == {
        "config": {
            "JupyterHub": {"authenticator_class": "github"},
            "Authenticator": {"admin_users": ["first", "second"]},
            "GitHubOAuthenticator": {
                "client_id": "Ov23li0000000000000a",
                "oauth_callback_url": "https://hub.example.org/hub/oauth_callback",
                "allowed_organizations": ["school", "department"],
                "scope": ["read:org"],
            },
        },
        "extraEnv": {
            "OAUTH_CLIENT_SECRET": {
                "valueFrom": {"secretKeyRef": {"name": "sign-in", "key": "client-secret"}}
            }
        },
    }


@pytest.mark.parametrize(("written", "key"), [({}, "email"), ({"usernameKey": "sub"}, "sub")])
def test_a_course_launches_by_lti_without_a_secret(hub: Raw, written: Raw, key: str) -> None:
    assert sign_in(parsed(hub, signIn=LTI | written)) == {
        "config": {
            "JupyterHub": {"authenticator_class": "ltiauthenticator.lti13.auth.LTI13Authenticator"},
            "Authenticator": {"admin_users": ["first@example.org"], "allow_all": True},
            "LTI13Authenticator": {
                "client_id": ["10000000000042", "10000000000043"],
                "issuer": "https://canvas.instructure.com",
                "authorize_url": "https://sso.canvaslms.com/api/lti/authorize_redirect",
                "jwks_endpoint": "https://sso.canvaslms.com/api/lti/security/jwks",
                "username_key": key,
            },
        }
    }


def test_a_shared_password_is_read_from_a_kubernetes_secret(hub: Raw) -> None:
    found = sign_in(parsed(hub))

    assert found["config"] == {
        "JupyterHub": {"authenticator_class": "shared-password"},
        "Authenticator": {"admin_users": ["teacher"], "allow_all": True},
    }
    assert found["extraEnv"] == {
        name: {"valueFrom": {"secretKeyRef": {"name": "sign-in", "key": key}}}
        for name, key in (("USER_PASSWORD", "user-password"), ("ADMIN_PASSWORD", "admin-password"))
    }
    assert sorted(found) == ["config", "extraConfig", "extraEnv"]


def test_the_passwords_reach_the_authenticator(hub: Raw, monkeypatch: pytest.MonkeyPatch) -> None:
    extra = sign_in(parsed(hub))["extraConfig"]
    assert isinstance(extra, dict)
    monkeypatch.setenv("USER_PASSWORD", "for all")
    monkeypatch.setenv("ADMIN_PASSWORD", "for a few")
    shared = type("Shared", (), {})()
    config = type("Config", (), {"SharedPasswordAuthenticator": shared})()

    exec(extra["10-passwords"], {"c": config})  # noqa: S102 - the hub runs it just so

    assert vars(shared) == {"user_password": "for all", "admin_password": "for a few"}


def test_a_hub_with_an_address_has_a_certificate(hub: Raw) -> None:
    assert https(parsed(hub, address=ADDRESS)) == {
        "enabled": True,
        "hosts": ["hub.example.org"],
        "letsencrypt": {"contactEmail": "teacher@example.org"},
    }


def test_a_hub_without_an_address_has_none(hub: Raw) -> None:
    assert https(parsed(hub)) == {"enabled": False}
