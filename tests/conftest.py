from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from upstream import Upstream, loopback

from vobiz_mcp.digest.tokens import cost as tokens


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    with loopback() as running:
        yield running


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(autouse=True)
def _no_vobiz_in_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Tests neither see nor need anybody's settings: no VOBIZ_ variable, and no .env in the working directory."""
    for name in [name for name in os.environ if name.startswith("VOBIZ_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path_factory.mktemp("cwd"))


@pytest.fixture(autouse=True, scope="session")
def _no_prices_from_before() -> None:
    """A mutation run forks its processes when the prices of words are known already, and none of its mutants asked."""
    tokens._SPACED.clear()
    tokens._piece_cost.cache_clear()
