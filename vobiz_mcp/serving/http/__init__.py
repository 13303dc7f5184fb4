"""MCP over HTTP: who may come in, under which name of the server, and how often."""
