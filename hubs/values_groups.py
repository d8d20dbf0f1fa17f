"""What a hub knows of its users' groups, and what may be said of them. Pure."""

import re
from collections.abc import Iterator, Sequence

from hubs.hub import HubConfig
from hubs.mistakes import Mistake
from hubs.sign_in import GitHubConfig, OidcConfig, SharedPasswordConfig, SignIn

# As `allowed_organizations` of oauthenticator 17.4 names a team. GitHub does not tell upper
# case from lower case in either half.
_TEAM = re.compile(r"[^:\s]+:[^:\s]+")
GITHUB_GROUPS = """\
def _teams(auth_state):
    return [
        f"{team['organization']['login']}:{team['slug']}".lower()
        for team in auth_state.get("teams", [])
    ]


c.GitHubOAuthenticator.auth_state_groups_key = _teams
"""
_CLAIMED = """\
def _claimed(auth_state):
    found = user = auth_state["oauth_user"]
    for part in _GROUPS_CLAIM.split("."):
        found = found.get(part) if isinstance(found, dict) else None
    # A claim's name may be a URL, which has dots of its own.
    found = user.get(_GROUPS_CLAIM, found)
    return [found] if isinstance(found, str) else list(found or ())


c.GenericOAuthenticator.auth_state_groups_key = _claimed
"""


def claimed_groups(claim: str) -> str:
    """Return what the hub runs to find a user's groups in what an OIDC provider says.

    Args:
        claim: Its name, or a path to it such as `realm_access.roles`.
    """
    return f"_GROUPS_CLAIM = {claim!r}\n\n\n{_CLAIMED}"


def group_names(config: SignIn, groups: Sequence[str]) -> list[str]:
    """Return groups as the hub calls them, sorted."""
    if isinstance(config, GitHubConfig):
        return sorted(group.lower() for group in groups)
    return sorted(groups)


def unknown_groups(where: str, config: SignIn, groups: Sequence[str]) -> Iterator[Mistake]:
    """Yield a mistake for groups of which a sign-in tells the hub nothing."""
    if not groups:
        return
    match config:
        case GitHubConfig():
            for index, group in enumerate(groups):
                if not _TEAM.fullmatch(group):
                    told = "write a team as organisation:team, such as school:teachers"
                    yield Mistake(f"{where}[{index}]", f"found {group!r}; {told}")
        case OidcConfig():
            if config.groups_claim is None:
                told = "but signIn has no groupsClaim; write it, such as groupsClaim: groups"
                yield Mistake(where, f"found {groups[0]!r}, {told}")
        case _:
            told = f"but sign-in by {config.kind} knows no groups; leave them out"
            yield Mistake(where, f"found {groups[0]!r}, {told}")


def check_shared(hub: HubConfig) -> Iterator[Mistake]:
    """Yield mistakes of who may write to a hub's shared directory."""
    if hub.shared is None:
        return
    file = f"hubs/{hub.name}.yaml"
    yield from unknown_groups(f"{file}: shared.groups", hub.sign_in, hub.shared.groups)
    if not isinstance(hub.sign_in, SharedPasswordConfig):
        return
    admins = {admin.lower() for admin in hub.sign_in.admins}
    for index, lead in enumerate(hub.shared.leads):
        if lead.lower() not in admins:
            told = "a name that anybody takes who has the password; add it to signIn.admins"
            yield Mistake(f"{file}: shared.leads[{index}]", f"found {lead!r}, {told}")
