"""Every manifest and button says of the server what its one definition says, in the shape that its reader takes."""

from __future__ import annotations

import base64
import importlib
import json
import re
import tomllib
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import manifests
import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from places import README, ROOT
from schemas import SCHEMAS

from vobiz_mcp import server_info
from vobiz_mcp.credentials import VARIABLES
from vobiz_mcp.hosts.host import ENTRY
from vobiz_mcp.settings import Settings, variable

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
every_manifest = pytest.mark.parametrize("path", manifests.MANIFESTS)


def content(path: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((ROOT / path).read_text())
    return read


@every_manifest
def test_a_manifest_is_what_its_definition_makes_of_it(path: str) -> None:
    made = manifests.written(manifests.MANIFESTS[path]())
    assert (ROOT / path).read_text() == made, "python .ci/manifests.py writes it anew"


@every_manifest
def test_a_manifest_is_what_its_readers_take(path: str) -> None:
    assert [fault.message for fault in Draft202012Validator(SCHEMAS[path]).iter_errors(content(path))] == []


@every_manifest
def test_what_its_readers_do_not_know_would_be_noticed(path: str) -> None:
    assert [*Draft202012Validator(SCHEMAS[path]).iter_errors({**content(path), "color": "blue"})]


def strings(value: object) -> Iterator[str]:
    """All strings in a manifest."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)
    elif isinstance(value, str):
        yield value


@pytest.fixture
def bumped(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The version changed in its one place, and nothing written yet."""
    with monkeypatch.context() as patch:
        patch.setattr(server_info, "VERSION", "9.9.9")
        importlib.reload(manifests)
        yield
    importlib.reload(manifests)


def test_a_version_that_is_bumped_in_one_place_only_is_noticed_in_the_image(bumped: None) -> None:
    told = (ROOT / "Dockerfile").read_text()
    assert 'image.version="9.9.9"' in manifests.renamed(told)
    assert manifests.renamed(told) != told


@pytest.mark.parametrize(
    "path", [path for path in manifests.MANIFESTS if "marketplace" not in path and path != "mcp.json"]
)
def test_a_version_that_is_bumped_in_one_place_only_is_noticed_in_every_manifest(path: str, bumped: None) -> None:
    assert "9.9.9" in [*strings(manifests.MANIFESTS[path]())]
    assert (ROOT / path).read_text() != manifests.written(manifests.MANIFESTS[path]())


def test_the_list_of_tools_that_is_answered_early_is_of_this_version() -> None:
    listed = json.loads((ROOT / "vobiz_mcp/serving/stdio/tools_list.json").read_text())
    assert listed["_meta"]["io.modelcontextprotocol/serverInfo"]["version"] == server_info.VERSION


def test_the_package_is_called_and_described_as_the_server_is() -> None:
    assert PROJECT["name"] == server_info.NAME
    assert PROJECT["description"] == server_info.DESCRIPTION
    assert len(server_info.DESCRIPTION) <= 100
    assert set(PROJECT["urls"].values()) == {
        server_info.REPOSITORY,
        f"{server_info.REPOSITORY}/blob/main/docs/README.md",
        f"{server_info.REPOSITORY}/blob/main/CHANGELOG.md",
        f"{server_info.REPOSITORY}/issues",
    }
    assert server_info.MAINTAINERS in (ROOT / "LICENSE").read_text()


def test_what_is_asked_for_are_settings_and_every_credential_is_a_secret_or_an_id() -> None:
    fields = {variable(name): field for name, field in Settings.model_fields.items()}
    for told in VARIABLES:
        assert told.name in fields
        assert told.secret == (told.credential and told.name != "VOBIZ_AUTH_ID")


@pytest.mark.parametrize("path", [".claude-plugin/plugin.json", "gemini-extension.json", "server.json"])
def test_a_host_that_asks_is_told_of_every_variable_and_which_are_secret(path: str) -> None:
    told = content(path)
    asked = {
        ".claude-plugin/plugin.json": lambda: {name: asked["sensitive"] for name, asked in told["userConfig"].items()},
        "gemini-extension.json": lambda: {asked["envVar"]: asked["sensitive"] for asked in told["settings"]},
        "server.json": lambda: {
            asked["name"]: asked["isSecret"] for asked in told["packages"][0]["environmentVariables"]
        },
    }[path]()
    assert asked == {each.name: each.secret for each in VARIABLES}


def test_paths_that_a_plugin_names_exist() -> None:
    for path in (".codex-plugin/plugin.json", ".cursor-plugin/plugin.json"):
        assert (ROOT / content(path)["mcpServers"]).is_file()


def queried(title: str) -> dict[str, str]:
    """What a button of the README hands over."""
    [link] = re.findall(rf"\[{title}\]\(([^)]+)\)", README.read_text())
    return {name: value for name, [value] in parse_qs(urlsplit(link).query, strict_parsing=True).items()}


def test_the_button_for_cursor_decodes_to_the_entry() -> None:
    told = queried("Add to Cursor")
    assert told["name"] == ENTRY
    assert json.loads(base64.b64decode(told["config"], validate=True)) == {"command": "uvx", "args": ["vobiz-mcp"]}


def test_the_button_for_vs_code_decodes_to_the_entry_and_asks_for_what_it_takes() -> None:
    told = queried("Add to VS Code")
    config, inputs = json.loads(told["config"]), json.loads(told["inputs"])
    assert (told["name"], config["command"], config["args"]) == (ENTRY, "uvx", ["vobiz-mcp"])
    assert config["env"] == {asked["id"]: f"${{input:{asked['id']}}}" for asked in inputs}
    assert {asked["id"]: asked["password"] for asked in inputs} == {each.name: each.secret for each in VARIABLES}


@pytest.mark.parametrize("name", manifests.PAGES)
def test_a_page_has_the_buttons_and_the_repository_of_the_definition(name: str) -> None:
    page = (ROOT / name).read_text()
    assert manifests.renamed(manifests.buttons(page)) == page, "python .ci/manifests.py writes it anew"
    assert server_info.REPOSITORY in page


def test_the_readme_names_the_server_as_the_registry_does() -> None:
    assert f"<!-- mcp-name: {content('server.json')['name']} -->" in README.read_text()
