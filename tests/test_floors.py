import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import vobiz_mcp

ROOT = Path(vobiz_mcp.__file__).parent
FLOORS = (
    {"", "errors", "identity", "logs", "policy", "settings"},
    {"records", "body", "wire", "traffic", "telephony", "agent_calls", "guard"},
    {"privacy"},
    {"digest", "saved_calls", "client"},
    {"tools", "resources", "prompts"},
    {"audit", "sandbox", "connection", "server", "publication", "door"},
    {"stdio", "cli", "__main__"},
)
"""Rooms from the lowest floor up; imports go down only, or stay on their floor."""
DOORS = {
    "jwt": {"door"},
    "mcp": {"server", "publication", "stdio", "cli", "door"},
    "mcp_types": {"server", "publication", "stdio", "cli"},
    "langchain": set[str](),
    "langchain_core": set[str](),
    "httpx2": {"client", "sandbox.transport", "cli.demo", "door.issuer"},
    "msgspec": {"body"},
    "pydantic_settings": {"settings"},
    "rich": {"cli"},
    "starlette": {"door"},
    "uvicorn": {"cli"},
}
"""Libraries that only the rooms named may import."""
CLOSED = {
    "errors": set[str](),
    "identity": {""},
    "door": {"door", "body", "errors", "settings"},
    "privacy": {"privacy", "records", "policy"},
    "digest": {"digest", "records", "body", "errors"},
    "sandbox": {"sandbox"},
    "sandbox.transport": {"sandbox", "client", "settings"},
}
"""Rooms that may import less than their floor would let them."""
IMPORTS_SANDBOX = {"connection", "cli", "sandbox"}


def module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix("__init__").rstrip(".")


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide where they lead"
            inside = node.module == "vobiz_mcp"
            yield from (f"vobiz_mcp.{alias.name}" if inside else str(node.module) for alias in node.names)


def room(name: str) -> str:
    return name.removeprefix("vobiz_mcp.").split(".")[0]


def floor(name: str) -> int:
    return next(height for height, rooms in enumerate(FLOORS) if room(name) in rooms)


EDGES = [
    (module(path), target.replace("vobiz_mcp.__version__", "vobiz_mcp."))
    for path in sorted(ROOT.rglob("*.py"))
    for target in imports(path)
]
INNER = [(source, target) for source, target in EDGES if source and target.startswith("vobiz_mcp.")]
"""All imports of the project's own, but for those of the front door, which are lazy."""


def test_every_room_has_a_floor() -> None:
    known = set.union(*FLOORS)
    assert {room(module(path)) for path in ROOT.rglob("*.py")} == known


def test_imports_go_down_only() -> None:
    assert [(source, target) for source, target in INNER if floor(source) < floor(target)] == []


def test_a_library_is_imported_only_where_its_door_is() -> None:
    guarded = [(source, target.split(".")[0]) for source, target in EDGES if target.split(".")[0] in DOORS]
    assert [(s, t) for s, t in guarded if not {s, room(s)} & DOORS[t]] == []


def test_closed_rooms_import_only_what_they_are_allowed() -> None:
    rules = [(source, room(target), CLOSED.get(source) or CLOSED.get(room(source))) for source, target in INNER]
    assert [(source, target) for source, target, may in rules if may is not None and target not in may] == []


def test_nobody_below_the_connection_knows_the_sandbox() -> None:
    users = {room(source) for source, target in INNER if room(target) == "sandbox"}
    assert users == IMPORTS_SANDBOX


@pytest.mark.parametrize(
    ("imported", "unwanted"),
    [
        pytest.param("vobiz_mcp", ("asyncio", "pydantic", "vobiz_mcp.errors"), id="the front door"),
        pytest.param("vobiz_mcp.resources, vobiz_mcp.prompts", ("mcp", "httpx2", "rich"), id="resources and prompts"),
        pytest.param("vobiz_mcp.tools", ("mcp", "httpx2", "rich", "vobiz_mcp.sandbox"), id="tools"),
        pytest.param("vobiz_mcp.client", ("mcp", "rich", "vobiz_mcp.sandbox"), id="client"),
        pytest.param("vobiz_mcp.stdio", ("mcp", "pydantic", "httpx2", "asyncio", "msgspec"), id="stdio"),
        pytest.param("vobiz_mcp.cli", ("mcp", "pydantic", "httpx2", "rich"), id="cli"),
    ],
)
def test_a_room_is_paid_for_only_by_those_who_enter_it(imported: str, unwanted: tuple[str, ...]) -> None:
    probe = f"import sys, {imported}; print([name for name in {unwanted!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
