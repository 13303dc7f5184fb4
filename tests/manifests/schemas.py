"""What each kind of manifest may hold, as its publisher's schema has it; written down here for what we use of it.

Sources: static.modelcontextprotocol.io/schemas/2025-12-11, modelcontextprotocol/mcpb 0.4, agent-plugins.org 1.0.0,
cursor/plugins schemas, the manifest references of Claude Code, Codex and Gemini CLI.
"""

from __future__ import annotations

from typing import Any, Final

Schema = dict[str, Any]

TEXT: Final[Schema] = {"type": "string", "minLength": 1}
TEXTS: Final[Schema] = {"type": "array", "items": TEXT}
FLAG: Final[Schema] = {"type": "boolean"}
URL: Final[Schema] = {"type": "string", "pattern": r"^https://[^\s]+$"}
VERSION: Final[Schema] = {"type": "string", "pattern": r"^\d+\.\d+\.\d+([-.+a-z0-9]*)$"}
PLUGIN_NAME: Final[Schema] = {
    "type": "string",
    "maxLength": 64,
    "pattern": r"^(?!.*(--|\.\.))[a-z0-9]([a-z0-9.-]*[a-z0-9])?$",
}


def closed(*required: str, **fields: Schema) -> Schema:
    """An object with these fields and no others."""
    return {"type": "object", "required": list(required), "properties": fields, "additionalProperties": False}


def mapped(value: Schema, name: str = r"^[A-Za-z][\w-]*$") -> Schema:
    """An object of any names with values of one kind."""
    return {"type": "object", "patternProperties": {name: value}, "additionalProperties": False, "minProperties": 1}


AUTHOR: Final = closed("name", name=TEXT, email=TEXT, url=URL)
ENVIRONMENT: Final = mapped({"type": "string"}, r"^VOBIZ_[A-Z_]+$")
STARTS: Final = closed("command", command=TEXT, args=TEXTS, env=ENVIRONMENT)

_PLUGIN: Final = {
    "name": PLUGIN_NAME,
    "version": VERSION,
    "description": TEXT,
    "author": AUTHOR,
    "license": TEXT,
    "keywords": TEXTS,
    "repository": URL,
}
_ASKED: Final = closed(
    "type",
    "title",
    "description",
    type={"enum": ["string", "number", "boolean", "directory", "file"]},
    title=TEXT,
    description=TEXT,
    sensitive=FLAG,
    required=FLAG,
    default={"type": ["string", "number", "boolean"]},
)
_BUNDLE_SERVER: Final = closed("type", "entry_point", type={"const": "uv"}, entry_point=TEXT, mcp_config=STARTS)
BUNDLE: Final = closed(
    "manifest_version",
    "name",
    "version",
    "description",
    "author",
    "server",
    manifest_version={"const": "0.4"},
    name=TEXT,
    display_name=TEXT,
    version=VERSION,
    description=TEXT,
    author=AUTHOR,
    repository=closed("type", "url", type=TEXT, url=URL),
    license=TEXT,
    server=_BUNDLE_SERVER,
    tools={"type": "array", "items": closed("name", name=TEXT, description=TEXT)},
    prompts_generated=FLAG,
    user_config=mapped(_ASKED),
    compatibility=closed(
        platforms={"type": "array", "items": {"enum": ["darwin", "win32", "linux"]}},
        runtimes=closed(python=TEXT, node=TEXT),
    ),
)

_VARIABLE: Final = closed(
    "name", name=TEXT, description=TEXT, isRequired=FLAG, isSecret=FLAG, default=TEXT, value=TEXT, placeholder=TEXT
)
_PACKAGE: Final = closed(
    "registryType",
    "identifier",
    "transport",
    registryType=TEXT,
    identifier=TEXT,
    version={**VERSION, "not": {"const": "latest"}},
    runtimeHint=TEXT,
    transport=closed("type", type={"const": "stdio"}),
    environmentVariables={"type": "array", "items": _VARIABLE},
)
_REGISTRY: Final = closed(
    "name",
    "description",
    "version",
    **{"$schema": {"const": "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json"}},
    name={"type": "string", "minLength": 3, "maxLength": 200, "pattern": r"^[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+$"},
    title={"type": "string", "minLength": 1, "maxLength": 100},
    description={"type": "string", "minLength": 1, "maxLength": 100},
    version=VERSION,
    repository=closed("url", "source", url=URL, source=TEXT),
    packages={"type": "array", "items": _PACKAGE},
)
_MARKETPLACE: Final = closed(
    "name",
    "plugins",
    name=TEXT,
    owner=closed("name", name=TEXT, email=TEXT),
    metadata=closed(description=TEXT),
    plugins={"type": "array", "items": closed("name", "source", name=PLUGIN_NAME, source=TEXT, description=TEXT)},
)
_AGENT_PLUGIN: Final = closed(
    "$schema", "name", **{"$schema": {"const": "https://agent-plugins.org/schemas/1.0.0/plugin.schema.json"}}, **_PLUGIN
)
_AGENT_PLUGIN_SERVERS: Final = closed(
    "$schema",
    "mcpServers",
    **{"$schema": {"const": "https://agent-plugins.org/schemas/1.0.0/mcp.schema.json"}},
    mcpServers=mapped(closed("type", "command", type={"const": "stdio"}, command=TEXT, args=TEXTS, env=ENVIRONMENT)),
)
_BELOW_ROOT: Final[Schema] = {"type": "string", "pattern": r"^\./"}
_INTERFACE: Final = closed("displayName", displayName=TEXT, shortDescription=TEXT, developerName=TEXT, category=TEXT)
_SETTING: Final = closed("name", "envVar", name=TEXT, description=TEXT, envVar=TEXT, sensitive=FLAG)

SCHEMAS: Final = {
    "server.json": _REGISTRY,
    "plugin.json": _AGENT_PLUGIN,
    "mcp.json": _AGENT_PLUGIN_SERVERS,
    ".claude-plugin/plugin.json": closed("name", **_PLUGIN, mcpServers=mapped(STARTS), userConfig=mapped(_ASKED)),
    ".claude-plugin/marketplace.json": _MARKETPLACE,
    ".codex-plugin/plugin.json": closed(
        "name", **_PLUGIN, skills=_BELOW_ROOT, mcpServers=_BELOW_ROOT, interface=_INTERFACE
    ),
    ".cursor-plugin/plugin.json": closed(
        "name", **_PLUGIN, displayName=TEXT, skills=_BELOW_ROOT, mcpServers=_BELOW_ROOT
    ),
    ".cursor-plugin/marketplace.json": _MARKETPLACE,
    "gemini-extension.json": closed(
        "name",
        "version",
        name={"type": "string", "pattern": r"^[a-z0-9-]+$"},
        version=VERSION,
        description=TEXT,
        mcpServers=mapped(STARTS),
        settings={"type": "array", "items": _SETTING},
    ),
}
"""By the path of the manifest."""
