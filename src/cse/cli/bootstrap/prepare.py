"""Makes what a command needs and is not there yet, one set-up at a time."""

from __future__ import annotations

import fcntl
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from . import chromium, redis
from . import interpreter as interpreters
from .build import Build
from .debian import can_install
from .debian import install as install_packages
from .environment import COMPLETE, Environment
from .interpreter import Interpreter
from .mutants import Mutants
from .node import Node, of_package, of_the_machine, package_of
from .places import BUILDS_KEPT, ENVIRONMENTS_KEPT, WEBS_KEPT, Places
from .progress import Progress
from .toolchain import find_compiler, find_toolchain
from .web import Web
from .workspace import ReadyWorkspace, Workspace

SERVICES = ("the services' packages", "requirements.txt")
TESTS = ("the tests' packages", "requirements.txt", "requirements-dev.txt", "requirements-clients.txt")
TOOLS = ("the build tools", "requirements-build.txt")
# Where the services' packages are, this one is.
SERVED_BY = "lib/python*/site-packages/litestar"
BOT = ("a trading bot", "requirements-bot-build.txt", "requirements-bot.txt")
# Of one of its packages there is no wheel.
BUILT = ("sdnotify",)


@dataclass(frozen=True)
class Wanted:
    """What a command needs.

    Attributes:
        tests: the tests' packages too.
        build: the services; without it, what works on the sources alone, whether they build or not.
        mutants: the native module with faults on purpose.
        web: the web app.
        workspace: the web app's sources with all that checks and tests them.
        browser: Chromium, where it can be installed.
        redis: Debian's Redis, where it can be installed.
        bot: a published trading bot in an environment of its own.
        current: what is made of the clone as it is now; without it, what was used last will do.
    """

    tests: bool = False
    build: bool = True
    mutants: bool = False
    web: bool = False
    workspace: bool = False
    browser: bool = False
    redis: bool = False
    bot: bool = False
    current: bool = True


@dataclass(frozen=True)
class Prepared:
    """What a command runs on; kept from removal as long as this process or its successor lives."""

    environment: Environment
    build: Build
    web: Web | None
    workspace: ReadyWorkspace | None = None
    mutants: Mutants | None = None
    bot: Environment | None = None


def prepare(places: Places, wanted: Wanted) -> Prepared:
    """Sets up what is missing and shows how far it is.

    Raises:
        SetupFailed: something is missing on this machine or broke.
    """
    chosen = interpreters.remembered(places)
    if chosen is not None and not wanted.workspace and not _lacking(wanted):
        prepared = _plan(places, chosen, wanted)
        if _hold(prepared, wanted):
            return prepared
        used = None if wanted.current else _used_last(places, chosen)
        if used is not None and _hold(used, wanted):
            return used
    os.umask(0o022)
    places.home.mkdir(parents=True, exist_ok=True)
    with _alone(places):
        chosen = interpreters.remembered(places) or interpreters.choose(places)
        interpreters.remember(places, chosen)
        prepared = _plan(places, chosen, wanted)
        _make(places, chosen, prepared, wanted)
        if not _hold(prepared, wanted):
            raise RuntimeError(f"{prepared.build.path} vanished while it was set up")
        _prune(places.home / "environments", ENVIRONMENTS_KEPT)
        _prune(places.home / "builds", BUILDS_KEPT)
        _prune(places.home / "web", WEBS_KEPT)
        workspace = _workspace(places, chosen) if wanted.workspace else None
    return replace(prepared, workspace=workspace)


def _plan(places: Places, chosen: Interpreter, wanted: Wanted) -> Prepared:
    packages = TESTS if wanted.tests else SERVICES
    environment = Environment.of(places, chosen, *packages)
    build = Build.of(places)
    return Prepared(
        environment,
        build,
        Web.of(places) if wanted.web else None,
        mutants=Mutants.of(build) if wanted.mutants else None,
        bot=Environment.of(places, chosen, *BOT, built=BUILT) if wanted.bot else None,
    )


def _used_last(places: Places, chosen: Interpreter) -> Prepared | None:
    """The services and their packages as they were used last, of whichever state of the clone."""
    builds = _whole(places.home / "builds")
    # Those of the build tools and of a bot are no use to the services.
    environments = [one for one in _whole(places.home / "environments") if any(one.glob(SERVED_BY))]
    if not builds or not environments:
        return None
    return Prepared(Environment(environments[0], SERVICES[0], (), chosen), Build(builds[0]), None)


