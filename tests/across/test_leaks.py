from __future__ import annotations

import base64
import random
import string
from urllib.parse import quote

import pytest
from leaks import FAILURES, Search, keys, leaks


def test_no_error_log_repr_traceback_or_report_holds_a_key_in_any_form() -> None:
    """`tests/bench/leaks.py` makes 100,000 renderings; these are enough for each way to fail."""
    found = list(leaks(40 * len(FAILURES)))
    assert [(what, said) for what, said in found if said is not None] == []
    kinds = {what.split(" (")[0] for what, _ in found}
    assert kinds == {
        "str", "repr", "traceback", "chain", "pickle", "client", "doctor", "settings", "settings, field by field",
        "answer", "log", "commands", "log of commands",
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(20))
def test_the_search_finds_a_key_in_every_form(seed: int) -> None:
    rng = random.Random(seed)
    secrets = keys(rng)
    search = Search(secrets)
    for key in secrets.values():
        head, tail = "".join(rng.choices(string.ascii_letters, k=rng.randint(0, 9))), " and more"
        assert search.finds(f"{head}{key}{tail}")
        assert search.finds(repr({"x": key}))
        assert search.finds(quote(f"{head}{key}{tail}"))
        assert search.finds((head + key + tail).encode().hex())
        assert search.finds(base64.b64encode((head + key + tail).encode()).decode())
        assert search.finds(base64.urlsafe_b64encode((head + key + tail).encode()).decode())
    assert not search.finds("upstream_unreachable: the telephony API cannot be reached (ConnectError).")
