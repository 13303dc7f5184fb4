"""The command `vobiz-mcp`. What an MCP host starts goes straight to stdio, past everything that only a person needs."""

import sys


def main() -> int:
    """Run the command line of this process; returns its exit code."""
    arguments = sys.argv[1:]
    if set(arguments) <= {"--sandbox"}:
        from vobiz_mcp.serving.stdio.serve import serve

        return serve(sandbox=bool(arguments))
    from vobiz_mcp.cli import run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
