"""The sandbox over loopback HTTP, for clients that speak to a socket."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from vobiz_mcp.sandbox.app import Sandbox


def serve(sandbox: Sandbox, port: int = 0) -> ThreadingHTTPServer:
    """Bind to 127.0.0.1 (port 0: a free one) and return the server; the caller runs `serve_forever`."""
    handler = type("SandboxHandler", (_Handler,), {"sandbox": sandbox})
    return _Server(("127.0.0.1", port), handler)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # The standard library's queue of five makes a burst of callers wait for seconds.
    request_queue_size = 128


class _Handler(BaseHTTPRequestHandler):
    sandbox: Sandbox
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # head and body leave in one write

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        answer = self.sandbox.answer(self.command, self.path, dict(self.headers.items()), body)
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = _answer  # noqa: N815 - http.server's names

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's name
        """Say nothing."""
