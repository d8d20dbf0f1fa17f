"""Who is an admin after a start of the real JupyterHub: whom a hub file names, and nobody else."""

import asyncio
import logging
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import pytest
from jupyterhub import orm
from jupyterhub.app import JupyterHub
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from traitlets.config import Config

from tests.hubs.real_sign_in import (
    CILOGON,
    GITHUB,
    GOOGLE,
    GROUPED,
    LTI,
    OIDC,
    SHARED,
    configured,
)

Raw = dict[str, Any]
# Of each user: whether they are an admin, and their roles.
Users = dict[str, tuple[bool, list[str]]]

TWICE = (
    "Configuration specifies both admin_users and users in the admin role specification. "
    "If admin role is present in config, c.Authenticator.admin_users should not be used."
)
ADMIN, USER = (True, ["admin", "user"]), (False, ["user"])


@pytest.fixture(autouse=True)
def secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the chart puts into the hub's environment, from the Secret."""
    monkeypatch.setenv("USER_PASSWORD", "for-everybody")
    monkeypatch.setenv("ADMIN_PASSWORD", "for-a-few-who-are-known-by-name-")
    monkeypatch.setenv("OAUTH_CLIENT_SECRET", "a-secret")


@contextmanager
def database() -> Generator[Session]:
    """Yield the session of a hub's database, in memory."""
    engine = create_engine("sqlite://")
    orm.Base.metadata.create_all(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()


async def _users(config: Config, session: Session) -> Users:
    # Its own does not reach pytest's.
    app = JupyterHub(config=config, log=logging.getLogger("tests.hub"))
    app.db = session
    app.authenticator = app.authenticator_class(parent=app, config=config)
    # In the order of `JupyterHub.initialize`.
    await app.init_role_creation()
    await app.init_users()
    await app.init_groups()
    await app.init_role_assignment()
    return {
        str(user.name): (bool(user.admin), sorted(role.name for role in user.roles))
        for user in session.query(orm.User)
    }


def started(config: Config, session: Session) -> Users:
    """Return the users of a hub that has started on a database."""
    return asyncio.run(_users(config, session))


@pytest.mark.parametrize(
    "written",
    [SHARED, GITHUB, GOOGLE, CILOGON, OIDC, GROUPED, LTI],
    ids=["sharedPassword", "github", "google", "cilogon", "oidc", "oidc with groups", "lti"],
)
def test_an_admin_who_is_taken_off_the_file_is_none_after_the_next_start(
    written: Raw, caplog: pytest.LogCaptureFixture
) -> None:
    both, one = ["Stays@Example.edu", "goes"], ["Stays@Example.edu"]
    others = ["known@example.edu"] if "allowedUsers" in written else []

    with database() as session, caplog.at_level(logging.WARNING):
        before = started(configured(written | {"admins": both}), session)
        after = started(configured(written | {"admins": one}), session)

    named = dict.fromkeys(others, USER)
    assert before == {"goes": ADMIN, "stays@example.edu": ADMIN} | named
    assert after == {"goes": USER, "stays@example.edu": ADMIN} | named
    assert [record.getMessage() for record in caplog.records] == [
        TWICE,
        TWICE,
        "Removing admin=True from <User(goes 0/0 running)>",
    ]


def test_without_the_role_they_would_stay_an_admin_for_good() -> None:
    def config(*admins: str) -> Config:
        found = configured(SHARED | {"admins": list(admins)})
        found.JupyterHub.pop("load_roles")
        return found

    with database() as session:
        started(config("stays", "goes"), session)

        assert started(config("stays"), session) == {"goes": ADMIN, "stays": ADMIN}
