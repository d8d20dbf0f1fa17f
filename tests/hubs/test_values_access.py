"""Who gets in and under which address, as chart values; no secret is among them."""

import pytest
from jupyterhub.authenticators.shared import SharedPasswordAuthenticator
from traitlets.config import Config

from hubs.hub import HubConfig
from hubs.values_access import https, restarted_by, sign_in
from hubs.values_groups import GITHUB_GROUPS, claimed_groups

Raw = dict[str, object]

ADDRESS = {"host": "hub.example.org", "contact": "teacher@example.org"}
CLIENT: Raw = {
    "clientId": "a-client",
    "clientSecret": {"secret": "aSecret"},
    "admins": ["second", "first"],
}
GITHUB: Raw = CLIENT | {"kind": "github", "organizations": ["school", "department:staff"]}
GOOGLE: Raw = CLIENT | {"kind": "google", "hostedDomains": ["example.org", "example.edu"]}
CILOGON: Raw = CLIENT | {
    "kind": "cilogon",
    "providers": [
        {"id": "urn:mace:incommon:one.edu", "domains": ["one.edu", "lab.one.edu"]},
        {"id": "https://idp.two.edu/shibboleth", "usernameClaim": "eppn"},
    ],
}
OIDC: Raw = CLIENT | {
    "kind": "oidc",
    "authorizeUrl": "https://login.example.edu/authorize",
    "tokenUrl": "https://login.example.edu/token",
    "userdataUrl": "https://login.example.edu/userinfo",
    "allowedUsers": ["one@example.edu", "another@example.edu"],
}
PROVIDER: Raw = {
    "authorize_url": "https://login.example.edu/authorize",
    "token_url": "https://login.example.edu/token",
    "userdata_url": "https://login.example.edu/userinfo",
    "username_claim": "email",
    "scope": ["email", "openid", "profile"],
    "allowed_users": ["another@example.edu", "one@example.edu"],
}
LTI: Raw = {
    "kind": "lti",
    "clientIds": ["10000000000043", "10000000000042"],
    "issuer": "https://canvas.instructure.com",
    "authorizeUrl": "https://sso.canvaslms.com/api/lti/authorize_redirect",
    "jwksUrl": "https://sso.canvaslms.com/api/lti/security/jwks",
    "admins": ["first@example.org"],
}


def parsed(hub: Raw, **changed: object) -> HubConfig:
    """Return the config of a hub file with some keys of another value."""
    return HubConfig.model_validate(hub | changed)


CALLBACK = {
    "client_id": "a-client",
    "oauth_callback_url": "https://hub.example.org/hub/oauth_callback",
}
FROM_SECRET = {
    "OAUTH_CLIENT_SECRET": {
        "valueFrom": {"secretKeyRef": {"name": "sign-in", "key": "client-secret"}}
    }
}


def oauth(kind: str, section: str, own: Raw, **authenticator: object) -> Raw:
    """Return the values of a client of an identity provider."""
    return {
        "config": {
            "JupyterHub": {"authenticator_class": kind},
            "Authenticator": {"admin_users": ["first", "second"]} | authenticator,
            section: CALLBACK | own,
        },
        "extraEnv": FROM_SECRET,
        "loadRoles": {"admin": {"users": ["first", "second"]}},
    }


def test_members_of_organisations_and_teams_sign_in_and_their_teams_are_groups(hub: Raw) -> None:
    expected = oauth(
        "github",
        "GitHubOAuthenticator",
        {
            "allowed_organizations": ["department:staff", "school"],
            "scope": ["read:org"],
            "manage_groups": True,
            "populate_teams_in_auth_state": True,
        },
    )

    found = sign_in(parsed(hub, signIn=GITHUB, address=ADDRESS))

    assert found == expected | {"extraConfig": {"11-groups": GITHUB_GROUPS}}


def test_people_of_domains_sign_in_with_their_whole_address_as_name(hub: Raw) -> None:
    assert sign_in(parsed(hub, signIn=GOOGLE, address=ADDRESS)) == oauth(
        "google",
        "GoogleOAuthenticator",
        {"hosted_domain": ["example.edu", "example.org"], "strip_domain": False},
        allow_all=True,
    )


