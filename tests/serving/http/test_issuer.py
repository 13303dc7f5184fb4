from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx2
import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from http_requests import Clock, bearer, listed, loopback_server
from mcp.server.auth.middleware.bearer_auth import AuthenticatedUser
from mcp.server.auth.provider import AccessToken
from upstream import Upstream, loopback

from vobiz_mcp.serving.http.clients import client_of
from vobiz_mcp.serving.http.issuer import EARLY_S, FRESH_S, PATIENCE_S, IssuerKeys

RESOURCE = "https://calls.example/mcp"
KEY, OTHER_KEY = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())


def jwk(key: ec.EllipticCurvePrivateKey, name: str) -> dict[str, Any]:
    public: dict[str, Any] = jwt.algorithms.ECAlgorithm.to_jwk(key.public_key(), as_dict=True)
    return {**public, "kid": name, "use": "sig", "alg": "ES256"}


STRANGE: list[Any] = [[], {}, [[]], 1e308, None, "x" * 10_000]
NOT_FOR_SIGNATURES: list[Any] = [
    {"kty": "oct", "kid": "secret", "k": "AAAA"},
    {**jwk(OTHER_KEY, "encrypts"), "use": "enc"},
    {**jwk(OTHER_KEY, "wraps"), "key_ops": ["wrapKey"]},
    *({**jwk(OTHER_KEY, "two"), name: value} for name in ("kty", "crv", "x", "use") for value in STRANGE if value),
    *({**jwk(OTHER_KEY, "two"), "kid": value} for value in STRANGE[:4]),
    *({"kty": "RSA", "kid": "three", "n": value, "e": value} for value in STRANGE),
    *STRANGE,
]


def claims(expires_in: int = 600, **changed: object) -> dict[str, Any]:
    now = int(time.time())
    usual = {"iss": "", "aud": RESOURCE, "sub": "priya", "client_id": "desk", "iat": now, "exp": now + expires_in}
    return {name: value for name, value in {**usual, **changed}.items() if value is not None}


def signed(issuer: str, key: ec.EllipticCurvePrivateKey = KEY, kid: str | None = "one", **changed: Any) -> str:
    headers = {"kid": kid} if kid else {}
    return jwt.encode(claims(**{"iss": issuer, **changed}), key, "ES256", headers)


def forged(issuer: str, algorithm: str) -> str:
    """Signed with nothing, or with the public key as if it were a shared secret."""
    parts = ({"alg": algorithm, "typ": "JWT", "kid": "one"}, claims(iss=issuer))
    text = b".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in parts)
    public = KEY.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    signature = b"" if algorithm == "none" else hmac.digest(public, text, hashlib.sha256)
    return (text + b"." + base64.urlsafe_b64encode(signature).rstrip(b"=")).decode()


