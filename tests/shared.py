"""The project's shared folder, beside the checkout where there is one; tests that read it skip by name elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"
PAYLOADS = SHARED / "api" / "payloads"

needs_shared = pytest.mark.needs_shared


def payload(name: str) -> bytes:
    """A published body: `vobiz/stream_get_01_current`."""
    return (PAYLOADS / f"{name}.json").read_bytes()


def payload_names(*patterns: str) -> list[str]:
    """Names of published bodies; where there is no shared folder, one for a test that skips."""
    paths = {path for pattern in patterns for path in PAYLOADS.glob(f"{pattern}.json")}
    return sorted(f"{path.parent.name}/{path.stem}" for path in paths) or ["none"]


def bench_cases() -> list[Path]:
    """Dialogues to condense, as compressed JSON; where there is no shared folder, one for a test that skips."""
    return sorted((SHARED / "bench/cases").glob("*.json.gz")) or [Path("none")]
