"""`./cse`: finds or makes what the command needs, then becomes that command."""

from __future__ import annotations

import contextlib
import os
import shlex
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cse.cli import main as command_line
from cse.cli.supervisor.listening import PortUnusable, listen_tcp

from . import account, doctor
from .failure import SetupFailed
from .papers import keep_papers
from .places import Places
from .prepare import Prepared, Wanted, prepare
from .toolchain import find_toolchain


@dataclass(frozen=True)
class Needs:
    """What a command needs before it can run.

    Attributes:
        tests: the tests' packages too.
        toolchain: cargo on its path.
        data: works on the data directory, so as root it runs as the services' user.
        makes_data: makes that directory where it is not there.
        sources: works on the clone's own sources, and needs no build of them.
        web: the built web app too.
        browser: drives a browser.
        talks: does nothing but talk to an exchange that runs.
    """

    tests: bool = False
    toolchain: bool = False
    data: bool = False
    makes_data: bool = False
    sources: bool = False
    web: bool = False
    browser: bool = False
    talks: bool = False


BROWSER_SUITE = "tests/browser"
PAGE_BENCH = "page"
MUTANTS_SUITE = "tests/mutants"
REDIS_SUITE = "tests/integration/runtime"
BOT_SUITE = "test_freqtrade"
NEEDS = {
    "up": Needs(data=True, makes_data=True, web=True),
    "down": Needs(data=True, talks=True),
    "status": Needs(data=True, talks=True),
    "serve": Needs(data=True, makes_data=True),
    "admin": Needs(data=True),
    "verify": Needs(data=True),
    "test": Needs(tests=True, toolchain=True, web=True, browser=True),
    "shots": Needs(tests=True, web=True, browser=True),
    "generate": Needs(tests=True, toolchain=True, sources=True),
    "bench": Needs(toolchain=True),
}


def main(root: Path, arguments: Sequence[str]) -> int:
    """Runs one command line; returns only where the command does not take this process over."""
    command = arguments[0] if arguments else "--help"
    if command not in command_line.names():
        # Help and mistakes cost nobody a set-up.
        return command_line.main(arguments)
    if command == "doctor":
        return doctor.main(arguments[1:], root)
    if asks_for_help(arguments):
        # Most commands can say what they do without their packages.
        with contextlib.suppress(ImportError):
            return command_line.main(arguments)
    places = Places.of_this_machine(root, option(arguments, "--data"))
    needs = needs_of(arguments)
    try:
        if command == "up":
            refuse_busy_port(places, arguments)
        prepared = prepare(places, wanted_by(needs, arguments))
        return hand_to(places, prepared, needs, with_absolute(arguments, "--data", places.data))
    except SetupFailed as failure:
        print(f"cse: {failure}", file=sys.stderr)
    except KeyboardInterrupt:
        print("\ncse: stopped; what is done already is kept.", file=sys.stderr)
        return 130
    return 1


def needs_of(arguments: Sequence[str]) -> Needs:
    """What a command line needs: of the benches one drives a browser."""
    command, *rest = arguments
    if command == "bench" and PAGE_BENCH in rest:
        return replace(NEEDS[command], tests=True, web=True, browser=True)
    return NEEDS.get(command, Needs())


def wanted_by(needs: Needs, arguments: Sequence[str]) -> Wanted:
    """What is set up for a command line."""
    helped = asks_for_help(arguments)
    return Wanted(
        tests=needs.tests and not helped,
        build=not needs.sources,
        mutants=needs.tests and not needs.sources and not helped and tests_mutants(arguments),
        web=needs.web and not helped and shows_pages(arguments) and "CSE_WEB" not in os.environ,
        # The browser suite finds its checks of accessibility there.
        workspace=not helped and (needs.sources or (arguments[0] == "test" and shows_pages(arguments))),
        browser=needs.browser and not helped and shows_pages(arguments),
        redis=needs.tests and not helped and meets_redis(arguments),
        bot=not helped and runs_a_bot(arguments),
        current=not needs.talks,
    )


def runs_all_tests(arguments: Sequence[str]) -> bool:
    """Whether a line is `test` with neither `--fast` nor a path."""
    command, *rest = arguments
    return command == "test" and "--fast" not in rest and all(one.startswith("-") for one in rest)


def tests_mutants(arguments: Sequence[str]) -> bool:
    """Whether the tests of the core are tested: where all are run, or their suite is named."""
    return runs_all_tests(arguments) or any(MUTANTS_SUITE in one for one in arguments)


def meets_redis(arguments: Sequence[str]) -> bool:
    """Whether tests are run beside Debian's Redis."""
    return runs_all_tests(arguments) or any(REDIS_SUITE in one for one in arguments)


