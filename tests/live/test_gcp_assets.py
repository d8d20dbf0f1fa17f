"""What carries a stack's label on Google Cloud, from recorded answers of Cloud Asset Inventory."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import google.auth
import pytest
from google.auth.credentials import AnonymousCredentials
from google.auth.exceptions import DefaultCredentialsError, RefreshError
from google.auth.transport.requests import AuthorizedSession
from requests.exceptions import ConnectionError as NoConnectionError

from live.asked import UnreachableError
from live.gcp_assets import connect, read
from live.orphans_asked import Carrying

CARRYING = Carrying(region="us-central1", label="lab", project="my-project")
URL = "https://cloudasset.googleapis.com/v1/projects/my-project:searchAllResources"
FIRST = """{"results": [
  {"name": "//container.googleapis.com/projects/my-project/locations/us-central1/clusters/lab",
   "assetType": "container.googleapis.com/Cluster", "project": "projects/123456789012",
   "displayName": "lab", "location": "us-central1", "state": "RUNNING",
   "createTime": "2026-11-21T09:00:00Z",
   "labels": {"readyroom-stack": "lab", "goog-terraform-provisioned": "true"}},
  {"name": "//redis.googleapis.com/projects/my-project/locations/us-central1/instances/x",
   "assetType": "redis.googleapis.com/Instance"}],
 "nextPageToken": "more"}"""
LAST = """{"results": [
  {"name": "//file.googleapis.com/projects/my-project/locations/us-central1-b/instances/homes",
   "assetType": "file.googleapis.com/Instance", "labels": {"readyroom-stack": "lab"}}]}"""
REFUSED = """{"error": {"code": 403, "status": "PERMISSION_DENIED", "message":
  "Cloud Asset API has not been used in project my-project before or it is disabled."}}"""


@dataclass
class Answer:
    """A recorded answer."""

    text: str
    status_code: int = 200

    def json(self) -> Any:  # noqa: ANN401 - any JSON
        """Return the body."""
        return json.loads(self.text)


@dataclass
class Session:
    """Answers one request after the other; remembers what it was asked."""

    answers: list[Answer | Exception]
    asked: list[tuple[str, Mapping[str, str], int]] = field(
        default_factory=list[tuple[str, Mapping[str, str], int]]
    )

    def get(self, url: str, *, params: Mapping[str, str], timeout: int) -> Answer:
        """Return the next answer."""
        self.asked.append((url, params, timeout))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def test_every_page_of_what_carries_the_label_is_read() -> None:
    session = Session([Answer(FIRST), Answer(LAST), Answer("{}")])

    found = read(CARRYING, session)
    assert [(it.named.type, it.named.id, it.since) for it in found] == [
        (
            "gcp:container/cluster:Cluster",
            "projects/my-project/locations/us-central1/clusters/lab",
            "2026-11-21T09:00:00Z",
        ),
        (
            "redis.googleapis.com/Instance",
            "//redis.googleapis.com/projects/my-project/locations/us-central1/instances/x",
            "",
        ),
        (
            "gcp:filestore/instance:Instance",
            "projects/my-project/locations/us-central1-b/instances/homes",
            "",
        ),
    ]
    assert [dict(it.tags) for it in found] == [
        {"readyroom-stack": "lab", "goog-terraform-provisioned": "true"},
        {},
        {"readyroom-stack": "lab"},
    ]
    query = {"query": "labels.readyroom-stack=lab", "pageSize": "500"}
    assert session.asked == [(URL, query, 60), (URL, query | {"pageToken": "more"}, 60)]


def test_nothing_is_nothing() -> None:
    assert read(CARRYING, Session([Answer("{}")])) == []


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (
            Answer(REFUSED, 403),
            "403 Cloud Asset API has not been used in project my-project before or it is disabled.",
        ),
        (Answer("<html>", 502), "502 <html>"),
        (Answer('{"error": 1}', 500), '500 {"error": 1}'),
        (RefreshError("reauthenticate"), "reauthenticate"),
        (NoConnectionError("no route"), "no route"),
    ],
)
def test_a_refusal_is_told_in_one_line(answer: Answer | Exception, told: str) -> None:
    with pytest.raises(UnreachableError) as caught:
        read(CARRYING, Session([answer]))
    assert str(caught.value) == (
        f"labelled resources cannot be listed on Google Cloud for project my-project: {told}"
    )


def test_a_session_has_the_default_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    credentials = AnonymousCredentials()

    def default(*, scopes: list[str]) -> tuple[object, str]:
        assert scopes == ["https://www.googleapis.com/auth/cloud-platform"]
        return credentials, "my-project"

    monkeypatch.setattr(google.auth, "default", default)

    session = connect()
    assert isinstance(session, AuthorizedSession)
    assert session.credentials is credentials
    session.close()


def test_without_credentials_it_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(**_: object) -> object:
        msg = "Your default credentials were not found."
        raise DefaultCredentialsError(msg)

    monkeypatch.setattr(google.auth, "default", none)
    with pytest.raises(UnreachableError) as caught:
        connect()
    assert str(caught.value) == (
        "labelled resources cannot be listed on Google Cloud: "
        "Your default credentials were not found."
    )