def test_people_of_institutions_sign_in_all_of_them_or_those_of_domains(hub: Raw) -> None:
    assert sign_in(parsed(hub, signIn=CILOGON, address=ADDRESS)) == oauth(
        "cilogon",
        "CILogonOAuthenticator",
        {
            "idps": {
                "urn:mace:incommon:one.edu": {
                    "username_derivation": {"username_claim": "email"},
                    "allowed_domains": ["lab.one.edu", "one.edu"],
                },
                "https://idp.two.edu/shibboleth": {
                    "username_derivation": {"username_claim": "eppn"},
                    "allow_all": True,
                },
            },
            "any_allow_config": True,
        },
    )


def test_users_of_any_provider_sign_in_by_name(hub: Raw) -> None:
    assert sign_in(parsed(hub, signIn=OIDC, address=ADDRESS)) == oauth(
        "generic-oauth", "GenericOAuthenticator", PROVIDER
    )


def test_members_of_a_providers_groups_sign_in(hub: Raw) -> None:
    written = OIDC | {"groupsClaim": "roles", "allowedGroups": ["teachers", "course"]}
    expected = oauth(
        "generic-oauth",
        "GenericOAuthenticator",
        PROVIDER | {"manage_groups": True, "allowed_groups": ["course", "teachers"]},
    )

    found = sign_in(parsed(hub, signIn=written, address=ADDRESS))

    assert found == expected | {"extraConfig": {"11-groups": claimed_groups("roles")}}


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
                "uri_scheme": "https",
            },
        },
        "loadRoles": {"admin": {"users": ["first@example.org"]}},
    }


def backwards(written: object) -> object:
    """Return what is written with every list of it in the opposite order."""
    if isinstance(written, list):
        return [backwards(inner) for inner in reversed(written)]
    if isinstance(written, dict):
        return {key: backwards(inner) for key, inner in written.items()}
    return written


@pytest.mark.parametrize("written", [GITHUB, GOOGLE, CILOGON, OIDC, LTI], ids=lambda it: it["kind"])
def test_the_order_of_a_list_means_nothing(hub: Raw, written: Raw) -> None:
    first = parsed(hub, signIn=written, address=ADDRESS)
    second = parsed(hub, signIn=backwards(written), address=ADDRESS)

    assert first != second
    assert sign_in(first) == sign_in(second)


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
    assert found["loadRoles"] == {"admin": {"users": ["teacher"]}}
    assert sorted(found) == ["config", "extraConfig", "extraEnv", "loadRoles"]


def test_an_admin_is_listed_once_as_jupyterhub_knows_them(hub: Raw) -> None:
    written: Raw = {"kind": "sharedPassword", "admins": ["Zoe", "ada", "ZOE"]}

    found = sign_in(parsed(hub, signIn=written))

    assert found["loadRoles"] == {"admin": {"users": ["ada", "zoe"]}}


def test_the_passwords_reach_the_authenticator(hub: Raw, monkeypatch: pytest.MonkeyPatch) -> None:
    extra = sign_in(parsed(hub))["extraConfig"]
    assert isinstance(extra, dict)
    monkeypatch.setenv("USER_PASSWORD", "for all")
    monkeypatch.setenv("ADMIN_PASSWORD", "for a few")
    config = Config()

    exec(extra["10-passwords"], {"c": config})  # noqa: S102 - the hub runs it just so

    assert issubclass(config.JupyterHub.pop("authenticator_class"), SharedPasswordAuthenticator)
    assert config == {
        "JupyterHub": {},
        "SharedPasswordAuthenticator": {
            "user_password": "for all",
            "admin_password": "for a few",
        },
    }


@pytest.mark.parametrize("event", ["", "intro"])
def test_another_event_starts_a_hub_again_that_reads_passwords(hub: Raw, event: str) -> None:
    assert restarted_by(parsed(hub), event) == {"readyroom/passwords-of": event}


def test_no_event_starts_a_hub_again_that_reads_none(hub: Raw) -> None:
    assert restarted_by(parsed(hub, signIn=GITHUB, address=ADDRESS), "intro") == {}


def test_a_hub_with_an_address_has_a_certificate(hub: Raw) -> None:
    assert https(parsed(hub, address=ADDRESS)) == {
        "enabled": True,
        "hosts": ["hub.example.org"],
        "letsencrypt": {"contactEmail": "teacher@example.org"},
    }


def test_a_hub_without_an_address_has_none(hub: Raw) -> None:
    assert https(parsed(hub)) == {"enabled": False}
