"""MCP over standard input and output, ready before its libraries are.

Hosts ask `server/discover` first and give up on it after half a second, about as long as the SDK takes to import; some
then fall back to `initialize`, which the SDK refuses once a discover has decided the era. So this room, which imports
the standard library only, owns the wire, answers what hosts ask first by itself, and hands every other line to the SDK
once that is there. The first line that is handed on then decides the era.
"""