def segment(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def with_header(issuer: str, changed: dict[str, object]) -> str:
    """A token that is signed as it should be, by a key that should sign it, with a header that is not as it should be."""
    header = {"alg": "ES256", "typ": "JWT", "kid": "one", **changed}
    content = f"{segment(json.dumps(header).encode())}.{segment(json.dumps(claims(iss=issuer)).encode())}"
    return f"{content}.{segment(jwt.get_algorithm_by_name('ES256').sign(content.encode(), KEY))}"


@pytest.fixture(scope="module")
def issuer() -> Iterator[Upstream]:
    with loopback() as running:
        running.serve(
            "/tenant/.well-known/openid-configuration",
            {"issuer": f"{running.base_url}/tenant/", "jwks_uri": f"{running.base_url}/keys?p=1"},
        )
        running.serve("/keys", {"keys": [*NOT_FOR_SIGNATURES, jwk(KEY, "one"), *NOT_FOR_SIGNATURES]})
        yield running


@pytest.fixture(scope="module")
def guarded(issuer: Upstream) -> Iterator[str]:
    environment = {"VOBIZ_MCP_ISSUER": f"{issuer.base_url}/tenant", "VOBIZ_MCP_RESOURCE": RESOURCE}
    with loopback_server("--host", "0.0.0.0", environment=environment) as url:
        yield url


Make = Callable[[str], str]
REFUSED: dict[str, Make] = {
    "meant for another server": lambda issuer: signed(issuer, aud="https://elsewhere.example/mcp"),
    "meant for nobody": lambda issuer: signed(issuer, aud=None),
    "of another issuer": lambda _: signed("https://id.example"),
    "of an issuer that begins alike": lambda issuer: signed(f"{issuer}evil"),
    "of no issuer": lambda issuer: signed(issuer, iss=None),
    "expired": lambda issuer: signed(issuer, expires_in=-60),
    "good for ever": lambda issuer: signed(issuer, exp=None),
    "not good yet": lambda issuer: signed(issuer, nbf=int(time.time()) + 600),
    "about nobody": lambda issuer: signed(issuer, sub=None),
    "signed by another key": lambda issuer: signed(issuer, OTHER_KEY),
    "signed by a key for encryption": lambda issuer: signed(issuer, OTHER_KEY, "encrypts"),
    "signed by a key for wrapping": lambda issuer: signed(issuer, OTHER_KEY, "wraps"),
    "naming a key that is not there": lambda issuer: signed(issuer, kid="two"),
    "not signed": lambda issuer: forged(issuer, "none"),
    "signed with the public key as a secret": lambda issuer: forged(issuer, "HS256"),
    "signed with a shared secret that the issuer published": lambda issuer: jwt.encode(
        claims(iss=issuer), b"\0" * 32, "HS256", {"kid": "secret"}
    ),
    "no token at all": lambda _: "x",
    "nested without end": lambda issuer: ".".join([segment(b"[" * 30_000), *signed(issuer).split(".")[1:]]),
    "one whose header is a list": lambda issuer: ".".join([segment(b"[]"), *signed(issuer).split(".")[1:]]),
    "cut short": lambda issuer: signed(issuer)[:-5],
}


@pytest.mark.parametrize("make", REFUSED.values(), ids=REFUSED)
def test_a_token_is_refused_that_is(make: Make, issuer: Upstream, guarded: str) -> None:
    assert listed(guarded, bearer(make(f"{issuer.base_url}/tenant/"))).status_code == 401


@pytest.mark.parametrize("field", ["kid", "alg", "typ", "crit", "jwk", "x5c", "b64"])
def test_a_header_that_no_issuer_writes_breaks_nothing(field: str, issuer: Upstream, guarded: str) -> None:
    tokens = [with_header(f"{issuer.base_url}/tenant/", {field: value}) for value in (*STRANGE, "\ud800")]
    assert {listed(guarded, bearer(token)).status_code for token in tokens} <= {200, 401}


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({}, id="as it is"),
        pytest.param({"aud": ["https://elsewhere.example", RESOURCE]}, id="for several servers"),
        pytest.param({"aud": f"{RESOURCE}/"}, id="with a slash at the end"),
        pytest.param({"expires_in": -5}, id="expired by a clock that is off"),
        pytest.param({"kid": None}, id="naming no key"),
    ],
)
def test_a_token_is_accepted_that_the_issuer_made_for_this_server(
    changed: dict[str, Any], issuer: Upstream, guarded: str
) -> None:
    answer = listed(guarded, {**bearer(signed(f"{issuer.base_url}/tenant/", **changed)), "Host": "calls.example"})
    assert (answer.status_code, "get_live_call" in answer.text) == (200, True)


def test_a_client_without_a_token_is_told_where_to_get_one(issuer: Upstream, guarded: str) -> None:
    refused = listed(guarded)
    assert refused.status_code == 401
    where = "https://calls.example/.well-known/oauth-protected-resource/mcp"
    assert f'resource_metadata="{where}"' in refused.headers["WWW-Authenticate"]
    metadata = httpx2.get(guarded.replace("/mcp", "/.well-known/oauth-protected-resource/mcp")).json()
    assert (metadata["resource"], metadata["authorization_servers"]) == (RESOURCE, [f"{issuer.base_url}/tenant"])


