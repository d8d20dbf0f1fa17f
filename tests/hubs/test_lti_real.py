"""Launches by LTI 1.3 in the real authenticator: the platform's people in, all others out."""

import json
from collections.abc import Callable
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from jwt.algorithms import RSAAlgorithm
from ltiauthenticator.lti13.error import InvalidAudienceError, TokenError
from ltiauthenticator.lti13.validator import LTI13LaunchValidator

from tests.hubs.real_sign_in import LTI, entered, made

Raw = dict[str, Any]


@pytest.fixture(scope="module")
def platform() -> RSAPrivateKey:
    """Return the key with which a learning platform signs."""
    return generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture
def launched(platform: RSAPrivateKey, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Raw | None]:
    """Return whom a launch lets in, by the key that signed it and what it claims."""
    public = json.loads(RSAAlgorithm.to_jwk(platform.public_key())) | {"kid": "1"}
    asked: list[str] = []

    def keys(client: jwt.PyJWKClient) -> Raw:
        asked.append(client.uri)
        return {"keys": [public]}

    monkeypatch.setattr(jwt.PyJWKClient, "fetch_data", keys)

    def launch(key: RSAPrivateKey, **claims: object) -> Raw | None:
        found = made(LTI)
        usual = {"iss": LTI["issuer"], "aud": "10000000000042", "sub": "4", "exp": 4102444800}
        token = jwt.encode(usual | claims, key, algorithm="RS256", headers={"kid": "1"})
        # As `LTI13CallbackHandler.decode_and_validate_launch_request` does.
        data = LTI13LaunchValidator().verify_and_decode_jwt(
            encoded_jwt=token,
            issuer=found.issuer,
            audience=found.client_id,
            jwks_endpoint=found.jwks_endpoint,
            jwks_algorithms=found.jwks_algorithms,
        )
        assert asked == [LTI["jwksUrl"]]
        return entered(found, data)

    return launch


@pytest.mark.parametrize(
    ("claims", "enters"),
    [
        ({"email": "Member@example.org"}, ("member@example.org", False)),
        ({"email": "lead@example.org"}, ("lead@example.org", True)),
        ({"email": "a@b.c", "aud": "10000000000043"}, ("a@b.c", False)),
        ({}, ("4", False)),
    ],
)
def test_lti_lets_in_whom_the_platform_launches(
    claims: Raw,
    enters: tuple[str, bool],
    platform: RSAPrivateKey,
    launched: Callable[..., Raw | None],
) -> None:
    user = launched(platform, **claims)

    assert user is not None
    assert (user["name"], bool(user["admin"])) == enters


@pytest.mark.parametrize(
    ("claims", "error"),
    [
        ({"aud": "10000000000044"}, InvalidAudienceError),
        ({"iss": "https://elsewhere.example.org"}, TokenError),
        ({"exp": 1}, TokenError),
    ],
)
def test_lti_refuses_another_client_platform_or_time(
    claims: Raw,
    error: type[Exception],
    platform: RSAPrivateKey,
    launched: Callable[..., Raw | None],
) -> None:
    with pytest.raises(error):
        launched(platform, email="member@example.org", **claims)


def test_lti_refuses_what_somebody_else_signed(launched: Callable[..., Raw | None]) -> None:
    forger = generate_private_key(public_exponent=65537, key_size=2048)

    with pytest.raises(TokenError):
        launched(forger, email="lead@example.org")
