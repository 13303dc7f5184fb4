"""The environment as settings. Secrets are held as secrets, and no value is ever part of a message."""

from __future__ import annotations

import re
from collections.abc import Callable
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Annotated, TypeAlias, TypeVar
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from vobiz_mcp.credentials import filled
from vobiz_mcp.errors import NotConfigured
from vobiz_mcp.ids import is_id
from vobiz_mcp.policy import Privacy

TELEPHONY_URL = "https://api.vobiz.ai"
LOOPBACK = ("127.0.0.1", "localhost", "::1")
VALKEY_SCHEMES = ("redis", "rediss", "valkey", "valkeys")
SHORTEST_TOKEN = 16
"""Characters of a token that lets clients in over HTTP."""

Network: TypeAlias = IPv4Network | IPv6Network

_HEADER_VALUE = re.compile(r"[\x21-\x7e]+")
_NETLOC = re.compile(r"([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?")
_PLAIN_URL = re.compile(r"(?:(?![?#\\])[!-~])+")


def _stripped(value: object) -> object:
    return filled(value) if isinstance(value, str) else value


def _header_safe(secret: SecretStr) -> SecretStr:
    if secret.get_secret_value() and not _HEADER_VALUE.fullmatch(secret.get_secret_value()):
        raise ValueError("printable ASCII without spaces or line breaks, as an HTTP header can carry")
    return secret


def _account_id(secret: SecretStr) -> SecretStr:
    if secret.get_secret_value() and not is_id(secret.get_secret_value()):
        raise ValueError("an account id of letters, digits, `_` and `-`, such as MA_ABC123")
    return secret


def _door_token(secret: SecretStr) -> SecretStr:
    if 0 < len(secret.get_secret_value()) < SHORTEST_TOKEN:
        raise ValueError(f"{SHORTEST_TOKEN} characters or more, as `openssl rand -hex 32` makes them")
    return secret


def _log_level(level: str) -> str:
    if level.lower() not in ("", "info"):
        raise ValueError("`info`, or not set")
    return level.lower()


def _base_url(url: str) -> str:
    if not url:
        return url
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or not _NETLOC.fullmatch(parts.netloc) or not _PLAIN_URL.fullmatch(url):
        raise ValueError("a URL such as https://api.vobiz.ai, without user, query or fragment")
    if parts.scheme != "https" and not (parts.scheme == "http" and host in LOOPBACK):
        raise ValueError("an https URL; plain http is for loopback only")
    return url.rstrip("/")


def _telephony_url(url: str) -> str:
    """The vendor writes its base URL with `/api/v1`, which the requests bring themselves."""
    return url.removesuffix("/api/v1") or TELEPHONY_URL


def _word(value: object) -> object:
    """A word in any spelling of its letters; none at all is the usual one."""
    return (filled(value).lower() or "standard") if isinstance(value, str) else value


def _networks(value: object) -> object:
    """`10.0.0.2, 192.168.7.0/24` as networks. A network of every address is refused: anybody could claim another's."""
    if not isinstance(value, str):
        return value
    try:
        networks = [ip_network(part.strip(), strict=False) for part in value.split(",") if part.strip()]
    except ValueError:
        networks = None
    if networks is None or not all(network.prefixlen for network in networks):
        raise ValueError("addresses or networks of your own proxies, such as 10.0.0.2,192.168.7.0/24")
    return tuple(networks)


def _valkey_url(url: SecretStr) -> SecretStr:
    try:
        parts = urlsplit(url.get_secret_value())
        is_one = not parts.scheme or (bool(parts.hostname) and (parts.port or 0) >= 0)
    except ValueError:
        is_one = False
    if not is_one or parts.scheme not in (*VALKEY_SCHEMES, "") or (url.get_secret_value() and not parts.scheme):
        raise ValueError("a URL such as redis://valkey:6379/0 or, over TLS, rediss://user:password@valkey:6379/0")
    return url


def _rate(value: object) -> object:
    text = str(value).strip() or "0"
    try:
        rate = float(text)
    except ValueError:
        rate = -1.0
    if not 0 <= rate < 1e6:
        raise ValueError("requests per second, such as 10 or 0.5; 0 for any number")
    return rate


_Secret = Annotated[SecretStr, BeforeValidator(_stripped), AfterValidator(_header_safe)]
_Account = Annotated[SecretStr, BeforeValidator(_stripped), AfterValidator(_account_id)]
_BaseUrl = Annotated[str, BeforeValidator(_stripped), AfterValidator(_base_url)]

