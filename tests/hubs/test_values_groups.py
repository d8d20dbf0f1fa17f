"""What a hub knows of its users' groups, and who may write to a shared directory."""

from collections.abc import Sequence

import pytest
from pydantic import TypeAdapter

from hubs.hub import HubConfig
from hubs.mistakes import Mistake
from hubs.sign_in import SignIn
from hubs.values_groups import check_shared, claimed_groups, group_names, unknown_groups

Raw = dict[str, object]

SIGN_IN: TypeAdapter[SignIn] = TypeAdapter(SignIn)
CLIENT: Raw = {"clientId": "id", "clientSecret": {"secret": "key"}, "admins": ["teacher"]}
SHARED: Raw = {"kind": "sharedPassword", "admins": ["Teacher"]}
GITHUB: Raw = CLIENT | {"kind": "github", "organizations": ["school"]}
GOOGLE: Raw = CLIENT | {"kind": "google", "hostedDomains": ["example.edu"]}
CILOGON: Raw = CLIENT | {"kind": "cilogon", "providers": [{"id": "urn:mace:incommon:one.edu"}]}
OIDC: Raw = CLIENT | {
    "kind": "oidc",
    "authorizeUrl": "https://login.example.edu/authorize",
    "tokenUrl": "https://login.example.edu/token",
    "userdataUrl": "https://login.example.edu/userinfo",
    "allowedUsers": ["known"],
}
CLAIMED: Raw = OIDC | {"groupsClaim": "groups"}
LTI: Raw = {
    "kind": "lti",
    "clientIds": ["1"],
    "issuer": "https://lms.example.edu",
    "authorizeUrl": "https://lms.example.edu/authorize",
    "jwksUrl": "https://lms.example.edu/keys",
    "admins": ["teacher"],
}


def found(sign_in: Raw, *groups: str) -> list[tuple[str, str]]:
    """Return the mistakes of groups under a sign-in."""
    parsed = SIGN_IN.validate_python(sign_in)
    return [(it.where, it.message) for it in unknown_groups("x.groups", parsed, groups)]


@pytest.mark.parametrize(
    "sign_in", [SHARED, GITHUB, GOOGLE, CILOGON, OIDC, CLAIMED, LTI], ids=lambda it: it["kind"]
)
def test_no_groups_are_no_mistake(sign_in: Raw) -> None:
    assert found(sign_in) == []


@pytest.mark.parametrize("sign_in", [SHARED, GOOGLE, CILOGON, LTI], ids=lambda it: it["kind"])
def test_most_sign_ins_know_no_groups(sign_in: Raw) -> None:
    told = f"found 'staff', but sign-in by {sign_in['kind']} knows no groups; leave them out"

    assert found(sign_in, "staff", "others") == [("x.groups", told)]


def test_github_knows_teams_of_organisations() -> None:
    told = "write a team as organisation:team, such as school:teachers"

    assert found(GITHUB, "school:staff", "staff", "a:b:c", "School:All Staff", ":staff") == [
        ("x.groups[1]", f"found 'staff'; {told}"),
        ("x.groups[2]", f"found 'a:b:c'; {told}"),
        ("x.groups[3]", f"found 'School:All Staff'; {told}"),
        ("x.groups[4]", f"found ':staff'; {told}"),
    ]


def test_a_provider_knows_the_groups_that_it_claims() -> None:
    told = "found 'staff', but signIn has no groupsClaim; write it, such as groupsClaim: groups"

    assert found(CLAIMED, "staff", "other staff") == []
    assert found(OIDC, "staff", "others") == [("x.groups", told)]


@pytest.mark.parametrize(
    ("sign_in", "names"),
    [(GITHUB, ["school:all", "school:staff"]), (CLAIMED, ["School:Staff", "school:all"])],
)
def test_only_github_does_not_tell_upper_case_from_lower_case(
    sign_in: Raw, names: Sequence[str]
) -> None:
    assert group_names(SIGN_IN.validate_python(sign_in), ["school:all", "School:Staff"]) == names


@pytest.mark.parametrize(
    ("claim", "user", "groups"),
    [
        ("groups", {"groups": ["b", "a"]}, ["b", "a"]),
        ("groups", {"groups": "a"}, ["a"]),
        ("groups", {"groups": None}, []),
        ("groups", {}, []),
        ("access.roles", {"access": {"roles": ["a"]}}, ["a"]),
        ("access.roles", {"access": ["a"]}, []),
        ("https://a.example/groups", {"https://a.example/groups": ["a"]}, ["a"]),
        ("it's", {"it's": ["a"]}, ["a"]),
    ],
)
def test_groups_are_found_under_a_name_or_a_path(claim: str, user: Raw, groups: list[str]) -> None:
    authenticator = type("Authenticator", (), {})
    config = type("Config", (), {"GenericOAuthenticator": authenticator})

    exec(claimed_groups(claim), {"c": config})  # noqa: S102 - the hub runs it just so

    assert vars(authenticator)["auth_state_groups_key"]({"oauth_user": user}) == groups


def shared(hub: Raw, sign_in: Raw, **written: object) -> list[Mistake]:
    """Return the mistakes of a hub's shared directory."""
    return list(
        check_shared(HubConfig.model_validate(hub | {"signIn": sign_in, "shared": written}))
    )


def test_a_hub_without_a_shared_directory_has_no_mistake_of_it(hub: Raw) -> None:
    assert list(check_shared(HubConfig.model_validate(hub))) == []


def test_groups_of_a_shared_directory_are_those_that_the_hub_knows(hub: Raw) -> None:
    told = "found 'staff', but sign-in by google knows no groups; leave them out"

    assert shared(hub, GITHUB, leads=["anybody"], groups=["school:staff"]) == []
    assert shared(hub, GOOGLE, leads=["anybody"], groups=["staff"]) == [
        Mistake("hubs/lab.yaml: shared.groups", told)
    ]


def test_leads_under_a_shared_password_are_admins_whose_names_nobody_else_can_take(
    hub: Raw,
) -> None:
    told = "a name that anybody takes who has the password; add it to signIn.admins"

    assert shared(hub, SHARED, leads=["teacher", "helper"]) == [
        Mistake("hubs/lab.yaml: shared.leads[1]", f"found 'helper', {told}")
    ]
