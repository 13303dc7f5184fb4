"""What somebody fills in to reach an account, and whether anything of it is there: if not, the sandbox answers."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple


class Variable(NamedTuple):
    """One environment variable that an account takes, as a person is asked for it.

    Attributes:
        credential: whether it proves who asks, so that its presence alone ends the sandbox.
        secret: whether it is typed without echo and kept out of sight.
        default: what it usually is; "" where only its owner knows.
    """

    name: str
    title: str
    description: str
    credential: bool = True
    secret: bool = False
    default: str = ""


VARIABLES: Final = (
    Variable("VOBIZ_AUTH_ID", "Vobiz Auth ID", "Account of the telephony API, MA_…, from the Vobiz console."),
    Variable("VOBIZ_AUTH_TOKEN", "Vobiz Auth Token", "Token of the telephony API.", secret=True),
    Variable("VOBIZ_AGENT_API_KEY", "Agent API key", "Key of the agent-call API, sk_….", secret=True),
    Variable("VOBIZ_AGENT_API_SECRET", "Agent API secret", "Secret of the agent-call API.", secret=True),
    Variable(
        "VOBIZ_AGENT_BASE_URL",
        "Agent API address",
        "Where the agent-call API is; its keys go only to this address.",
        credential=False,
        default="https://api.zudu.ai",
    ),
)
"""Either half works alone: the first two are the telephony API's, the others the agent-call API's."""

_PLACEHOLDER = re.compile(r"\$\{[^}]*\}|\$[A-Z_]+")


def filled(value: str) -> str:
    """A value without space around it; "" for a placeholder such as `${input:id}` that a host did not fill in."""
    return "" if _PLACEHOLDER.fullmatch(value.strip()) else value.strip()


def asks_sandbox(flag: bool | None) -> bool:  # noqa: FBT001 - what `--sandbox` or `--no-sandbox` said, if either did
    """Whether the sandbox answers: as the command line says, otherwise where no credential is set at all.

    One credential is enough for the account: an answer never mixes what is real with what is made up.
    """
    return not credentials_set() if flag is None else flag


def credentials_set() -> list[str]:
    """The credentials that the environment or `.env` holds, by name, as `settings` reads them, at no cost."""
    found = known()
    return [told.name for told in VARIABLES if told.credential and filled(found.get(told.name, ""))]


def known() -> dict[str, str]:
    """What the environment and, behind it, `.env` set, by name in capitals, as `settings` reads them."""
    return {name.upper(): value or "" for name, value in {**_dotenv(), **os.environ}.items()}


def quiet_dotenv() -> None:
    """Leave a line of `.env` that sets nothing to `serving.ignored_settings`: python-dotenv says it at each read."""
    import logging

    logging.getLogger("dotenv.main").setLevel(logging.ERROR)


def _dotenv() -> Mapping[str, str | None]:
    if not Path(".env").is_file():
        return {}
    from dotenv import dotenv_values

    quiet_dotenv()
    try:
        return dotenv_values(".env", encoding="utf8")
    except (OSError, UnicodeDecodeError):  # `settings` refuses it, by its name
        return {"VOBIZ_AUTH_ID": "unreadable"}
