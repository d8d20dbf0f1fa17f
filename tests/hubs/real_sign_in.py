"""Authenticators as JupyterHub makes them of our values, and a played identity provider.

The provider's answers are what its documentation says of them. It does not prove that a real
one answers so.
"""

import asyncio
import base64
import json
from collections.abc import Mapping
from typing import Any

from jupyterhub.app import JupyterHub
from traitlets.config import Config

from hubs.hub import HubConfig
from hubs.values_access import sign_in

Raw = dict[str, Any]

HOST = "hub.example.org"
_HUB: Raw = {
    "name": "lab",
    "image": {"name": "quay.io/jupyter/base-notebook", "tag": "2026-11-02", "size": "1Gi"},
    "address": {"host": HOST, "contact": "teacher@example.org"},
    "profiles": {"halvings": 1},
}
_CLIENT: Raw = {"clientId": "a-client", "clientSecret": {"secret": "key"}, "admins": ["Lead"]}
SHARED: Raw = {"kind": "sharedPassword", "admins": ["Lead"]}
GITHUB: Raw = _CLIENT | {"kind": "github", "organizations": ["school", "Guests:Course-1"]}
GOOGLE: Raw = _CLIENT | {"kind": "google", "hostedDomains": ["example.edu"]}
CILOGON: Raw = _CLIENT | {
    "kind": "cilogon",
    "providers": [
        {"id": "urn:mace:incommon:one.edu", "domains": ["One.edu"]},
        {"id": "https://idp.two.edu/shibboleth", "usernameClaim": "eppn"},
    ],
}
OIDC: Raw = _CLIENT | {
    "kind": "oidc",
    "authorizeUrl": "https://login.example.edu/authorize",
    "tokenUrl": "https://login.example.edu/token",
    "userdataUrl": "https://login.example.edu/userinfo",
    "allowedUsers": ["Known@example.edu"],
}
GROUPED: Raw = OIDC | {"groupsClaim": "groups", "allowedGroups": ["course", "teachers"]}
LTI: Raw = {
    "kind": "lti",
    "clientIds": ["10000000000043", "10000000000042"],
    "issuer": "https://canvas.instructure.com",
    "authorizeUrl": "https://sso.canvaslms.com/api/lti/authorize_redirect",
    "jwksUrl": "https://sso.canvaslms.com/api/lti/security/jwks",
    "admins": ["lead@example.org"],
}


def configured(written: Raw) -> Config:
    """Return the hub's config of a sign-in, loaded as the chart's `jupyterhub_config.py` does."""
    values: Any = sign_in(HubConfig.model_validate(_HUB | {"signIn": written}))
    found = Config()
    roles = values["loadRoles"].items()
    found.JupyterHub.load_roles = [{"name": name} | role for name, role in roles]
    for section, traits in values["config"].items():
        found[section].update(json.loads(json.dumps(traits)))
    for _, text in sorted(values.get("extraConfig", {}).items()):
        exec(text, {"c": found})  # noqa: S102 - the hub runs it just so
    return found


def made(written: Raw) -> Any:  # noqa: ANN401 - of a class of its own for each kind
    """Return the authenticator that JupyterHub makes of a sign-in."""
    config = configured(written)
    found = JupyterHub(config=config).authenticator_class(config=config)
    # As `JupyterHub.init_users` does, which wants a database for the rest.
    for trait in ("admin_users", "allowed_users"):
        setattr(found, trait, {found.normalize_username(name) for name in getattr(found, trait)})
    return found


class Callback:
    """What an OAuth callback knows: a code, and the verifier that went before it."""

    def get_argument(self, name: str) -> str:
        """Return what is in the query."""
        return {"code": "a-code"}[name]

    def get_state_cookie(self) -> str:
        """Return the cookie of the login."""
        return base64.urlsafe_b64encode(json.dumps({"code_verifier": "v"}).encode()).decode()


def play(authenticator: Any, answers: Mapping[str, Any]) -> None:  # noqa: ANN401 - of any class
    """Let an identity provider answer by address; what nobody should ask has no answer."""
    token = {"access_token": "a-token", "token_type": "bearer", "scope": ""}

    async def httpfetch(url: str, *_: object, **__: object) -> Any:  # noqa: ANN401 - as it is
        return token if url == authenticator.token_url else answers[url]

    authenticator.httpfetch = httpfetch


def entered(authenticator: Any, data: object = None) -> Raw | None:  # noqa: ANN401 - of any class
    """Return whom the hub lets in, if anybody."""
    return asyncio.run(authenticator.get_authenticated_user(Callback(), data))


def told(authenticator: Any, user: Raw) -> Raw | None:  # noqa: ANN401 - of any class
    """Return whom the hub lets in when the provider says this of a user."""
    play(authenticator, {authenticator.userdata_url: user})
    return entered(authenticator)
