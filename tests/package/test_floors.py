import ast
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import vobiz_mcp

ROOT = Path(vobiz_mcp.__file__).parent
FLOORS = (
    ("", "errors", "ids", "logs", "opt_out", "policy", "credentials", "server_info", "settings"),
    ("glossary", "records", "api"),
    ("privacy.language",),
    ("privacy.reading",),
    ("privacy.detect",),
    ("privacy.record",),
    ("privacy",),
    ("digest.wording",),
    ("digest.speech", "digest.tokens"),
    ("digest.timeline", "digest.carrier", "digest.derived"),
    ("digest.deeds",),
    ("digest.findings",),
    ("digest.claims.evidence",),
    ("digest.claims.told",),
    ("digest.claims",),
    ("digest.shown_call",),
    ("digest.examined_call",),
    ("digest.examine",),
    ("digest.header",),
    ("digest.verbatim",),
    ("digest.page",),
    ("digest.watch", "digest.diagnosis", "digest"),
    ("view",),
    ("client", "saved_calls"),
    ("client.replicas",),
    ("saved_files", "reviews"),
    ("reviews.changes", "reviews.batch"),
    ("reviews.page", "view.report"),
    ("tools.steps",),
    ("tools", "resources", "prompts"),
    ("sandbox",),
    ("serving.pool", "serving.http", "serving.stdio", "serving"),
    ("hosts",),
    ("cli.saved", "cli", "__main__"),
)
"""Rooms from the lowest floor up, sub-rooms too; imports go down only, or stay on their floor."""
MOST_FILES = 14
"""Files of a room, its `__init__` among them, that a newcomer still looks through."""
DOORS = {
    "click": {"cli"},
    "duckdb": {"reviews.batch.parquet", "cli.saved.review"},
    "jwt": {"serving.http"},
    "mcp": {"serving", "serving.http", "cli"},
    "mcp_types": {"serving", "cli"},
    "langchain": set[str](),
    "langchain_core": set[str](),
    "httpx2": {"client", "sandbox.transport", "cli.demo", "serving.http.issuer"},
    "msgspec": {"api.body", "client.replicas.sealing"},
    "stdnum": {"privacy.detect.checksums"},
    "pydantic_settings": {"settings"},
    "rich": {"cli"},
    "ruamel": {"hosts.yaml_file"},
    "starlette": {"serving.http"},
    "tomlkit": {"hosts.toml_file"},
    "cryptography": {"client.replicas.sealing"},
    "redis": {"client.replicas"},
    "throttled": {"client.replicas.allowance"},
    "uvicorn": {"serving.http.connections"},
}
"""Libraries that only the rooms or files named may import."""
CLOSED = {
    "errors": set[str](),
    "server_info": {""},
    "serving.http": {"serving.http", "client.replicas.allowance", "api", "errors", "settings"},
    "privacy": {"privacy", "records", "policy"},
    "digest": {"digest", "records", "api", "errors", "opt_out", "glossary"},
    "sandbox": {"sandbox"},
    "sandbox.transport": {"sandbox", "client", "policy", "settings"},
}
"""Rooms and files that may import less than their floor would let them."""
IMPORTS_SANDBOX = {"serving", "cli", "sandbox"}


def module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix("__init__").rstrip(".")


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide where they lead"
            whole = node.module == "vobiz_mcp"
            yield from (f"vobiz_mcp.{alias.name}" if whole else str(node.module) for alias in node.names)


def prefixes(name: str) -> list[str]:
    """A module and all that it stands in, innermost first: `digest.page.find`, `digest.page`, `digest`."""
    parts = name.removeprefix("vobiz_mcp.").split(".")
    return [".".join(parts[:length]) for length in range(len(parts), 0, -1)]


def room(name: str) -> str:
    return next((prefix for prefix in prefixes(name) if prefix in FLOOR_OF), "")


FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
FILES = sorted(ROOT.rglob("*.py"))
Edge = tuple[str, str]


@cache
def edges() -> list[Edge]:
    """Each file, and what it imports."""
    return [(module(path), target) for path in FILES for target in imports(path)]


@cache
def inner() -> list[Edge]:
    """All imports of the project's own, but for those of the front door, which are lazy."""
    return [(source, target) for source, target in edges() if source and target.startswith("vobiz_mcp.")]


def test_every_room_has_a_floor() -> None:
    assert {room(module(path)) for path in FILES} == set(FLOOR_OF)


def test_imports_go_down_only() -> None:
    assert [(s, t) for s, t in inner() if FLOOR_OF[room(s)] < FLOOR_OF[room(t)]] == []


def test_no_two_rooms_need_each_other() -> None:
    needs = {(room(source), room(target)) for source, target in inner() if room(source) != room(target)}
    assert {frozenset(pair) for pair in needs if pair[::-1] in needs} == set()


def test_no_room_has_more_files_than_a_newcomer_looks_through() -> None:
    sizes = Counter(path.parent.relative_to(ROOT).as_posix() for path in FILES)
    assert {folder: size for folder, size in sizes.items() if size > MOST_FILES} == {}


def test_every_file_says_in_its_first_line_what_belongs_in_it() -> None:
    firsts = {module(path): (ast.get_docstring(ast.parse(path.read_text())) or "").split("\n")[0] for path in FILES}
    assert [
        name for name, first in firsts.items() if not first or first.startswith(("The same", "Its ", "All of "))
    ] == []


def test_a_library_is_imported_only_where_its_door_is() -> None:
    guarded = [(source, target.split(".")[0]) for source, target in edges() if target.split(".")[0] in DOORS]
    assert [(s, t) for s, t in guarded if not set(prefixes(s)) & DOORS[t]] == []


def test_closed_rooms_import_only_what_they_are_allowed() -> None:
    rules = [(s, t, next((CLOSED[at] for at in prefixes(s) if at in CLOSED), None)) for s, t in inner()]
    assert [(s, t) for s, t, may in rules if may is not None and not set(prefixes(t)) & may] == []


def test_every_module_that_is_mutated_and_every_test_that_judges_it_is_there() -> None:
    told = tomllib.loads((ROOT.parent / "pyproject.toml").read_text())["tool"]["mutmut"]
    named = [*told["only_mutate"], *told["pytest_add_cli_args_test_selection"], *told["also_copy"]]
    assert [name for name in named if not any(ROOT.parent.glob(name))] == []


def test_nobody_below_the_connection_knows_the_sandbox() -> None:
    assert {room(source) for source, target in inner() if room(target) == "sandbox"} == IMPORTS_SANDBOX


@pytest.mark.parametrize(
    ("imported", "unwanted"),
    [
        pytest.param("vobiz_mcp", ("asyncio", "pydantic", "vobiz_mcp.errors"), id="the front door"),
        pytest.param("vobiz_mcp.resources, vobiz_mcp.prompts", ("mcp", "httpx2", "rich"), id="resources and prompts"),
        pytest.param("vobiz_mcp.tools", ("mcp", "httpx2", "rich", "vobiz_mcp.sandbox"), id="tools"),
        pytest.param("vobiz_mcp.client", ("mcp", "rich", "vobiz_mcp.sandbox"), id="client"),
        pytest.param("vobiz_mcp.serving.stdio.serve", ("mcp", "pydantic", "httpx2", "asyncio", "msgspec"), id="stdio"),
        pytest.param("vobiz_mcp.cli", ("mcp", "pydantic", "httpx2", "rich"), id="cli"),
    ],
)
def test_a_room_is_paid_for_only_by_those_who_enter_it(imported: str, unwanted: tuple[str, ...]) -> None:
    probe = f"import sys, {imported}; print([name for name in {unwanted!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
