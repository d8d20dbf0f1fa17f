"""What a hub file may say: image, sign-in, usual pool and profiles. Pure."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from hubs.cluster_parts import Days
from hubs.fields import (
    ClockTime,
    Count,
    DnsLabel,
    MemoryBytes,
    Model,
    Seconds,
    Text,
    ZoneName,
    duration,
    like,
)
from hubs.hub_pools import OptionConfig, UsualPoolConfig
from hubs.sign_in import SignIn

# The newest 4.4 patch whose images are in use in public (quay.io/jupyterhub/k8s-hub:4.4.2).
# Source: zero-to-jupyterhub-k8s#3970 (merged 2026-09-01), JupyterHub 5.5.2. No chart up to it has
# the fix for GHSA-hx46-2cv3-mh6g, by which a user's invalid options of a server are stored and
# stop the hub: it is in JupyterHub 5.5.3 (2026-10-14).
CHART_VERSION = "4.4.2"
# Before JupyterHub 5.5.0, which came with 4.4.0, strangers could fill a hub's log with long names
# (GHSA-p43p-whwx-q52h).
_OLDEST = (4, 4, 0)
_HOME = r"/home/[a-z_][a-z0-9_-]*"
_BUCKET = r"[a-z0-9][a-z0-9-]{1,61}[a-z0-9]"
_BUCKET_SUCH = "3 to 63 lower-case letters, digits and dashes, such as example-school-scratch"


def _chart_version(written: str) -> str:
    parts = written.split(".")
    if len(parts) != len(_OLDEST) or not all(part.isdigit() for part in parts):
        msg = f"found {written!r}; write an exact version, such as {CHART_VERSION}"
        raise ValueError(msg)
    version = tuple(int(part) for part in parts)
    if version < _OLDEST:
        msg = (
            f"found {written}; charts below 4.4.0 have a JupyterHub older than 5.5, which gets no "
            f"fix for GHSA-p43p-whwx-q52h; write {CHART_VERSION}"
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
    home: Annotated[Text, AfterValidator(like(_HOME, "a home, such as /home/jovyan"))] = Field(
        default="/home/jovyan", description="of the image's user 1000, whose work is kept"
    )

    @model_validator(mode="after")
    def _pinned(self) -> Self:
        if (self.tag is None) == (self.digest is None):
            msg = "write either tag or digest, such as {tag: 2026-11-02}"
            raise ValueError(msg)
        return self


class AddressConfig(Model):
    """Where the hub is reached, with a certificate from Let's Encrypt."""

    host: Text
    contact: Text


class NightlyCullConfig(Model):
    """Once a night, servers that are idle for less time already are stopped, too."""

    at: ClockTime = "03:00"
    timezone: ZoneName = "UTC"
    timeout: Seconds = duration("10m")


class CullConfig(Model):
    """When an idle server is stopped, and how old any may grow."""

    timeout: Seconds = duration("1h")
    every: Seconds = duration("10m")
    max_age: Seconds | None = Field(default=None, description="default: as old as it likes")
    nightly: NightlyCullConfig | None = None


class SharedConfig(Model):
    """A directory that everybody of a hub reads, and leads write; admins are leads."""

    leads: tuple[Text, ...] = Field(default=(), description="names of users")
    groups: tuple[Text, ...] = Field(default=(), description="groups of the identity provider")


class BucketConfig(Model):
    """A bucket for objects of a hub's users; they need no key for it."""

    name: Annotated[Text, AfterValidator(like(_BUCKET, _BUCKET_SUCH))] = Field(
        description="unlike any other bucket of the cloud, of any customer"
    )
    delete_after: Days | None = Field(default=None, description="default: objects are kept")


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
    options: tuple[OptionConfig, ...] = ()
    scratch: MemoryBytes | None = Field(default=None, description="of each user, on the node")
    shared: SharedConfig | None = None
    buckets: tuple[BucketConfig, ...] = ()
    database: Literal["sqlite", "postgres"] = "sqlite"
    cull: CullConfig = CullConfig()
