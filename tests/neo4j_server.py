"""A real Neo4j Community server for the tests, from its Maven artifacts and the machine's JDK: no Docker.

The jars are resolved once into Maven's own repository and listed in `build/neo4j/`. A server is one JVM of
about 0.4 GB that answers some 7 s after its start.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import secrets
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent / "neo4j"
BUILD = Path(__file__).parent.parent / "build" / "neo4j"
RESOLVE = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath"
RESOLVE_SECONDS = 900.0
START_SECONDS = 180.0
# A small heap, and no second compiler: tests start often and run for seconds.
JVM = ["-Xmx768m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError"]
PAGES = 64  # megabytes of the store kept in memory beside the heap
OPENS = [
    f"--add-opens=java.base/{package}=ALL-UNNAMED"
    for package in ("java.io", "java.lang", "java.nio", "java.util.concurrent", "sun.nio.ch")
]


class NeoUnavailable(Exception):
    """No Neo4j server can be had here: no JDK, Maven or jars, or a failed start: the text says which."""


@dataclass(frozen=True, slots=True)
class NeoServer:
    """A running server: `url` is `bolt://neo4j:PASSWORD@127.0.0.1:PORT`, its password made at start."""

    url: str
    process: subprocess.Popen[str]

    @property
    def pid(self) -> int:
        """Process id of the JVM."""
        return self.process.pid

    def stop(self) -> None:
        """End the server at once; its directory is not tidied. Safe to call twice."""
        self.process.kill()
        self.process.wait()
        if self.process.stdin is not None:
            with contextlib.suppress(BrokenPipeError):
                self.process.stdin.close()


def start(home: Path, *, gigabytes: int = 0) -> NeoServer:
    """Start an empty server with its files under `home`, and wait until it answers.

    It ends with `stop`, or by itself when the calling process ends. `gigabytes`: of heap, and half as much for pages,
    with the compilers and the collector Java chooses, for a server that is to show what it can do; 0: the small one of
    the tests. Raises NeoUnavailable.
    """
    jvm, pages = ([f"-Xmx{gigabytes}g", JVM[-1]], 512 * gigabytes) if gigabytes else (JVM, PAGES)
    command = [_tool("java", "JDK 17"), *jvm, *OPENS, f"@{_prepared()}", "Launcher", str(home), str(pages)]
    home.mkdir(parents=True, exist_ok=True)
    password = secrets.token_urlsafe(16)
    log = home / "launcher.log"
    with log.open("w", encoding="utf-8") as out:
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=out, stderr=subprocess.STDOUT, text=True, cwd=home
        )
    try:
        _say(process, password)
        return NeoServer(f"bolt://neo4j:{password}@127.0.0.1:{_wait_for_port(process, log)}", process)
    except BaseException:
        process.kill()
        process.wait()
        raise


def admin(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run `neo4j-admin` itself on the files under `home`, whose server must not run. Raises NeoUnavailable."""
    command = [_tool("java", "JDK 17"), *JVM, *OPENS, f"@{_prepared()}", "org.neo4j.cli.AdminTool", *words]
    home.mkdir(parents=True, exist_ok=True)
    places = {"NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
    return subprocess.run(
        command, capture_output=True, text=True, timeout=START_SECONDS, check=False, env={**os.environ, **places}
    )


def _say(process: subprocess.Popen[str], line: str) -> None:
    if process.stdin is None:
        raise AssertionError("started with a pipe for its input")
    with contextlib.suppress(BrokenPipeError):  # it ended already: its log says why
        process.stdin.write(f"{line}\n")
        process.stdin.flush()


def _wait_for_port(process: subprocess.Popen[str], log: Path) -> int:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        ended = process.poll() is not None
        said = log.read_text(encoding="utf-8", errors="replace")
        if found := re.search(r"^READY (\d+)$", said, re.MULTILINE):
            return int(found[1])
        if ended:
            raise NeoUnavailable(f"Neo4j ended while starting: {said.strip()[-2000:]}")
        time.sleep(0.05)
    raise NeoUnavailable(f"Neo4j did not answer within {START_SECONDS:.0f} s; see {log}")


def _prepared() -> Path:
    """The java argument file that names all jars and the compiled launcher; made once, however many ask."""
    done = BUILD / "classpath.arg"
    with _alone():
        sources = [HERE / "pom.xml", HERE / "Launcher.java", Path(__file__)]
        made = done.stat().st_mtime if done.exists() else 0.0
        if made < max(source.stat().st_mtime for source in sources) or not _whole(done):
            _prepare(done)
    return done


def _prepare(done: Path) -> None:
    jars = BUILD / "jars.txt"
    maven = [_tool("mvn", "Maven"), "-B", "-q", "-ntp", "-f", str(HERE / "pom.xml"), RESOLVE]
    maven += [f"-Dmdep.outputFile={jars}", "-Dmdep.includeScope=runtime"]
    _run(maven, "cannot resolve the Neo4j jars")
    path = os.pathsep.join([str(BUILD), jars.read_text(encoding="utf-8").strip()])
    argument = BUILD / "classpath.tmp"
    argument.write_text(f'-cp\n"{path}"\n', encoding="utf-8")
    compiler = [_tool("javac", "JDK 17"), f"@{argument}", "-d", str(BUILD), str(HERE / "Launcher.java")]
    _run(compiler, "cannot compile the Neo4j launcher")
    argument.replace(done)


def _whole(argument: Path) -> bool:
    """Whether everything on the class path is still there (Maven's repository may have been emptied)."""
    paths = argument.read_text(encoding="utf-8").splitlines()[1].strip('"').split(os.pathsep)
    return all(map(os.path.exists, paths))


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Hold the build directory: test workers run side by side."""
    BUILD.mkdir(parents=True, exist_ok=True)
    with (BUILD / "lock").open("w", encoding="utf-8") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _tool(name: str, package: str) -> str:
    """Full path of a program, looked for under JAVA_HOME first."""
    home = os.environ.get("JAVA_HOME")
    found = shutil.which(name, path=f"{home}/bin") if home else None
    found = found or shutil.which(name)
    if found is None:
        raise NeoUnavailable(f"no '{name}' on PATH: install {package} or later to test on Neo4j")
    return found


def _run(command: list[str], failure: str) -> None:
    try:
        result = subprocess.run(command, capture_output=True, text=True, timeout=RESOLVE_SECONDS, check=False)
    except subprocess.TimeoutExpired as late:
        raise NeoUnavailable(f"{failure}: no end within {RESOLVE_SECONDS:.0f} s") from late
    if result.returncode != 0:
        raise NeoUnavailable(f"{failure}: {(result.stdout + result.stderr).strip()[-2000:]}")
