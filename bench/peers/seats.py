"""Where a peer sits: in a process of its own, so that memory, threads and the collector are its own; or in this one."""

from __future__ import annotations

import gc
import multiprocessing
import os
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from multiprocessing.connection import Connection
from typing import Any, Protocol

import psutil

from bench.peers.protocol import NotOfferedError, Peer, Place
from graph.errors import XinmaiError

STARTED = 900.0  # seconds a peer may take to load
NEVER = float("nan")  # milliseconds of a question given up


@dataclass(frozen=True, slots=True)
class Loaded:
    """How a peer came to its graph: seconds, and megabytes it and its servers hold."""

    seconds: float
    megabytes: int


class PeerFailedError(Exception):
    """A peer could not load or broke; the text says why."""


class Seat(Protocol):
    """One peer, asked from here."""

    peer: type[Peer]
    threads: int
    loaded: Loaded

    def ask(self, work: str, question: Sequence[Any]) -> tuple[Any, float]:
        """The answer and its milliseconds. Raises NotOfferedError, PeerFailedError."""

    def time(self, work: str, questions: Sequence[Sequence[Any]], seconds: float) -> list[float]:
        """Milliseconds of each question until the time is over, NEVER for one given up."""

    def megabytes(self) -> int:
        """What it and its servers hold now."""

    def leave(self) -> None:
        """End it."""


class Here:
    """A peer in this process, for small graphs; its memory cannot be told apart."""

    def __init__(self, peer: type[Peer], place: Place) -> None:
        self.peer, self.threads = peer, place.threads
        self._peer = _made(peer, place)
        started = time.perf_counter()
        try:
            self._peer.load()
        except Exception as error:
            self._peer.close()
            raise PeerFailedError(f"{peer.name}: {error}") from error
        self.loaded = Loaded(time.perf_counter() - started, self.megabytes())

    def ask(self, work: str, question: Sequence[Any]) -> tuple[Any, float]:
        """Asked directly."""
        return _asked(self._peer, work, question)

    def time(self, work: str, questions: Sequence[Sequence[Any]], seconds: float) -> list[float]:
        """Timed directly."""
        return _timed(self._peer, work, questions, seconds)

    def megabytes(self) -> int:
        """Of this whole process."""
        return _megabytes(self._peer)

    def leave(self) -> None:
        """Close the peer."""
        self._peer.close()


class Apart:
    """A peer in a process of its own, on as many cores as it may use threads."""

    def __init__(self, peer: type[Peer], place: Place) -> None:
        self.peer, self.threads = peer, place.threads
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(
            target=_serve, args=(theirs, peer.__module__, peer.__name__, place), daemon=False
        )
        self._process.start()
        theirs.close()
        try:
            self.loaded = self._answer(STARTED)
        except BaseException:
            self._process.kill()
            raise

    def ask(self, work: str, question: Sequence[Any]) -> tuple[Any, float]:
        """Through the pipe; the milliseconds are those of the peer alone."""
        self._pipe.send(("ask", work, question))
        answer: tuple[Any, float] = self._answer()
        return answer

    def time(self, work: str, questions: Sequence[Sequence[Any]], seconds: float) -> list[float]:
        """Timed where the peer is."""
        self._pipe.send(("time", work, questions, seconds))
        found: list[float] = self._answer()
        return found

    def megabytes(self) -> int:
        """Of its process and its servers."""
        self._pipe.send(("megabytes",))
        found: int = self._answer()
        return found

    def leave(self) -> None:
        """Ask it to end; end it if it does not."""
        if self._process.is_alive():
            self._pipe.send(("leave",))
            self._process.join(30.0)
        if self._process.is_alive():
            self._process.kill()

    def _answer(self, seconds: float | None = None) -> Any:
        try:
            if not self._pipe.poll(seconds):
                raise PeerFailedError(f"{self.peer.name}: no answer within {seconds:g} s")
            kind, told = self._pipe.recv()
        except EOFError:
            self._process.join(5.0)
            raise PeerFailedError(f"{self.peer.name}: ended with {self._process.exitcode}") from None
        if kind == "not offered":
            raise NotOfferedError(told)
        if kind == "failed":
            raise PeerFailedError(f"{self.peer.name}: {told}")
        return told


def _serve(pipe: Connection, module: str, name: str, place: Place) -> None:
    """The life of a peer's process: load, then answer until told to leave."""
    made: type[Peer] = getattr(import_module(module), name)
    if made.parallel:
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: place.threads])
    try:
        peer = _made(made, place)
        started = time.perf_counter()
        peer.load()
        seconds = time.perf_counter() - started
        gc.collect()
        gc.freeze()  # none of it is garbage; a collector that walks it all would be timed with every peer
        pipe.send(("told", Loaded(seconds, _megabytes(peer))))
    except Exception:
        pipe.send(("failed", traceback.format_exc(limit=-3)))
        return
    while True:
        try:
            order = pipe.recv()
        except EOFError:
            order = ("leave",)
        if order[0] == "leave":
            peer.close()
            return
        try:
            pipe.send(("told", _obeyed(peer, order)))
        except NotOfferedError as error:
            pipe.send(("not offered", str(error)))
        except Exception:
            pipe.send(("failed", traceback.format_exc(limit=-3)))


def _made(peer: type[Peer], place: Place) -> Peer:
    made = peer(place)
    if peer.reads_arrays:
        _ = made.arrays.numbers
    return made


def _obeyed(peer: Peer, order: Sequence[Any]) -> Any:
    if order[0] == "ask":
        return _asked(peer, *order[1:])
    if order[0] == "time":
        return _timed(peer, *order[1:])
    return _megabytes(peer)


def _asked(peer: Peer, work: str, question: Sequence[Any]) -> tuple[Any, float]:
    started = time.perf_counter()
    answer = getattr(peer, work)(*question)
    return answer, (time.perf_counter() - started) * 1000


def _timed(peer: Peer, work: str, questions: Sequence[Sequence[Any]], seconds: float) -> list[float]:
    found: list[float] = []
    until, ask = time.perf_counter() + seconds, getattr(peer, work)
    for question in questions:
        started = time.perf_counter()
        try:
            ask(*question)
            found.append((time.perf_counter() - started) * 1000)
        except (XinmaiError, NotOfferedError):
            found.append(NEVER)
        if time.perf_counter() > until:
            break
    return found


def _megabytes(peer: Peer) -> int:
    return (psutil.Process().memory_info().rss + peer.memory()) // 2**20