_Flag = Annotated[bool, BeforeValidator(lambda value: _stripped(value) or False)]


_CONFIG = SettingsConfigDict(
    env_prefix="VOBIZ_", env_file=".env", extra="ignore", hide_input_in_errors=True, frozen=True
)


class PrivacySettings(BaseSettings):
    """How much of what people say is hidden: also where no account is asked, as in the sandbox and of saved calls."""

    model_config = _CONFIG

    privacy: Annotated[Privacy, BeforeValidator(_word)] = "standard"
    """What is hidden of what people say, in every answer and every record."""


class Settings(PrivacySettings):
    """What the client needs to know, from `VOBIZ_*` variables and a `.env` file in the working directory.

    Either half may be absent: the telephony half is `auth_id` and `auth_token`, the agent half `agent_api_key`,
    `agent_api_secret` and `agent_base_url`.
    """

    auth_id: _Account = SecretStr("")
    auth_token: _Secret = SecretStr("")
    base_url: Annotated[_BaseUrl, AfterValidator(_telephony_url)] = TELEPHONY_URL
    agent_api_key: _Secret = SecretStr("")
    agent_api_secret: _Secret = SecretStr("")
    agent_base_url: _BaseUrl = ""
    """No default: a key goes only to a host that the user named."""
    trust_env: _Flag = False
    """Whether proxies and certificates that the environment names are used (`HTTPS_PROXY`, `SSL_CERT_FILE`, …)."""


class ServerSettings(BaseSettings):
    """What a server needs to know besides: whom to let in over HTTP, and what to log. Read from the same places.

    Attributes:
        log: `info` for a line on standard error per tool call.
        mcp_token: what a client must send as its bearer token.
        mcp_issuer: the OAuth issuer whose tokens are accepted instead.
        mcp_resource: the URL at which clients reach the server, which those tokens must be meant for.
        mcp_trusted_proxies: who may say, in `X-Forwarded-For`, for whom a request is made.
        valkey_url: the Valkey or Redis server by which replicas share what they ask, and count together.
        upstream_rate: requests per second that all replicas together may make of an account; 0 for any number.
    """

    model_config = _CONFIG

    log: Annotated[str, BeforeValidator(_stripped), AfterValidator(_log_level)] = ""
    mcp_token: Annotated[_Secret, AfterValidator(_door_token)] = SecretStr("")
    mcp_issuer: _BaseUrl = ""
    mcp_resource: _BaseUrl = ""
    mcp_trusted_proxies: Annotated[tuple[Network, ...], NoDecode, BeforeValidator(_networks)] = ()
    valkey_url: Annotated[SecretStr, BeforeValidator(_stripped), AfterValidator(_valkey_url)] = SecretStr("")
    upstream_rate: Annotated[float, BeforeValidator(_rate)] = 0.0

    def of_each(self, workers: int, rate: float) -> float:
        """What each of so many workers lets through of a rate: all of it where they count together, else its part."""
        return rate if self.valkey_url.get_secret_value() else rate / workers


S = TypeVar("S", bound=BaseSettings)


class WrongSettings(NotConfigured):
    """A setting is present and unusable."""

    usual_advice = "Correct it in the environment or in .env, then start again."


def from_environment() -> Settings:
    """The client's settings of this process. Raises as `read` does."""
    return read(Settings)


def read(kind: type[S]) -> S:
    """One kind of settings of this process. Raises as `checked` does."""
    return checked(kind)


def checked(make: Callable[[], S]) -> S:
    """What makes settings, with its complaints in our words.

    Raises:
        WrongSettings: names each wrong variable and what is expected of it, never its value.
    """
    try:
        return make()
    except ValidationError as error:
        wrong = [(variable(str(problem["loc"][0])), _expected(problem["msg"])) for problem in error.errors()]
        raise WrongSettings("; ".join(f"{name} must be {expected}" for name, expected in wrong)) from None
    except (OSError, UnicodeDecodeError):
        raise WrongSettings(".env cannot be read; it must be a UTF-8 text file that this user may read") from None


def variable(field: str) -> str:
    """The environment variable of a field of `Settings`."""
    return f"VOBIZ_{field.upper()}"


def _expected(message: str) -> str:
    return message.removeprefix("Value error, ").removeprefix("Input should be ")
