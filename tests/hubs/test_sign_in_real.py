"""Each kind of sign-in in the real authenticator: accepted whole, members in, outsiders out."""

import json
import logging
from types import SimpleNamespace
from typing import Any

import pytest
from jupyterhub.app import JupyterHub
from jupyterhub.authenticators.shared import SharedPasswordAuthenticator
from tornado.web import HTTPError

from tests.hubs.real_sign_in import (
    CILOGON,
    GITHUB,
    GOOGLE,
    GROUPED,
    HOST,
    LTI,
    OIDC,
    SHARED,
    configured,
    entered,
    made,
    play,
    told,
)

Raw = dict[str, Any]

KINDS = {
    "sharedPassword": (SHARED, "NormalizedFirst"),
    "github": (GITHUB, "GitHubOAuthenticator"),
    "google": (GOOGLE, "GoogleOAuthenticator"),
    "cilogon": (CILOGON, "CILogonOAuthenticator"),
    "oidc": (OIDC, "GenericOAuthenticator"),
    "oidc with groups": (GROUPED, "GenericOAuthenticator"),
    "lti": (LTI, "LTI13Authenticator"),
}
PASSWORDS = {"USER_PASSWORD": "for-everybody", "ADMIN_PASSWORD": "for-a-few-who-are-known-by-name-"}


@pytest.fixture(autouse=True)
def secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the chart puts into the hub's environment, from the Secret."""
    for name, value in PASSWORDS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("OAUTH_CLIENT_SECRET", "a-secret")