def _make(places: Places, chosen: Interpreter, prepared: Prepared, wanted: Wanted) -> None:
    steps: list[Callable[[Progress], None]] = [
        one.make for one in (prepared.environment, prepared.bot) if one is not None and not one.is_current
    ]
    mutants = None if prepared.mutants is None or prepared.mutants.is_current else prepared.mutants
    if wanted.build and (mutants is not None or not prepared.build.is_current):
        # What cannot be downloaded is looked for first, so that nobody waits for nothing.
        find_compiler()
        toolchain = find_toolchain(places.root, places.home)
        tools = Environment.of(places, chosen, *TOOLS)
        if not tools.is_current:
            steps.append(tools.make)
        if not prepared.build.is_current:
            steps.append(lambda progress: prepared.build.make(places, tools, toolchain, progress))
        if mutants is not None:
            steps.append(lambda progress: mutants.make(places, tools, toolchain, progress))
    pages: list[Callable[[Progress], None]] = []
    if prepared.web is not None and not prepared.web.is_current:
        pages += _web_steps(places, chosen, prepared.web)
    lacking = _lacking(wanted)
    if lacking and can_install():
        pages.append(lambda progress: install_packages(lacking, progress))
    if sys.stderr.isatty() or not (steps and pages):
        # A terminal has one line that is redrawn.
        _carry_out(steps + pages, places.log)
        return
    with ThreadPoolExecutor(2) as pool:
        lanes = [(steps, places.log), (pages, places.log.with_name("setup-web.log"))]
        for lane in [pool.submit(_carry_out, *lane) for lane in lanes]:
            lane.result()


def _carry_out(steps: Sequence[Callable[[Progress], None]], log: Path) -> None:
    if not steps:
        return
    progress = Progress(len(steps), log)
    for step in steps:
        step(progress)


def _lacking(wanted: Wanted) -> list[str]:
    """Debian's packages that are wanted and not there."""
    lacking = [chromium.PACKAGE] if wanted.browser and chromium.find_chromium() is None else []
    return lacking + ([redis.PACKAGE] if wanted.redis and redis.find_redis() is None else [])


def _web_steps(places: Places, chosen: Interpreter, web: Web) -> list[Callable[[Progress], None]]:
    bringing, node = _node(places, chosen)
    return [*bringing, lambda progress: web.make(places, node(), progress)]


def _workspace(places: Places, chosen: Interpreter) -> ReadyWorkspace:
    bringing, node = _node(places, chosen)
    _carry_out(bringing, places.log)
    workspace = Workspace.of(places)
    workspace.update()
    if not workspace.is_installed(node()):
        _carry_out([lambda progress: workspace.make(places, node(), progress)], places.log)
    return ReadyWorkspace(workspace.path, node())


def _node(places: Places, chosen: Interpreter) -> tuple[list[Callable[[Progress], None]], Callable[[], Node]]:
    """The steps that bring a Node, and what finds it after them."""
    node = of_the_machine(places.root)
    if node is not None:
        found: Node = node
        return [], lambda: found
    package = package_of(places, chosen)
    return ([] if package.is_current else [package.make]), lambda: of_package(package)


def _hold(prepared: Prepared, wanted: Wanted) -> bool:
    """Takes shared locks that outlive an exec; False if something is not there."""
    descriptors = []
    markers = [prepared.environment.marker]
    if wanted.build:
        markers.append(prepared.build.marker)
    if prepared.mutants is not None:
        markers.append(prepared.mutants.module)
    if prepared.bot is not None:
        markers.append(prepared.bot.marker)
    if prepared.web is not None:
        markers.append(prepared.web.marker)
    for marker in markers:
        try:
            descriptor = os.open(marker, os.O_RDONLY)
        except OSError:
            break
        descriptors.append(descriptor)
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        if not marker.exists():
            break
        os.set_inheritable(descriptor, True)
        # The newest are kept, so what is used counts as new. A home of another user stays as it is.
        with suppress(OSError):
            os.utime(descriptor)
    else:
        return True
    for descriptor in descriptors:
        os.close(descriptor)
    return False


def _prune(directory: Path, kept: int) -> None:
    """Removes the oldest of what nobody runs from, all but the newest `kept`."""
    made = _whole(directory)
    for path in directory.iterdir() if directory.is_dir() else ():
        if path not in made:
            # Half made by a set-up that failed; no other one is at work.
            shutil.rmtree(path, ignore_errors=True)
    for path in made[kept:]:
        with (path / COMPLETE).open() as marker:
            try:
                fcntl.flock(marker, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            (path / COMPLETE).unlink()
            shutil.rmtree(path, ignore_errors=True)


def _whole(directory: Path) -> list[Path]:
    """What lies there and is whole, what was used last before all else."""
    found = []
    for path in directory.iterdir() if directory.is_dir() else ():
        # One that is not whole has no marker, or is just being removed.
        with suppress(OSError):
            found.append(((path / COMPLETE).stat().st_mtime, path))
    return [path for _, path in sorted(found, reverse=True)]


@contextmanager
def _alone(places: Places) -> Iterator[None]:
    with (places.home / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another set-up is running; waiting for it ...", file=sys.stderr)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
