"""The command `vobiz-mcp`. What an MCP host starts goes straight to stdio, past everything that only a person needs."""

import os
import sys


def main() -> int:
    """Run the command line of this process; returns its exit code."""
    arguments = sys.argv[1:]
    is_stdio = set(arguments) <= {"serve", "--sandbox"} and arguments.count("serve") < 2
    if is_stdio and "_VOBIZ_MCP_COMPLETE" not in os.environ:  # a shell asks for completions without any argument
        from vobiz_mcp.serving.stdio.serve import serve

        return serve(sandbox="--sandbox" in arguments)
    from vobiz_mcp.cli import run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
