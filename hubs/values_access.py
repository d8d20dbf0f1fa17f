"""z2jh values for who gets in and under which address. Pure."""

from hubs.hub import GitHubConfig, HubConfig, LtiConfig

Values = dict[str, object]
SECRET_NAME = "sign-in"  # noqa: S105 - the name of a Kubernetes Secret, not its content
USER_PASSWORD, ADMIN_PASSWORD = "user-password", "admin-password"
CLIENT_SECRET = "client-secret"  # noqa: S105 - a key, not a secret

_READ_PASSWORDS = """\
import os
c.SharedPasswordAuthenticator.user_password = os.environ["USER_PASSWORD"]
c.SharedPasswordAuthenticator.admin_password = os.environ["ADMIN_PASSWORD"]
"""


def _from_secret(key: str) -> Values:
    return {"valueFrom": {"secretKeyRef": {"name": SECRET_NAME, "key": key}}}


def sign_in(hub: HubConfig) -> Values:
    """Return the `hub` values of a sign-in; its secrets come from a Kubernetes Secret.

    Nobody is let in by default: from JupyterHub 5 that has to be said.
    """
    config = hub.sign_in
    authenticator: Values = {"admin_users": list(config.admins)}
    if isinstance(config, GitHubConfig):
        return _github(config, hub, authenticator)
    if isinstance(config, LtiConfig):
        return _lti(config, authenticator | {"allow_all": True})
    return {
        "config": {
            "JupyterHub": {"authenticator_class": "shared-password"},
            "Authenticator": authenticator | {"allow_all": True},
        },
        "extraConfig": {"10-passwords": _READ_PASSWORDS},
        "extraEnv": {
            "USER_PASSWORD": _from_secret(USER_PASSWORD),
            "ADMIN_PASSWORD": _from_secret(ADMIN_PASSWORD),
        },
    }


def _github(config: GitHubConfig, hub: HubConfig, authenticator: Values) -> Values:
    host = hub.address.host if hub.address else ""
    return {
        "config": {
            "JupyterHub": {"authenticator_class": "github"},
            "Authenticator": authenticator,
            "GitHubOAuthenticator": {
                "client_id": config.client_id,
                "oauth_callback_url": f"https://{host}/hub/oauth_callback",
                "allowed_organizations": list(config.organizations),
                "scope": ["read:org"],
            },
        },
        "extraEnv": {"OAUTH_CLIENT_SECRET": _from_secret(CLIENT_SECRET)},
    }


def _lti(config: LtiConfig, authenticator: Values) -> Values:
    return {
        "config": {
            "JupyterHub": {"authenticator_class": "ltiauthenticator.lti13.auth.LTI13Authenticator"},
            "Authenticator": authenticator,
            "LTI13Authenticator": {
                "client_id": list(config.client_ids),
                "issuer": config.issuer,
                "authorize_url": config.authorize_url,
                "jwks_endpoint": config.jwks_url,
                "username_key": config.username_key,
            },
        },
    }


def https(hub: HubConfig) -> Values:
    """Return the `proxy.https` values; off where the hub has no address."""
    if hub.address is None:
        return {"enabled": False}
    return {
        "enabled": True,
        "hosts": [hub.address.host],
        "letsencrypt": {"contactEmail": hub.address.contact},
    }
