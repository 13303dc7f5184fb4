"""Kept rows as Parquet: one flat row a call, and beside it a table of findings and one of tool calls."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import duckdb

from vobiz_mcp.reviews.row import Row

_TYPES: Final = {str: "VARCHAR", bool: "BOOLEAN", int: "INTEGER", float: "DOUBLE"}
_NESTED: Final = {
    "found": 'STRUCT(code VARCHAR, severity VARCHAR, turn INTEGER, "at" DOUBLE)[]',
    "tools": 'STRUCT(name VARCHAR, outcome VARCHAR, seconds DOUBLE, turn INTEGER, "then" VARCHAR)[]',
    "replies": "DOUBLE[]",
}
_WHOSE: Final = "source, call_id, agent_id, version, started"
"""Columns of each table; like all of these queries, no word of it is from outside."""
TABLES: Final = {
    "calls.parquet": "SELECT * EXCLUDE (found, tools, replies) FROM kept",
    "findings.parquet": f"SELECT {_WHOSE}, unnest(found, recursive := true) FROM kept",  # noqa: S608  # nosec B608
    "tools.parquet": f"SELECT {_WHOSE}, unnest(tools, recursive := true) FROM kept",  # noqa: S608  # nosec B608
}
"""Each table, and what of the kept rows is in it."""


def columns() -> dict[str, str]:
    """The columns of `calls.parquet` with their types."""
    full = Row(started=0.0, duration=0.0, first_word=0.0, replies=(0.0,), reported_p50=0.0, resolved=True, cost=0.0)
    return {name: _TYPES[type(value)] for name, value in full.flat().items()}


def write_tables(kept: Sequence[Path], out: Path) -> None:
    """Write the tables of all rows that are kept in these files, in little memory."""
    with duckdb.connect(config={"memory_limit": "192MB", "threads": 1, "preserve_insertion_order": False}) as database:
        rows = database.read_json(
            [str(file) for file in kept], columns=columns() | _NESTED, format="newline_delimited", compression="gzip"
        )
        rows.create_view("kept")
        for name, query in TABLES.items():
            database.execute(f"COPY ({query}) TO '{_quoted(out / name)}' (FORMAT parquet, COMPRESSION zstd)")


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
