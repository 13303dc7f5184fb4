"""MCP: the server, its transports, and what stands between a host and a question."""
