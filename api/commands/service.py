"""serve: the web page and the API."""

from __future__ import annotations

import gc
import logging
import os
import signal
import socket
import webbrowser
from pathlib import Path
from types import FrameType

import uvicorn

from api.access import LOOPBACK, Access, new_token
from api.app import create_app
from api.call import Call
from api.logs import write_down
from api.words import Words
from graph.errors import InputError
from graph.store import open_store
from queries.engine import Engine, use

SHORTEST_TOKEN = 16
LAST_ANSWERS = 8  # seconds to give answers begun before the end
# After how many new objects rubbish is looked for, by generation. An answer makes some ten thousand and leaves none:
# at Python's own 700 a tenth of its time would go into looking.
COLLECTED = (20_000, 20, 50)
_READY = Words("信脉已启动（{store}）：{url}", "Xinmai is up ({store}): {url}")
_STOP = Words("按 Ctrl-C 结束。", "Ctrl-C ends it.")


def serve(call: Call) -> int:
    """`xinmai serve`: until interrupted."""
    token = _token(call["host"])
    write_down()
    with open_store(call["db"]) as store, _listener(call["host"], call["port"]) as listener:
        engine = Engine(call["engine"])
        if engine is Engine.KERNEL:
            use(store, engine)  # refused here, before anything listens to questions
        app = create_app(call["db"], access=Access.of(token, _hosts(call)), engine=engine)
        config = uvicorn.Config(
            app,
            log_config=None,
            log_level="warning",
            server_header=False,
            lifespan="on",
            access_log=False,
            timeout_graceful_shutdown=LAST_ANSWERS,
        )
        gc.set_threshold(*COLLECTED)
        server = _Server(config)
        signal.signal(signal.SIGINT, server.handle_exit)  # from now on, not only once it listens
        url = f"http://{_shown(call['host'])}:{listener.getsockname()[1]}/?token={token}"
        call.out.say(_READY.say(call.out.lang, store=f"{store.name}, {store.location}", url=url))
        call.out.say(_STOP.say(call.out.lang))
        if call["open"]:
            webbrowser.open(url)
        server.run(sockets=[listener])
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # what is left is closing the store
    return 0


class _Server(uvicorn.Server):
    """Ends once and in order, however often it is told to: answers begun are given, then jobs and store are closed.

    uvicorn itself drops all of that at the second Ctrl-C, and raises every one again afterwards.
    """

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Somebody wants the end; that answers are then cut short is no news."""
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        self.should_exit = True


def _token(host: str) -> str:
    """XINMAI_TOKEN, else what the file XINMAI_TOKEN_FILE holds (a container's secret), else a new one."""
    given = os.environ.get("XINMAI_TOKEN", "") or _from_file(os.environ.get("XINMAI_TOKEN_FILE", ""))
    if given and (len(given) < SHORTEST_TOKEN or not given.isascii() or not given.isprintable()):
        raise InputError("XINMAI_TOKEN 太短或含有特殊字符", remedy=f"至少 {SHORTEST_TOKEN} 个字母或数字")
    if not given and host not in LOOPBACK:
        raise InputError(
            "监听本机以外的地址时必须自定访问令牌",
            value=f"--host {host}",
            remedy="先设 XINMAI_TOKEN（或 XINMAI_TOKEN_FILE），并在前面放一个 TLS 代理；只在本机使用时不写 --host",
        )
    return given or new_token()


def _from_file(path: str) -> str:
    try:
        return Path(path).read_text(encoding="ascii").strip() if path else ""
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("读不到令牌文件", file=path, remedy="检查 XINMAI_TOKEN_FILE 和文件的权限") from error


def _hosts(call: Call) -> list[str]:
    more = os.environ.get("XINMAI_ALLOW_HOST", "").replace(",", " ").split()
    return [call["host"], *(call["allow_host"] or ()), *more]


def _listener(host: str, port: int) -> socket.socket:
    """The listening socket, bound before anything is said to work. Raises InputError."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.create_server((host, port), family=family, backlog=128)
        # Taken over by each connection: the event loop sets it only on sockets that name their protocol, and without it
        # every answer on a kept connection waits 40 ms for the browser's word that its head arrived.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listener
    except OSError as error:
        raise InputError(
            f"无法监听 {host}:{port}（{error.strerror or error}）",
            remedy="端口被占用时换一个 --port，或用 --port 0 任选一个",
        ) from error


def _shown(host: str) -> str:
    if host in ("0.0.0.0", "::"):
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host
