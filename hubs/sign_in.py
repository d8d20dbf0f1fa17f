"""How people sign in to a hub; nobody is let in who is not named in some way. Pure."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from hubs.cluster_parts import SecretRef
from hubs.fields import Model, Text, like

_ENTITY = "an entity id of cilogon.org/idplist, such as urn:mace:incommon:berkeley.edu"
HttpsUrl = Annotated[
    Text, AfterValidator(like("https://.+", "an address that begins with https://"))
]


class SharedPasswordConfig(Model):
    """One generated password for everybody, another one for the admins; new for each event."""

    kind: Literal["sharedPassword"]
    admins: tuple[Text, ...] = Field(min_length=1)


class OAuthClient(Model):
    """A client that an identity provider knows; its secret is encrypted."""

    client_id: Text
    client_secret: SecretRef
    admins: tuple[Text, ...] = Field(min_length=1)


class GitHubConfig(OAuthClient):
    """Members of GitHub organisations or teams (`organisation:team`)."""

    kind: Literal["github"]
    organizations: tuple[Text, ...] = Field(min_length=1)


class GoogleConfig(OAuthClient):
    """People of Google Workspace domains."""

    kind: Literal["google"]
    hosted_domains: tuple[Text, ...] = Field(min_length=1)


class IdentityProvider(Model):
    """One institution that CILogon knows, by the entity id of its login."""

    id: Annotated[Text, AfterValidator(like("(https?://|urn:).+", _ENTITY))] = Field(
        description="entity id, see cilogon.org/idplist"
    )
    username_claim: Text = "email"
    domains: tuple[Text, ...] = Field(default=(), description="default: all of its people")


class CILogonConfig(OAuthClient):
    """People of institutions, by CILogon."""

    kind: Literal["cilogon"]
    providers: tuple[IdentityProvider, ...] = Field(min_length=1)


class OidcConfig(OAuthClient):
    """People or groups of any OpenID Connect provider."""

    kind: Literal["oidc"]
    authorize_url: HttpsUrl
    token_url: HttpsUrl
    userdata_url: HttpsUrl
    scopes: tuple[Text, ...] = Field(
        default=("openid", "profile", "email"), description="what the hub asks the provider for"
    )
    username_claim: Text = "email"
    groups_claim: Text | None = None
    allowed_users: tuple[Text, ...] = ()
    allowed_groups: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _somebody_is_let_in(self) -> Self:
        if not (self.allowed_users or self.allowed_groups):
            msg = "lets nobody in; write allowedUsers or allowedGroups"
            raise ValueError(msg)
        if self.allowed_groups and self.groups_claim is None:
            msg = "allowedGroups without groupsClaim; write it, such as groupsClaim: groups"
            raise ValueError(msg)
        return self


class LtiConfig(Model):
    """Participants of a course, launched from a learning platform by LTI 1.3."""

    kind: Literal["lti"]
    client_ids: tuple[Text, ...] = Field(min_length=1)
    issuer: Text
    authorize_url: Text
    jwks_url: Text
    username_key: Text = "email"
    admins: tuple[Text, ...] = Field(min_length=1)


SignIn = Annotated[
    SharedPasswordConfig | GitHubConfig | GoogleConfig | CILogonConfig | OidcConfig | LtiConfig,
    Field(discriminator="kind"),
]
