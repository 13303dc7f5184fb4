"""Every manifest and button that leads to this server, from one definition: server_info.py and credentials.py.

python .ci/manifests.py writes them; a test holds them to it.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from vobiz_mcp.credentials import VARIABLES
from vobiz_mcp.hosts.host import ENTRY
from vobiz_mcp.server_info import DESCRIPTION, MAINTAINERS, NAME, OWNER, REPOSITORY, TITLE, VERSION

ROOT: Final = Path(__file__).resolve().parent.parent
FROM_INDEX: Final = {"command": "uvx", "args": [NAME]}
REGISTRY_NAME: Final = f"io.github.{OWNER}/{NAME}"
_PLUGIN: Final = {
    "name": NAME,
    "version": VERSION,
    "description": DESCRIPTION,
    "author": {"name": MAINTAINERS},
    "license": "MIT",
    "keywords": ["mcp", "voice-agents", "observability", "telephony", "vobiz"],
}

Json = dict[str, Any]


def _from_plugin(root: str, **more: object) -> Json:
    """An entry that runs the very files of a plugin, which a package index need not have."""
    return {ENTRY: {"command": "uvx", "args": ["--from", root, NAME], **more}}


def _registry() -> Json:
    variables = [
        {
            "name": told.name,
            "description": told.description,
            "isRequired": False,
            "isSecret": told.secret,
            **({"default": told.default} if told.default else {}),
        }
        for told in VARIABLES
    ]
    package = {
        "registryType": "pypi",
        "identifier": NAME,
        "version": VERSION,
        "runtimeHint": "uvx",
        "transport": {"type": "stdio"},
        "environmentVariables": variables,
    }
    return {
        "$schema": "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json",
        "name": REGISTRY_NAME,
        "title": TITLE,
        "description": DESCRIPTION,
        "version": VERSION,
        "repository": {"url": REPOSITORY, "source": "github"},
        "packages": [package],
    }


def _agent_plugin() -> Json:
    return {
        "$schema": "https://agent-plugins.org/schemas/1.0.0/plugin.schema.json",
        **_PLUGIN,
        "repository": REPOSITORY,
    }


def _agent_plugin_servers() -> Json:
    servers = _from_plugin("${PLUGIN_ROOT}", type="stdio")
    return {"$schema": "https://agent-plugins.org/schemas/1.0.0/mcp.schema.json", "mcpServers": servers}


def asked_for() -> dict[str, Json]:
    """What a host asks a person for when it installs, as Claude's plugins and bundles have it."""
    return {
        told.name: {
            "type": "string",
            "title": told.title,
            "description": told.description,
            "sensitive": told.secret,
            "required": False,
            "default": told.default,
        }
        for told in VARIABLES
    }


def filled_in() -> dict[str, str]:
    """The environment of an entry, from what was asked for."""
    return {told.name: f"${{user_config.{told.name}}}" for told in VARIABLES}


def _claude_plugin() -> Json:
    servers = _from_plugin("${CLAUDE_PLUGIN_ROOT}", env=filled_in())
    return {**_PLUGIN, "repository": REPOSITORY, "mcpServers": servers, "userConfig": asked_for()}


def _marketplace() -> Json:
    plugin = {"name": NAME, "source": "./", "description": DESCRIPTION}
    told = {"description": DESCRIPTION}
    return {"name": NAME, "owner": {"name": MAINTAINERS}, "metadata": told, "plugins": [plugin]}


def _codex_plugin() -> Json:
    interface = {
        "displayName": TITLE,
        "shortDescription": DESCRIPTION,
        "developerName": MAINTAINERS,
        "category": "Productivity",
    }
    return {**_PLUGIN, "skills": "./skills/", "mcpServers": "./mcp.json", "interface": interface}


def _cursor_plugin() -> Json:
    return {**_PLUGIN, "displayName": TITLE, "skills": "./skills/", "mcpServers": "./mcp.json"}


