"""Downloading a calendar: within a size and a time, and without telling its address."""

from collections.abc import Callable, Iterator
from io import BytesIO

import pytest
import requests
from requests.adapters import BaseAdapter
from urllib3.exceptions import ProtocolError
from urllib3.response import HTTPResponse

from live.asked import UnreachableError
from live.calendars import WHOLE, download

ADDRESS = "https://calendar.example.org/ical/secret-4f1/basic.ics"
Answer = Callable[[requests.PreparedRequest], HTTPResponse]


class Server(BaseAdapter):
    """Answers every request in the same way, and remembers it."""

    def __init__(self, answer: Answer) -> None:
        """Begin with nothing asked."""
        super().__init__()
        self.answer = answer
        self.asked: list[tuple[requests.PreparedRequest, dict[str, object]]] = []

    def send(
        self, request: requests.PreparedRequest, *_: object, **options: object
    ) -> requests.Response:
        """Answer."""
        self.asked.append((request, options))
        raw = self.answer(request)
        found = requests.Response()
        found.status_code, found.raw = raw.status, raw
        found.headers.update(raw.headers)
        found.url, found.request = str(request.url), request
        return found

    def close(self) -> None:
        """Nothing is open."""


def asking(answer: Answer) -> tuple[requests.Session, Server]:
    """Return a session that asks a server of such an answer."""
    session, server = requests.Session(), Server(answer)
    session.mount("https://", server)
    return session, server


def body(content: bytes, status: int = 200, **headers: str) -> Answer:
    """Return an answer of this content."""
    return lambda _: HTTPResponse(BytesIO(content), headers, status, preload_content=False)


def failing(error: Exception) -> Answer:
    """Return an answer that never comes."""

    def answer(_: requests.PreparedRequest) -> HTTPResponse:
        raise error

    return answer


def test_a_calendar_is_downloaded_without_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("requests.sessions.get_netrc_auth", lambda _: ("me", "password"))
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    session, server = asking(body(b"BEGIN:VCALENDAR"))

    assert download(ADDRESS, 100, session) == b"BEGIN:VCALENDAR"
    [(request, options)] = server.asked
    assert request.headers == {
        "User-Agent": requests.utils.default_user_agent(),
        "Accept": "text/calendar",
        "Accept-Encoding": "identity",
        "Connection": "keep-alive",
    }
    assert (options["stream"], options["timeout"], options["verify"]) == (True, (5.0, 10.0), True)


class Counted(BytesIO):
    """Counts what is taken of it."""

    taken = 0

    def read1(self, size: int | None = -1, /) -> bytes:
        """Return a piece."""
        piece = super().read1(size)
        self.taken += len(piece)
        return piece


def test_no_more_is_downloaded_than_is_wanted() -> None:
    content = Counted(bytes(10**7))
    session, _ = asking(lambda _: HTTPResponse(content, status=200, preload_content=False))

    assert download(ADDRESS, 1000, session) == bytes(1001)
    assert content.taken == 2**16


REFUSED = {
    "gone": (body(b"", 404), "answers 404; is the calendar shared with everybody?"),
    "without https": (
        body(b"", 302, location="http://calendar.example.org/secret-4f1"),
        "redirects to an address without https",
    ),
    "round and round": (body(b"", 302, location=ADDRESS), "redirects more than 5 times"),
    "certificate": (
        failing(requests.exceptions.SSLError(ADDRESS)),
        "has no certificate that is trusted",
    ),
    "slow": (
        failing(requests.exceptions.ReadTimeout(ADDRESS)),
        "does not answer within 10 seconds",
    ),
    "away": (failing(requests.exceptions.ConnectionError(ADDRESS)), "cannot be reached"),
    "other": (
        failing(requests.exceptions.InvalidHeader(ADDRESS)),
        "cannot be asked: InvalidHeader",
    ),
    "broken off": (failing(ProtocolError(ADDRESS)), "cannot be asked: ProtocolError"),
}


@pytest.mark.parametrize(("answer", "told"), REFUSED.values(), ids=REFUSED)
def test_another_answer_is_refused_and_names_the_host_alone(answer: Answer, told: str) -> None:
    session, _ = asking(answer)
    with pytest.raises(UnreachableError) as caught:
        download(ADDRESS, 100, session)

    assert str(caught.value) == f"calendar.example.org {told}"


def test_a_server_that_is_never_done_is_left() -> None:
    ticks: Iterator[float] = iter([0.0, WHOLE, WHOLE + 0.1])
    session, _ = asking(body(bytes(2**18)))
    with pytest.raises(
        UnreachableError, match=r"^calendar\.example\.org needs more than 30 seconds$"
    ):
        download(ADDRESS, 2**20, session, lambda: next(ticks))


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("http://example.org/a.ics", "found http:; write an address that begins with https://"),
        ("webcal://example.org/a.ics", "found webcal:; write an address that begins with https://"),
        ("file:///etc/passwd", "found file:; write an address that begins with https://"),
        ("https://", "found https:; write an address that begins with https://"),
        ("https://[a/", "found https:; write an address that begins with https://"),
        (
            "https://me:password@example.org/a.ics",
            "example.org: found a name or password in the address; use one that needs none",
        ),
    ],
)
def test_what_is_no_plain_https_address_is_refused(address: str, told: str) -> None:
    with pytest.raises(UnreachableError) as caught:
        download(address, 100)

    assert str(caught.value) == told