class Issuer:
    """An issuer whose documents a test changes, on a clock that it moves."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.asked: list[str] = []
        self.answers = asyncio.Event()
        self.answers.set()
        self.documents: dict[str, Any] = {
            "https://id.example/.well-known/oauth-authorization-server/t": {
                "issuer": "https://id.example/t",
                "jwks_uri": "https://id.example/keys",
            },
            "https://id.example/keys": {"keys": [jwk(KEY, "one")]},
        }
        self.keys = IssuerKeys("https://id.example/t", transport=httpx2.MockTransport(self), clock=self.clock)

    async def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(str(request.url))
        await self.answers.wait()
        document = self.documents.get(str(request.url))
        return (
            document
            if isinstance(document, httpx2.Response)
            else httpx2.Response(200 if document else 404, json=document)
        )

    async def knows(self, name: str) -> bool:
        return await self.keys.find(name) is not None


pytestmark = pytest.mark.anyio


async def test_the_keys_are_asked_for_once_and_again_when_they_are_old() -> None:
    issuer = Issuer()
    assert await issuer.knows("one")
    asked = len(issuer.asked)
    issuer.clock.now = FRESH_S - EARLY_S - 1
    assert await issuer.knows("one")
    assert len(issuer.asked) == asked
    issuer.documents["https://id.example/keys"] = {"keys": [jwk(OTHER_KEY, "two")]}
    issuer.clock.now = FRESH_S + 1
    assert not await issuer.knows("one"), "a withdrawn key is good for an hour at most"


async def test_a_new_key_is_found_when_a_token_names_it_and_names_of_no_key_do_not_flood_the_issuer() -> None:
    issuer = Issuer()
    await issuer.knows("one")
    issuer.documents["https://id.example/keys"] = {"keys": [jwk(KEY, "one"), jwk(OTHER_KEY, "two")]}
    asked = len(issuer.asked)
    for number in range(50):
        assert not await issuer.knows(f"made up {number}")
    assert len(issuer.asked) == asked
    issuer.clock.now = PATIENCE_S
    assert await issuer.knows("two")


async def test_while_the_issuer_is_down_known_keys_stay_good_for_another_hour() -> None:
    issuer = Issuer()
    await issuer.knows("one")
    issuer.documents.clear()
    for later, good in ((FRESH_S + 1, True), (2 * FRESH_S - 1, True), (2 * FRESH_S + 1, False)):
        issuer.clock.now = later
        assert await issuer.knows("one") is good


async def test_who_names_a_known_key_does_not_wait_for_a_slow_issuer_nor_for_those_who_name_what_is_none() -> None:
    issuer = Issuer()
    assert await issuer.knows("one")
    issuer.answers.clear()
    for moment in (PATIENCE_S, FRESH_S - 1):
        issuer.clock.now = moment
        asked = len(issuer.asked)
        waiting = [asyncio.create_task(issuer.knows(f"made up {number}")) for number in range(50)]
        await asyncio.sleep(0)
        async with asyncio.timeout(20):
            assert await issuer.knows("one")
        assert not any(task.done() for task in waiting)
        issuer.answers.set()
        assert not any(await asyncio.gather(*waiting))
        assert len(issuer.asked) - asked <= 3, "and all who wait ask once"
        issuer.answers.clear()


async def test_while_the_issuer_fails_one_token_waits_for_it_and_no_other() -> None:
    issuer = Issuer()
    assert await issuer.knows("one")
    known = dict(issuer.documents)
    issuer.documents.clear()
    issuer.clock.now = FRESH_S + 1
    assert await issuer.knows("one")
    issuer.answers.clear()
    for later in range(1, 5):
        issuer.clock.now = FRESH_S + 1 + later * PATIENCE_S
        async with asyncio.timeout(20):
            assert await issuer.knows("one")
    issuer.documents.update(known)
    issuer.answers.set()


async def test_keys_are_renewed_before_they_are_old_without_anybody_waiting() -> None:
    issuer = Issuer()
    assert await issuer.knows("one")
    issuer.clock.now = FRESH_S - 1
    issuer.documents["https://id.example/keys"] = {"keys": [jwk(OTHER_KEY, "two")]}
    assert await issuer.knows("one"), "good for an hour"
    assert await issuer.knows("two"), "and the next ones are on their way"
    assert not await issuer.knows("one")


async def test_an_issuer_with_keys_that_nobody_can_read_is_believed_for_the_one_that_is_good() -> None:
    issuer = Issuer()
    issuer.documents["https://id.example/keys"] = {"keys": [*NOT_FOR_SIGNATURES, jwk(KEY, "good")]}
    assert await issuer.knows("good")
    assert not await issuer.knows("encrypts")


DOCUMENT = "https://id.example/.well-known/oauth-authorization-server/t"
BAD: dict[str, tuple[str, Any]] = {
    "another issuer's": (DOCUMENT, {"issuer": "https://id.example", "jwks_uri": "https://id.example/keys"}),
    "keys without TLS": (DOCUMENT, {"issuer": "https://id.example/t", "jwks_uri": "http://id.example/keys"}),
    "keys in a file": (DOCUMENT, {"issuer": "https://id.example/t", "jwks_uri": "file:///etc/passwd"}),
    "keys nowhere": (DOCUMENT, {"issuer": "https://id.example/t"}),
    "no object": (DOCUMENT, ["x"]),
    "no JSON": (DOCUMENT, httpx2.Response(200, content=b"<html>")),
    "too long": (DOCUMENT, httpx2.Response(200, content=b" " * (1 << 21))),
    "elsewhere": (DOCUMENT, httpx2.Response(302, headers={"Location": "https://evil.example"})),
    "no keys": ("https://id.example/keys", {"keys": []}),
    "no list of keys": ("https://id.example/keys", {"keys": {"one": jwk(KEY, "one")}}),
    "keys that are none": ("https://id.example/keys", {"keys": [{"kty": "EC", "kid": "one"}]}),
}


@pytest.mark.parametrize(("url", "document"), BAD.values(), ids=BAD)
async def test_an_issuer_is_not_believed_whose_document_is(url: str, document: Any) -> None:
    issuer = Issuer()
    issuer.documents[url] = document
    assert not await issuer.knows("one")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("desk", "priya"), ("desk", "priya"), True),
        (("desk", "priya"), ("desk", "arjun"), False),
        (("desk", "priya"), ("phone", "priya"), False),
    ],
)
def test_a_client_is_the_subject_of_its_token_wherever_it_comes_from(
    one: tuple[str, str], other: tuple[str, str], *, same: bool
) -> None:
    scopes: list[dict[str, Any]] = []
    for address, (client, subject) in zip(("192.0.2.1", "192.0.2.2"), (one, other), strict=True):
        token = AccessToken(token="", client_id=client, scopes=[], subject=subject)
        scopes.append({"type": "http", "client": (address, 1), "user": AuthenticatedUser(token)})
    assert (client_of(scopes[0]) == client_of(scopes[1])) is same