@pytest.mark.parametrize("kind", KINDS)
def test_every_trait_is_known_and_somebody_is_let_in(
    kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    written, name = KINDS[kind]

    authenticator = made(written)
    authenticator.check_allow_config()

    assert type(authenticator).__name__ == name
    assert [record.getMessage() for record in caplog.records] == []


@pytest.mark.parametrize("kind", KINDS)
def test_config_is_for_the_hub_and_for_this_class_alone(kind: str) -> None:
    written, name = KINDS[kind]
    # Ours is read from where the traits of the class below it are.
    section = "SharedPasswordAuthenticator" if kind == "sharedPassword" else name

    assert set(configured(written)) == {"JupyterHub", "Authenticator", section}


def test_a_trait_that_is_not_known_would_be_told(caplog: pytest.LogCaptureFixture) -> None:
    config = configured(GITHUB)
    config.GitHubOAuthenticator.allowed_organisations = ["school"]

    JupyterHub(config=config).authenticator_class(config=config)

    [record] = caplog.records
    assert record.levelno == logging.WARNING
    assert "`allowed_organisations` not recognized by `GitHubOAuthenticator`" in record.getMessage()


@pytest.mark.parametrize("kind", ["github", "google", "cilogon", "oidc"])
def test_client_and_callback_are_the_hubs_and_the_secret_comes_from_the_environment(
    kind: str,
) -> None:
    found = made(KINDS[kind][0])

    assert (found.client_id, found.client_secret) == ("a-client", "a-secret")
    assert found.get_callback_url() == f"https://{HOST}/hub/oauth_callback"


@pytest.mark.parametrize(
    ("name", "password", "enters"),
    [
        ("anybody", PASSWORDS["USER_PASSWORD"], {"name": "anybody", "admin": False}),
        ("anybody", "guessed", None),
        ("anybody", PASSWORDS["ADMIN_PASSWORD"], None),
        ("lead", PASSWORDS["ADMIN_PASSWORD"], {"name": "lead", "admin": True}),
        ("Lead", PASSWORDS["USER_PASSWORD"], None),
    ],
)
def test_a_shared_password_lets_in_who_has_it_and_admins_with_theirs(
    name: str, password: str, enters: Raw | None
) -> None:
    found = entered(made(SHARED), {"username": name, "password": password})

    assert found == (enters and enters | {"auth_state": None, "groups": []})


async def _as_typed(
    self: SharedPasswordAuthenticator, handler: object, data: dict[str, str]
) -> Raw | None:
    """Compare names as JupyterHub 5.5.2 does, which is the chart's: as they are typed."""
    del handler
    admin = data["username"] in self.admin_users
    right = self.admin_password if admin else self.user_password
    if data["password"] != right:
        return None
    return {"name": data["username"], "admin": admin, "groups": []}


@pytest.mark.parametrize(
    ("name", "password", "enters"),
    [
        ("Lead", "USER_PASSWORD", None),
        ("lead", "USER_PASSWORD", None),
        ("LEAD", "ADMIN_PASSWORD", ("lead", True)),
        ("Anybody", "USER_PASSWORD", ("anybody", False)),
        ("Anybody", "ADMIN_PASSWORD", None),
    ],
)
def test_capitals_make_nobody_an_admin_where_jupyterhub_compares_names_as_typed(
    name: str, password: str, enters: tuple[str, bool] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SharedPasswordAuthenticator, "authenticate", _as_typed)

    user = entered(made(SHARED), {"username": name, "password": PASSWORDS[password]})

    assert (user and (user["name"], user["admin"])) == enters


def test_without_our_class_capitals_would_open_the_admins_account(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(SharedPasswordAuthenticator, "authenticate", _as_typed)
    theirs = SharedPasswordAuthenticator(config=configured(SHARED))
    theirs.admin_users = {"lead"}

    user = entered(theirs, {"username": "Lead", "password": PASSWORDS["USER_PASSWORD"]})

    assert user == {"name": "lead", "admin": False, "groups": [], "auth_state": None}


TEAMS = [
    {"organization": {"login": "Guests"}, "slug": "course-1"},
    {"organization": {"login": "school"}, "slug": "teachers"},
]


@pytest.mark.parametrize(
    ("login", "memberships", "teams", "enters"),
    [
        ("Member", {"orgs/school/members/member"}, [], ("member", False, [])),
        (
            "guest",
            {"orgs/Guests/teams/Course-1/members/guest"},
            TEAMS,
            ("guest", False, ["guests:course-1", "school:teachers"]),
        ),
        ("lead", set[str](), TEAMS[1:], ("lead", True, ["school:teachers"])),
        ("outsider", set[str](), [], None),
    ],
)
def test_github_lets_in_members_and_tells_their_teams(
    login: str,
    memberships: set[str],
    teams: list[Raw],
    enters: tuple[str, bool, list[str]] | None,
) -> None:
    found, api, name = made(GITHUB), "https://api.github.com", login.lower()
    page = SimpleNamespace(body=json.dumps(teams).encode(), headers={})
    places = [f"orgs/school/members/{name}", f"orgs/Guests/teams/Course-1/members/{name}"]
    play(
        found,
        {
            f"{api}/user": {"login": login, "email": None},
            f"{api}/user/teams?per_page=100": page,
            **{
                f"{api}/{place}": SimpleNamespace(
                    code=204 if place in memberships else 404, body=b"{}"
                )
                for place in places
            },
        },
    )

    user = entered(found)

    assert (user and (user["name"], bool(user["admin"]), user["groups"])) == enters
    assert found.scope == ["read:org"]


@pytest.mark.parametrize("domains", [["example.edu"], ["example.edu", "example.org"]])
@pytest.mark.parametrize(
    ("email", "domain", "enters"),
    [
        ("Member@example.edu", "example.edu", ("member@example.edu", False)),
        # Google says nothing of a domain of an account that anybody may open.
        ("someone@example.edu", None, None),
        ("outsider@elsewhere.edu", "elsewhere.edu", None),
        ("lead@elsewhere.edu", "elsewhere.edu", None),
        ("lead@example.edu", "example.edu", ("lead@example.edu", True)),
    ],
)
def test_google_lets_in_a_domain_whose_people_keep_their_whole_name(
    domains: list[str],
    email: str,
    domain: str | None,
    enters: tuple[str, bool] | None,
) -> None:
    admins = ["lead@example.edu", "lead@elsewhere.edu"]
    claims = {"email": email, "verified_email": True} | ({"hd": domain} if domain else {})

    user = told(made(GOOGLE | {"hostedDomains": domains, "admins": admins}), claims)

    assert (user and (user["name"], bool(user["admin"]))) == enters


ONE, TWO = "urn:mace:incommon:one.edu", "https://idp.two.edu/shibboleth"


@pytest.mark.parametrize(
    ("claims", "enters"),
    [
        ({"idp": ONE, "email": "Member@one.edu"}, "member@one.edu"),
        ({"idp": ONE, "email": "guest@else.edu"}, None),
        ({"idp": ONE, "email": "guest@sub.one.edu"}, None),
        ({"idp": TWO, "eppn": "member@two.edu", "email": "other@else.edu"}, "member@two.edu"),
    ],
)
def test_cilogon_lets_in_domains_of_a_provider_or_all_of_its_people(
    claims: Raw, enters: str | None
) -> None:
    user = told(made(CILOGON), claims)

    assert (user and user["name"]) == enters


def test_cilogon_refuses_another_provider() -> None:
    with pytest.raises(HTTPError, match="not pre-configured") as refused:
        told(made(CILOGON), {"idp": "https://github.com/login", "email": "member@one.edu"})

    assert refused.value.status_code == 403


@pytest.mark.parametrize(
    ("email", "enters"),
    [("known@example.edu", "known@example.edu"), ("outsider@example.edu", None)],
)
def test_oidc_lets_in_users_by_name(email: str, enters: str | None) -> None:
    found = made(OIDC)
    user = told(found, {"email": email, "groups": ["course"]})

    assert (user and user["name"]) == enters
    assert found.scope == ["email", "openid", "profile"]


@pytest.mark.parametrize(
    ("claim", "said", "groups"),
    [
        ("groups", {"groups": ["teachers", "course"]}, ["course", "teachers"]),
        ("groups", {"groups": "course"}, ["course"]),
        ("realm_access.roles", {"realm_access": {"roles": ["course"]}}, ["course"]),
        ("https://example.edu/groups", {"https://example.edu/groups": ["course"]}, ["course"]),
        ("groups", {"groups": ["others"]}, None),
        ("groups", {"groups": []}, None),
        ("groups", {"groups": None}, None),
        ("groups", {"roles": ["course"]}, None),
        ("realm_access.roles", {"realm_access": "course"}, None),
    ],
)
def test_oidc_lets_in_members_of_groups_wherever_the_provider_tells_them(
    claim: str, said: Raw, groups: list[str] | None
) -> None:
    user = told(made(GROUPED | {"groupsClaim": claim}), {"email": "member@example.edu"} | said)

    assert (user and user["groups"]) == groups


def test_oidc_asks_for_the_scopes_that_are_written() -> None:
    assert made(GROUPED | {"scopes": ["openid", "groups"]}).scope == ["groups", "openid"]
