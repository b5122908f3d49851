"""Serves the preview to the browser on this computer, and to nobody else."""

import asyncio
import json
import os
import socket
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from types import FrameType

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vaaldplan.errors import VaaldplanError
from vaaldplan.texts.catalogue import Catalogue

from . import panel
from .changes import Changes
from .rebuild import Builder, State

HOST = "127.0.0.1"
_HERE = Path(__file__).parent
_BREATH = 15.0
"""Seconds between signs of life to a page that waits."""

_SHARED = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'"
_OWN = f"{_NOTHING}; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; img-src data:"
_DOCUMENT = f"{_NOTHING}; style-src 'unsafe-inline'; img-src data:; font-src data:; frame-ancestors 'self'"
"""The document has its style inside, and no script can run in it whatever a plan says."""


def listen(port: int = 0) -> socket.socket:
    """Take a port of this computer; any free one without ``port``.

    Raises:
        VaaldplanError: ``port-taken``.
    """
    taken = socket.socket()
    try:
        if os.name == "nt":
            taken.setsockopt(socket.SOL_SOCKET, getattr(socket, "SO_EXCLUSIVEADDRUSE"), 1)  # noqa: B009 - Windows only
        else:
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind((HOST, port))
        taken.listen()
    except OSError as error:
        taken.close()
        raise VaaldplanError("port-taken", port=port) from error
    return taken


def address(taken: socket.socket) -> str:
    """The address to open."""
    return f"http://{HOST}:{taken.getsockname()[1]}/"


class Preview:
    """One plan, its state, and the pages that wait for the next."""

    def __init__(self, builder: Builder, say: Catalogue, told: Callable[[State], object]) -> None:
        self._builder = builder
        self._say = say
        self._told = told
        self._watched = Changes(Path(builder.path))
        self._state = builder.build()
        self._changed = asyncio.Event()
        self._stop = threading.Event()
        self._run = os.urandom(4).hex()
        """Tells this run from one before it on the same port, whose page may still be open."""
        told(self._state)

    def serve(self, taken: socket.socket) -> None:
        """Serve until interrupted.

        Raises:
            KeyboardInterrupt: someone pressed Ctrl+C.
        """
        app = Guard(self._app(), taken.getsockname()[1])
        settings = uvicorn.Config(
            app, log_config=None, log_level="critical", access_log=False, loop="asyncio", http="h11", ws="none",
            lifespan="on", proxy_headers=False, server_header=False, timeout_graceful_shutdown=2,
        )  # fmt: skip
        _Server(settings, self._close).run(sockets=[taken])

    def _app(self) -> Starlette:
        routes = [
            Route("/", self._page),
            Route("/plan", self._plan),
            Route("/changes", self._changes),
            Route("/preview.js", _file("preview.js", "text/javascript")),
            Route("/preview.css", _file("preview.css", "text/css")),
        ]
        return Starlette(routes=routes, lifespan=self._lifespan)

    @asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[None]:
        self._loop = asyncio.get_running_loop()
        watching = threading.Thread(target=self._watch, daemon=True)
        watching.start()
        yield
        self._stop.set()

    def _watch(self) -> None:
        """Build at every change, beside the serving."""
        self._watched.follow(self._builder.files)
        for _ in self._watched.each(self._stop):
            state = self._builder.build()
            self._watched.follow(self._builder.files)
            self._loop.call_soon_threadsafe(self._show, state)
            self._told(state)

    def _show(self, state: State | None) -> None:
        self._state = state or self._state
        self._changed.set()
        self._changed = asyncio.Event()

    def _close(self) -> None:
        """Let the pages that wait go, so that the server can end."""
        self._stop.set()
        self._loop.call_soon_threadsafe(self._show, None)

    async def _page(self, _: Request) -> Response:
        return HTMLResponse(panel.page(self._state, self._say), headers={"Content-Security-Policy": _OWN})

    async def _plan(self, _: Request) -> Response:
        html = self._state.html or panel.empty(self._say)
        return HTMLResponse(html, headers={"Content-Security-Policy": _DOCUMENT})

    async def _changes(self, _: Request) -> Response:
        return StreamingResponse(self._stream(), media_type="text/event-stream")

    async def _stream(self) -> AsyncIterator[str]:
        """The state at once, and again at every change."""
        sent = 0
        while not self._stop.is_set():
            state, changed = self._state, self._changed
            if state.number != sent:
                sent = state.number
                yield f"data: {json.dumps(self._message(state))}\n\n"
            try:
                await asyncio.wait_for(changed.wait(), _BREATH)
            except TimeoutError:
                yield ":\n\n"

    def _message(self, state: State) -> dict[str, object]:
        shown = panel.panel(state, self._say)
        return {"run": self._run, "built": state.built, "title": panel.title(state, self._say), "panel": shown}


class Guard:
    """Answers only what the preview's own page asks.

    A page from elsewhere can let its own name lead to this computer (DNS rebinding); its name then stands as the host.
    """

    def __init__(self, app: ASGIApp, port: int) -> None:
        self._app = app
        self._hosts = {f"{name}:{port}".encode() for name in (HOST, "localhost")}
        self._origins = {b"http://" + host for host in self._hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        held = [value for name, value in scope["headers"] if name == b"host"]
        origins = {value for name, value in scope["headers"] if name == b"origin"}
        app = (
            self._app
            if len(held) == 1 and held[0] in self._hosts and origins <= self._origins
            else Response(status_code=403)
        )

        async def answered(message: Message) -> None:
            if message["type"] == "http.response.start":
                shared = [(name.lower().encode(), value.encode()) for name, value in _SHARED.items()]
                message["headers"] = [*message.get("headers", []), *shared]
            await send(message)

        await app(scope, receive, answered)


class _Server(uvicorn.Server):
    def __init__(self, settings: uvicorn.Config, closing: Callable[[], object]) -> None:
        super().__init__(settings)
        self._closing = closing

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        super().handle_exit(sig, frame)
        self._closing()


def _file(name: str, kind: str) -> Callable[[Request], Response]:
    content = (_HERE / name).read_bytes()

    def answer(_: Request) -> Response:
        return Response(content, media_type=kind)

    return answer