def _gemini_extension() -> Json:
    settings = [
        {"name": told.title, "description": told.description, "envVar": told.name, "sensitive": told.secret}
        for told in VARIABLES
    ]
    servers = _from_plugin("${extensionPath}")
    return {
        "name": NAME,
        "version": VERSION,
        "description": DESCRIPTION,
        "mcpServers": servers,
        "settings": settings,
    }


MANIFESTS: Final = {
    "server.json": _registry,
    "plugin.json": _agent_plugin,
    "mcp.json": _agent_plugin_servers,
    ".claude-plugin/plugin.json": _claude_plugin,
    ".claude-plugin/marketplace.json": _marketplace,
    ".codex-plugin/plugin.json": _codex_plugin,
    ".cursor-plugin/plugin.json": _cursor_plugin,
    ".cursor-plugin/marketplace.json": _marketplace,
    "gemini-extension.json": _gemini_extension,
}
"""What each file of the checkout is made of."""
PAGES: Final = ("README.md", "docs/install.md", "pyproject.toml", "Dockerfile")
"""Files that name the repository, or have buttons or labels."""


def written(content: Mapping[str, object]) -> str:
    """A manifest as it stands in its file."""
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def cursor_button() -> str:
    """A link that Cursor opens: the entry in base64."""
    config = base64.b64encode(json.dumps(FROM_INDEX).encode()).decode()
    return f"https://cursor.com/en-US/install-mcp?name={ENTRY}&config={quote(config, safe='')}"


def vscode_button() -> str:
    """A link that VS Code opens: the entry, and what it asks for and keeps to itself."""
    env = {told.name: f"${{input:{told.name}}}" for told in VARIABLES}
    inputs = [
        {
            "id": told.name,
            "type": "promptString",
            "description": f"{told.title} (empty: the sandbox answers)" if told.credential else told.title,
            "password": told.secret,
            **({"default": told.default} if told.default else {}),
        }
        for told in VARIABLES
    ]
    told = {"config": {"type": "stdio", **FROM_INDEX, "env": env}, "inputs": inputs}
    query = "&".join(f"{name}={quote(json.dumps(value), safe='')}" for name, value in told.items())
    return f"https://insiders.vscode.dev/redirect/mcp/install?name={ENTRY}&{query}"


def renamed(page: str) -> str:
    """A page, or the project's own file, with the repository called as it is today."""
    page = re.sub(r"https://github\.com/[\w.-]+/vobiz-mcp\b", REPOSITORY, page)
    labels = {"title": TITLE, "description": DESCRIPTION, "version": VERSION}
    for name, value in labels.items():
        page = re.sub(rf'(image\.{name}=")[^"]*', rf"\g<1>{value}", page)
    page = re.sub(r'(modelcontextprotocol\.server\.name=")[^"]*', rf"\g<1>{REGISTRY_NAME}", page)
    return re.sub(r"(marketplace add )[\w.-]+(/vobiz-mcp)", rf"\g<1>{OWNER}\2", page)


def buttons(page: str) -> str:
    """The README with its links to Cursor and VS Code and its name in the registry as they are today."""
    page = re.sub(r"(\[Add to Cursor\]\()[^)]*", lambda found: found[1] + cursor_button(), page)
    page = re.sub(r"(\[Add to VS Code\]\()[^)]*", lambda found: found[1] + vscode_button(), page)
    return re.sub(r"(<!-- mcp-name: ).*?( -->)", rf"\g<1>{REGISTRY_NAME}\2", page)


def main() -> None:
    """Write every manifest, and what the pages say of the same."""
    for path, made in MANIFESTS.items():
        (ROOT / path).parent.mkdir(exist_ok=True)
        (ROOT / path).write_text(written(made()), encoding="utf-8")
    for name in PAGES:
        page = ROOT / name
        page.write_text(renamed(buttons(page.read_text(encoding="utf-8"))), encoding="utf-8")


if __name__ == "__main__":
    main()
