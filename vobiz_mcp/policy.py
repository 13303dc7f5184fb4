"""How much of what people say on a call is hidden, as a word that settings, programs and the command line share."""

from __future__ import annotations

from typing import Literal, TypeAlias

Privacy: TypeAlias = Literal["standard", "strict", "off"]
"""`standard` hides what lets somebody pay, log in or pose as a caller; `strict` phone numbers, mail addresses and the
names that a call's metadata gives as well; `off` hides nothing but the secret parts of URLs."""
