"""z2jh values for who gets in and under which address. Pure.

Whoever no rule lets in is refused: from JupyterHub 5 on that is so by default, and every kind
of sign-in here has a rule. Traits are those of the packages in chart 4.4: JupyterHub 5.5,
oauthenticator 17.4.0, jupyterhub-ltiauthenticator 1.6.3 (zero-to-jupyterhub-k8s 4.4.0,
images/hub/requirements.txt). Lists are sorted, so that their order in a file means nothing.
"""

from collections.abc import Iterable

from hubs.hub import HubConfig
from hubs.sign_in import (
    CILogonConfig,
    GitHubConfig,
    GoogleConfig,
    IdentityProvider,
    LtiConfig,
    OidcConfig,
    SharedPasswordConfig,
)
from hubs.values_groups import GITHUB_GROUPS, claimed_groups

Values = dict[str, object]
SECRET_NAME = "sign-in"  # noqa: S105 - the name of a Kubernetes Secret, not its content
USER_PASSWORD, ADMIN_PASSWORD = "user-password", "admin-password"
CLIENT_SECRET = "client-secret"  # noqa: S105 - a key, not a secret
# Of the hub's pod. A pod reads a Secret as it starts: with another event it must start again.
PASSWORDS_OF = "readyroom/passwords-of"
GROUPS_KEY = "11-groups"
# By the names under which oauthenticator registers them.
_CLASSES = {
    "github": "GitHubOAuthenticator",
    "google": "GoogleOAuthenticator",
    "cilogon": "CILogonOAuthenticator",
    "generic-oauth": "GenericOAuthenticator",
}

# Until JupyterHub 5.5.3 an admin's name in capitals was nobody's yet when it was looked up, and
# the admin's once in: whoever had the users' password took the admin's server and home.
# Source: jupyterhub/authenticators/shared.py of 5.5.2 and 5.5.3.
_READ_PASSWORDS = """\
import os

from jupyterhub.authenticators.shared import SharedPasswordAuthenticator


class NormalizedFirst(SharedPasswordAuthenticator):
    async def authenticate(self, handler, data):
        name = self.normalize_username(data["username"])
        return await super().authenticate(handler, {**data, "username": name})


c.JupyterHub.authenticator_class = NormalizedFirst
c.SharedPasswordAuthenticator.user_password = os.environ["USER_PASSWORD"]
c.SharedPasswordAuthenticator.admin_password = os.environ["ADMIN_PASSWORD"]
"""


def sign_in(hub: HubConfig) -> Values:
    """Return the `hub` values of a sign-in; its secrets come from a Kubernetes Secret."""
    return _of_kind(hub) | {"loadRoles": {"admin": {"users": _known(hub.sign_in.admins)}}}


def _known(admins: Iterable[str]) -> list[str]:
    """Return who is an admin, as JupyterHub knows them: in lower case, each once.

    A hub's database keeps whom `admin_users` has made an admin, and nobody takes it from them; a
    role that lists its users has these and no others when the hub starts.
    Source: jupyterhub/app.py of 5.5.2, init_role_assignment.
    """
    return sorted({admin.lower() for admin in admins})


def _of_kind(hub: HubConfig) -> Values:
    match hub.sign_in:
        case SharedPasswordConfig() as config:
            return _shared_password(config)
        case GitHubConfig() as config:
            return _github(config, hub)
        case GoogleConfig() as config:
            return _google(config, hub)
        case CILogonConfig() as config:
            return _cilogon(config, hub)
        case OidcConfig() as config:
            return _oidc(config, hub)
        case config:
            return _lti(config)


def restarted_by(hub: HubConfig, password_of: str) -> dict[str, str]:
    """Return the annotations of a hub's pod that start it again when its passwords change.

    Args:
        hub: What its file says.
        password_of: The event for which passwords were made; empty between events.
    """
    if isinstance(hub.sign_in, SharedPasswordConfig):
        return {PASSWORDS_OF: password_of}
    return {}


def https(hub: HubConfig) -> Values:
    """Return the `proxy.https` values; off where the hub has no address."""
    if hub.address is None:
        return {"enabled": False}
    return {
        "enabled": True,
        "hosts": [hub.address.host],
        "letsencrypt": {"contactEmail": hub.address.contact},
    }


def _from_secret(key: str) -> Values:
    return {"valueFrom": {"secretKeyRef": {"name": SECRET_NAME, "key": key}}}


