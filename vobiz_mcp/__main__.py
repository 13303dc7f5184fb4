"""The command `vobiz-mcp`. What an MCP host starts goes straight to stdio, past everything that only a person needs."""

import os
import sys

_OF_HOSTS: dict[tuple[str, ...], bool | None] = {
    (*serve, *flags): sandbox
    for serve in ((), ("serve",))
    for flags, sandbox in (((), None), (("--sandbox",), True), (("--no-sandbox",), False))
}
"""What hosts start the server with, and whether it asks for the sandbox. A shell that completes, and a person at a
terminal, come without arguments too."""


def main() -> int:
    """Run the command line of this process; returns its exit code."""
    arguments = sys.argv[1:]
    if tuple(arguments) in _OF_HOSTS and "_VOBIZ_MCP_COMPLETE" not in os.environ and not os.isatty(0):
        from vobiz_mcp.serving.stdio.serve import serve

        return serve(sandbox=_OF_HOSTS[tuple(arguments)])
    from vobiz_mcp.cli import run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
