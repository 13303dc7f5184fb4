"""An upstream in a process of its own that answers whatever it is asked with the same stream, after a while."""

from __future__ import annotations

import asyncio
import contextlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1])]
from round_trip import STREAM
from upstream import settings_environment


async def serve_upstream(latency_s: float) -> None:
    """An upstream that answers every GET with the same stream, and says on standard output where it listens."""
    body = json.dumps(STREAM).encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while await reader.readuntil(b"\r\n\r\n"):
                await asyncio.sleep(latency_s)
                writer.write(head + body)

    server = await asyncio.start_server(answer, "127.0.0.1", 0, backlog=256)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


@contextlib.contextmanager
def upstream(latency_s: float = 0) -> Iterator[dict[str, str]]:
    """The variables that lead to an upstream in a process of its own."""
    command = [sys.executable, __file__, str(latency_s)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield settings_environment(f"http://127.0.0.1:{int(process.stdout.readline())}")
        process.terminate()


if __name__ == "__main__":
    asyncio.run(serve_upstream(float(sys.argv[1])))