def _authenticator(admins: Iterable[str], *, everybody: bool = False) -> Values:
    """Return who gets in: admins, and everybody else whom the sign-in itself does not refuse."""
    found: Values = {"admin_users": sorted(admins)}
    return found | {"allow_all": True} if everybody else found


def _shared_password(config: SharedPasswordConfig) -> Values:
    return {
        "config": {
            "JupyterHub": {"authenticator_class": "shared-password"},
            # Whoever has the password may take any name that is not an admin's.
            "Authenticator": _authenticator(config.admins, everybody=True),
        },
        "extraConfig": {"10-passwords": _READ_PASSWORDS},
        "extraEnv": {
            "USER_PASSWORD": _from_secret(USER_PASSWORD),
            "ADMIN_PASSWORD": _from_secret(ADMIN_PASSWORD),
        },
    }


def _oauth(kind: str, hub: HubConfig, authenticator: Values, own: Values) -> Values:
    """Return the values of an OAuth client whose class of oauthenticator has its own traits."""
    host = hub.address.host if hub.address else ""
    callback: Values = {"oauth_callback_url": f"https://{host}/hub/oauth_callback"}
    return {
        "config": {
            "JupyterHub": {"authenticator_class": kind},
            "Authenticator": authenticator,
            _CLASSES[kind]: callback | own,
        },
        "extraEnv": {"OAUTH_CLIENT_SECRET": _from_secret(CLIENT_SECRET)},
    }


def _github(config: GitHubConfig, hub: HubConfig) -> Values:
    own: Values = {
        "client_id": config.client_id,
        "allowed_organizations": sorted(config.organizations),
        # Without it only public members are seen, and no teams.
        "scope": ["read:org"],
        "manage_groups": True,
        "populate_teams_in_auth_state": True,
    }
    found = _oauth("github", hub, _authenticator(config.admins), own)
    return found | {"extraConfig": {GROUPS_KEY: GITHUB_GROUPS}}


def _google(config: GoogleConfig, hub: HubConfig) -> Values:
    own: Values = {
        "client_id": config.client_id,
        # Whom Google does not count to one of these is blocked, an admin, too.
        "hosted_domain": sorted(config.hosted_domains),
        # A user's name is the whole address whatever the number of domains, or a second
        # domain would give everybody another name, and with it another home.
        "strip_domain": False,
    }
    return _oauth("google", hub, _authenticator(config.admins, everybody=True), own)


def _cilogon(config: CILogonConfig, hub: HubConfig) -> Values:
    own: Values = {
        "client_id": config.client_id,
        "idps": {provider.id: _provider(provider) for provider in config.providers},
        # Each provider has a rule, where JupyterHub does not look for one before it warns.
        "any_allow_config": True,
    }
    return _oauth("cilogon", hub, _authenticator(config.admins), own)


def _provider(provider: IdentityProvider) -> Values:
    """Return who of a provider gets in; a domain is that of the user's name itself."""
    named: Values = {"username_derivation": {"username_claim": provider.username_claim}}
    if provider.domains:
        return named | {"allowed_domains": sorted(provider.domains)}
    return named | {"allow_all": True}


def _oidc(config: OidcConfig, hub: HubConfig) -> Values:
    own: Values = {
        "client_id": config.client_id,
        "authorize_url": config.authorize_url,
        "token_url": config.token_url,
        "userdata_url": config.userdata_url,
        "username_claim": config.username_claim,
        "scope": sorted(config.scopes),
        "allowed_users": sorted(config.allowed_users),
    }
    authenticator = _authenticator(config.admins)
    if config.groups_claim is None:
        return _oauth("generic-oauth", hub, authenticator, own)
    own |= {"manage_groups": True, "allowed_groups": sorted(config.allowed_groups)}
    found = _oauth("generic-oauth", hub, authenticator, own)
    return found | {"extraConfig": {GROUPS_KEY: claimed_groups(config.groups_claim)}}


def _lti(config: LtiConfig) -> Values:
    return {
        "config": {
            "JupyterHub": {"authenticator_class": "ltiauthenticator.lti13.auth.LTI13Authenticator"},
            # Whom the platform does not launch with a signed token for a client is refused.
            "Authenticator": _authenticator(config.admins, everybody=True),
            "LTI13Authenticator": {
                "client_id": sorted(config.client_ids),
                "issuer": config.issuer,
                "authorize_url": config.authorize_url,
                "jwks_endpoint": config.jwks_url,
                "username_key": config.username_key,
                # As people reach the hub, whatever the proxies between say of it.
                "uri_scheme": "https",
            },
        },
    }
