"""What a hub file may say: image, sign-in, usual pool and profiles. Pure."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from hubs.cluster import SecretRef
from hubs.fields import Count, DnsLabel, MemoryBytes, Model, Seconds, Text, duration

# The newest 4.4 patch whose images are in use in public (quay.io/jupyterhub/k8s-hub:4.4.2).
# Source: zero-to-jupyterhub-k8s#3970 (merged 2026-09-01), JupyterHub 5.5.2.
CHART_VERSION = "4.4.2"
_OLDEST = (4, 4, 0)


def _chart_version(written: str) -> str:
    parts = written.split(".")
    if len(parts) != len(_OLDEST) or not all(part.isdigit() for part in parts):
        msg = f"found {written!r}; write an exact version, such as {CHART_VERSION}"
        raise ValueError(msg)
    version = tuple(int(part) for part in parts)
    if version < _OLDEST:
        msg = (
            f"found {written}; charts below 4.4.0 have a JupyterHub older than 5.5, which gets no "
            f"fix for GHSA-hx46-2cv3-mh6g; write {CHART_VERSION}"
        )
        raise ValueError(msg)
    if version[:2] != _OLDEST[:2]:
        msg = f"found {written}; only 4.4 is supported, write {CHART_VERSION}"
        raise ValueError(msg)
    return written


class ImageConfig(Model):
    """The user image, pinned by digest or by a tag that is not `latest`."""

    name: Text
    tag: Text | None = None
    digest: Text | None = Field(default=None, pattern=r"^sha256:[0-9a-f]{64}$")
    size: MemoryBytes = Field(description="compressed size, which decides how long a pull takes")

    @model_validator(mode="after")
    def _pinned(self) -> Self:
        if (self.tag is None) == (self.digest is None):
            msg = "write either tag or digest, such as {tag: 2026-11-02}"
            raise ValueError(msg)
        return self


class SharedPasswordConfig(Model):
    """One generated password for everybody, another one for the admins."""

    kind: Literal["sharedPassword"]
    admins: tuple[Text, ...] = Field(min_length=1)


class GitHubConfig(Model):
    """Members of GitHub organisations."""

    kind: Literal["github"]
    client_id: Text
    client_secret: SecretRef
    organizations: tuple[Text, ...] = Field(min_length=1)
    admins: tuple[Text, ...] = Field(min_length=1)


class LtiConfig(Model):
    """Participants of a course, launched from a learning platform by LTI 1.3."""

    kind: Literal["lti"]
    client_ids: tuple[Text, ...] = Field(min_length=1)
    issuer: Text
    authorize_url: Text
    jwks_url: Text
    username_key: Text = "email"
    admins: tuple[Text, ...] = Field(min_length=1)


SignIn = Annotated[SharedPasswordConfig | GitHubConfig | LtiConfig, Field(discriminator="kind")]


class AddressConfig(Model):
    """Where the hub is reached, with a certificate from Let's Encrypt."""

    host: Text
    contact: Text


class CullConfig(Model):
    """When an idle server is stopped."""

    timeout: Seconds = duration("1h")
    every: Seconds = duration("10m")


class UsualPoolConfig(Model):
    """The hub's own pool outside of events."""

    machine_type: Text
    max_nodes: Count


class ProfilesConfig(Model):
    """The usual sizes on offer: so many halvings, or sizes of which so many fit a node."""

    halvings: Count | None = None
    per_node: tuple[Count, ...] = ()

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.halvings is None) == (not self.per_node):
            msg = "write either halvings or perNode, such as {halvings: 4}"
            raise ValueError(msg)
        return self


class HubConfig(Model):
    """One JupyterHub."""

    name: DnsLabel
    chart_version: Annotated[Text, AfterValidator(_chart_version)] = CHART_VERSION
    image: ImageConfig
    sign_in: SignIn
    address: AddressConfig | None = None
    pool: UsualPoolConfig | None = Field(default=None, description="none on an existing cluster")
    profiles: ProfilesConfig
    cull: CullConfig = CullConfig()
