"""Hosts of MCP: where each lists its servers, and how an entry goes in or out while all else in the file stays."""
