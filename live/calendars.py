"""Downloads a calendar, within a size and a time.

The address of a shared calendar is often its only secret: no message says more of it than
the host, and no credentials are sent along.
"""

import time
from collections.abc import Callable
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import HTTPError

from live.asked import UnreachableError

# Seconds: to connect, between two pieces, and for the whole.
_CONNECT, _READ, WHOLE = 5.0, 10.0, 30.0
_MOST_REDIRECTS = 5
_PIECE = 64 * 2**10
_OK = 200


def download(
    address: str,
    most: int,
    session: requests.Session | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> bytes:
    """Return what an address holds, or one byte more than `most` if there is more.

    Args:
        address: An https address.
        most: Bytes that are wanted at most.
        session: Whose connections are used; default: new ones.
        clock: Seconds that only grow.

    Raises:
        UnreachableError: not https, no answer in time, or another than the calendar.
    """
    host = _host(address)
    session = session or requests.Session()
    session.max_redirects = _MOST_REDIRECTS
    session.adapters.pop("http://", None)
    try:
        with session:
            return _downloaded(session, address, most, clock)
    except requests.exceptions.SSLError:
        told = "has no certificate that is trusted"
    except requests.exceptions.Timeout:
        told = f"does not answer within {_READ:g} seconds"
    except requests.exceptions.TooManyRedirects:
        told = f"redirects more than {_MOST_REDIRECTS} times"
    except requests.exceptions.InvalidSchema:
        told = "redirects to an address without https"
    except requests.exceptions.ConnectionError:
        told = "cannot be reached"
    except (requests.exceptions.RequestException, HTTPError) as error:
        told = f"cannot be asked: {type(error).__name__}"
    except _RefusedError as error:
        told = str(error)
    msg = f"{host} {told}"
    raise UnreachableError(msg)


class _RefusedError(Exception):
    """An answer that is no calendar."""


def _host(address: str) -> str:
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        parts, host = None, None
    if parts is None or parts.scheme.lower() != "https" or not host:
        scheme = address.partition(":")[0][:20]
        msg = f"found {scheme}:; write an address that begins with https://"
        raise UnreachableError(msg)
    if parts.username is not None or parts.password is not None:
        msg = f"{host}: found a name or password in the address; use one that needs none"
        raise UnreachableError(msg)
    return host


def _downloaded(
    session: requests.Session, address: str, most: int, clock: Callable[[], float]
) -> bytes:
    ends = clock() + WHOLE
    # Without these a password of `.netrc` would be sent, and a small answer could unpack to a
    # large one.
    answer = session.get(
        address,
        stream=True,
        timeout=(_CONNECT, _READ),
        auth=_nobody,
        headers={"Accept": "text/calendar", "Accept-Encoding": "identity"},
    )
    with answer:
        if answer.status_code != _OK:
            msg = f"answers {answer.status_code}; is the calendar shared with everybody?"
            raise _RefusedError(msg)
        found = bytearray()
        # One piece at a time: else a server that sends a byte now and then is never done.
        while len(found) <= most and (piece := answer.raw.read1(_PIECE, decode_content=True)):
            found += piece
            if clock() > ends:
                msg = f"needs more than {WHOLE:g} seconds"
                raise _RefusedError(msg)
        return bytes(found[: most + 1])


def _nobody(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request