def runs_a_bot(arguments: Sequence[str]) -> bool:
    """Whether a published bot is run, whose packages are large: in wide runs alone."""
    named = any(BOT_SUITE in one for one in arguments)
    return "--long" in arguments and (runs_all_tests(arguments) or named)


def shows_pages(arguments: Sequence[str]) -> bool:
    """Whether pages are shown: some tests are run without them, unless the browser suite is named."""
    named = any(BROWSER_SUITE in one for one in arguments)
    return arguments[0] != "test" or runs_all_tests(arguments) or named


def refuse_busy_port(places: Places, arguments: Sequence[str]) -> None:
    """Says at once that a new exchange could not be reached, before anything is made for it.

    Raises:
        SetupFailed: another program has the port.
    """
    host = option(arguments, "--host") or os.environ.get("CSE_HOST") or "127.0.0.1"
    port = option(arguments, "--port") or os.environ.get("CSE_PORT") or "8000"
    # On data that is there already the port may be its own; what is no port is refused later on.
    if places.data.exists() or not port.isdecimal() or not 0 < int(port) < 65_536:
        return
    try:
        listen_tcp(host, int(port)).close()
    except PortUnusable as error:
        raise SetupFailed(str(error)) from None


def asks_for_help(arguments: Sequence[str]) -> bool:
    """Whether the line only asks what the command can do."""
    return "--help" in arguments or "-h" in arguments


def option(arguments: Sequence[str], name: str) -> str | None:
    """The value of `--name VALUE` or `--name=VALUE`, the last one given."""
    value = None
    for position, argument in enumerate(arguments):
        if argument == name and position + 1 < len(arguments):
            value = arguments[position + 1]
        elif argument.startswith(f"{name}="):
            value = argument.partition("=")[2]
    return value


def with_absolute(arguments: Sequence[str], name: str, value: Path) -> list[str]:
    """The arguments with `value` wherever `--name` had one: a relative path would be lost on the way."""
    changed = list(arguments)
    for position, argument in enumerate(arguments):
        if argument == name and position + 1 < len(arguments):
            changed[position + 1] = str(value)
        elif argument.startswith(f"{name}="):
            changed[position] = f"{name}={value}"
    return changed


def hand_to(places: Places, prepared: Prepared, needs: Needs, arguments: list[str]) -> int:
    """Becomes `python -m cse` of the prepared build."""
    environment = dict(os.environ)
    if needs.toolchain:
        environment = find_toolchain(places.root, places.home).environment
    for name in ("PYTHONHOME", "PYTHONSTARTUP"):
        environment.pop(name, None)
    sources = [places.root / "src", places.root / "clients" / "python"]
    chosen = sources if needs.sources else [prepared.build.source]
    environment["PYTHONPATH"] = os.pathsep.join(map(str, chosen))
    environment["CSE_DATA"] = str(places.data)
    if prepared.mutants is not None:
        environment["CSE_MUTANTS"] = str(prepared.mutants.module)
    if prepared.bot is not None:
        environment["CSE_BOT"] = str(prepared.bot.path)
    if prepared.web is not None:
        environment["CSE_WEB"] = str(prepared.web.site)
    if prepared.workspace is not None:
        environment["CSE_WORKSPACE"] = str(prepared.workspace.path)
        environment["CSE_NPM"] = " ".join(map(shlex.quote, prepared.workspace.node.npm))
        environment["PATH"] = os.pathsep.join(
            [str(prepared.workspace.node.executable.parent), environment["PATH"]]
        )
    if needs.web:
        environment["CSE_PAPERS"] = str(keep_papers(places))
    if needs.data and places.shared and not asks_for_help(arguments):
        become_service_user(places, environment, makes_data=needs.makes_data)
    else:
        environment["CSE_ROOT"] = str(places.root)
    python = str(prepared.environment.python)
    # -P keeps the working directory off the module path, wherever the person stands.
    os.execve(python, [python, "-P", "-m", "cse", *arguments], environment)


def become_service_user(places: Places, environment: dict[str, str], *, makes_data: bool) -> None:
    """Leaves root's rights behind; the data directory is handed over first, and made if it is to be."""
    user = account.find()
    if user is None:
        user = account.create()
        print(
            f"Made the system user {account.NAME}: started by root, the services run as this user"
            f" and reach only {places.home} and {places.data}.",
            file=sys.stderr,
        )
    there = makes_data or places.data.exists()
    if there:
        account.hand_over(places.data, user)
    account.become(user, environment)
    # The working directory of root may be closed to this user.
    os.chdir(places.data if there else "/")
