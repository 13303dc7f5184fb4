"""What the name of a field says about its value: that it stays, that it is secret, or nothing."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from vobiz_mcp.privacy.language.numerals import listed
from vobiz_mcp.privacy.language.vocabulary import LETS_IN, PASSWORDS
from vobiz_mcp.privacy.language.words import words

WIDEST: Final = 3
"""Names of a path that may tell what stands at its end: the last."""
_GENERIC: Final = listed("number numbers no num nr value values data field text input digits entered answer raw code")
"""Last words of a name that leave it to the words before them what the value is."""
_STAYS: Final = listed("""
    id ids uuid uuids guid sid uid url uri urls link href status state role direction type kind ref reference order
    booking reservation pnr tracking awb consignment shipment parcel ticket case complaint transaction txn utr rrn
    imei serial iccid sku barcode version hash etag registration
    time times timestamp timestamps ts date dates datetime day month year at epoch since until duration ms millis
    seconds secs sec minutes hours expiry expires expiration exp created updated started ended dob birthday
    lat lng lon latitude longitude coordinates coords location geo zip zipcode postal postcode pincode city
    country address street house room flat
    phone phones mobile msisdn tel telephone fax whatsapp cell landline ani dnis did cli from to caller callee dialed
    destination contact extension
    price amount amounts total subtotal cost costs balance fee fees fare tax discount quantity qty count counts length
    size limit attempts retries rate points score weight height width age temperature percent percentage usage
    last4 four brand issuer holder network format position index rank page offset port
    """)
_KEYS: Final = frozenset([("api", "key"), ("private", "key"), ("access", "token"), ("auth", "token")])
"""Last two words of the name of what lets a program in."""
ENTRANCES: Final = PASSWORDS | {"secret"} | {last for _, last in _KEYS}
"""Last words of the names of what is secret, whatever its characters."""
_TELLING: Final = frozenset(["aadhaar", "aadhar", "pan"])
"""Words of a name that may end in `id`, and be secret."""
_CHECKS: Final = listed("otp otps 2fa mfa totp factor passcode authenticate authentication auth login signin")
_VERIFIES: Final = listed("verify validate user identity caller customer code token phone sms number it me")
"""Words of the name of a tool that checks a code, and of nothing else."""


class Field(NamedTuple):
    """What a name says of the value under it.

    Attributes:
        stays: it is no secret, whatever its digits.
        is_password: it is one, whatever its characters.
        head: words to read before the value; "" where the name says nothing.
        checks: what the tool checks, `otp` or `pin`; "" for any other.
    """

    stays: bool
    is_password: bool
    head: str
    checks: str


@lru_cache(maxsize=4096)
def field(tool: str, path: tuple[str, ...]) -> Field:
    """What a path of names says of its value, in the arguments or the answer of a tool, if it is of one."""
    parts = [word.text for name in path[-WIDEST:] for word in words(name)]
    own = [word.text for word in words(path[-1])] if path else []
    noun = next((part for part in reversed(parts) if part not in _GENERIC), "")
    lets_in = any(part in LETS_IN and after == "code" for part, after in pairwise(parts))
    stays = bool(own) and (own[-1] in _STAYS or (noun in _STAYS and not lets_in))
    stays = stays and not ("id" in (own[-1], noun) and not _TELLING.isdisjoint(parts))
    checks = _checks(tool)
    head = (checks if not noun or noun in _VERIFIES else "") or " ".join(parts)
    return Field(stays, bool(own) and is_password(path[-1]), head, checks)


@lru_cache(maxsize=4096)
def is_password(name: str) -> bool:
    """Whether what stands under this name is a secret, whatever its characters."""
    own = [word.text for word in words(name)]
    return own[-1:] == ["secret"] or tuple(own[-2:]) in _KEYS or not PASSWORDS.isdisjoint(own[-1:])


def _checks(tool: str) -> str:
    """What a tool of this name checks: `otp`, `pin`; "" for any other."""
    names = {word.text for word in words(tool)}
    if "pin" in names:
        return "pin"
    is_check = not names.isdisjoint(_CHECKS) or (not names.isdisjoint(("verify", "validate")) and names <= _VERIFIES)
    return "otp" if is_check else ""
