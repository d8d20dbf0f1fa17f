"""Lists what carries a stack's label on Google Cloud, by Cloud Asset Inventory."""

import warnings
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any, Protocol, cast

from hubs.cloud_names import named
from hubs.orphans import STACK_TAG, Thing
from live.asked import UnreachableError
from live.orphans_asked import Carrying

# One request. The client library of the service would bring four more along.
_URL = "https://cloudasset.googleapis.com/v1/projects/{project}:searchAllResources"
_SCOPE = "https://www.googleapis.com/auth/cloud-platform"
_MOST_ROWS = 500
_SECONDS = 60
_OK = 200


class Answer(Protocol):
    """What is used of an answer of `requests`."""

    status_code: int
    text: str

    def json(self) -> Any:  # noqa: ANN401 - any JSON
        """Return the body."""
        ...


class Session(Protocol):
    """What is used of `google.auth.transport.requests.AuthorizedSession`."""

    def get(self, url: str, *, params: Mapping[str, str], timeout: int) -> Answer:
        """Return the answer to a request."""
        ...


def connect() -> Session:
    """Return a session with the application default credentials.

    Raises:
        UnreachableError: there are none.
    """
    with warnings.catch_warnings():
        # Of the Python versions that the libraries will stop to support.
        warnings.simplefilter("ignore", FutureWarning)
        auth: Any = import_module("google.auth")
        transport: Any = import_module("google.auth.transport.requests")
    refused = import_module("google.auth.exceptions").GoogleAuthError
    try:
        credentials, _ = auth.default(scopes=[_SCOPE])
    except refused as error:
        raise _unreachable(None, error) from None
    return cast("Session", transport.AuthorizedSession(credentials))


def read(asked: Carrying, session: Session) -> list[Thing]:
    """Return what carries the stack's label in the project.

    Raises:
        UnreachableError: no rights, or no answer.
    """
    errors = (
        import_module("google.auth.exceptions").GoogleAuthError,
        import_module("requests.exceptions").RequestException,
    )
    try:
        return [_thing(asked, row) for page in _pages(asked, session) for row in page]
    except errors as error:
        raise _unreachable(asked.project, error) from None


def _pages(asked: Carrying, session: Session) -> Iterator[list[dict[str, Any]]]:
    """Yield pages of rows. Source: Cloud Asset API v1, searchAllResources, 2026."""
    params = {"query": f"labels.{STACK_TAG}={asked.label}", "pageSize": str(_MOST_ROWS)}
    while True:
        url = _URL.format(project=asked.project)
        answer = session.get(url, params=params, timeout=_SECONDS)
        if answer.status_code != _OK:
            raise _unreachable(asked.project, f"{answer.status_code} {_reason(answer)}")
        body = answer.json()
        yield body.get("results", [])
        if not body.get("nextPageToken"):
            return
        params = {**params, "pageToken": body["nextPageToken"]}


def _reason(answer: Answer) -> str:
    """Return what the service says of its refusal."""
    try:
        return str(answer.json()["error"]["message"])
    except (ValueError, KeyError, TypeError):
        return answer.text


def _thing(asked: Carrying, row: Mapping[str, Any]) -> Thing:
    return Thing(
        named=named(row["assetType"], row["name"], {"project": asked.project}),
        listed=row["name"],
        tags=row.get("labels", {}),
        since=row.get("createTime", ""),
    )


def _unreachable(project: str | None, error: object) -> UnreachableError:
    place = f"Google Cloud for project {project}" if project else "Google Cloud"
    return UnreachableError(f"labelled resources cannot be listed on {place}: {error}")
