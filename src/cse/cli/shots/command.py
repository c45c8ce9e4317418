"""What is pictured in which state, and in how many windows."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Final, Literal, TypeAlias
from urllib.parse import urlsplit

from httpx import HTTPError
from playwright.sync_api import Browser, Page, Route
from playwright.sync_api import Error as BrowserFailed
from playwright.sync_api import TimeoutError as TimedOut

from cse.cli.options import url_of
from cse.cli.shots.browser import SIZES, THEMES, Faults, NoChromium, Size, Theme, chromium, window
from cse.cli.shots.line import Line
from cse.cli.shots.pages import DESK, PAGES, STAGED, PageShot, Person
from cse.cli.shots.people import NotTaken, become
from cse.cli.shots.roles import grant_every_role
from cse.cli.shots.stage import NoOpenMarket, Stage, stage
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.runtime.http.problem import PROBLEM_TYPE, problem_body

State: TypeAlias = Literal["usual", "empty", "stale", "error"]

BUSY_MS_MAX: Final = 8_000
SETTLED_MS: Final = 700
# Beyond what the app takes for a live feed.
STALE_AFTER_MS: Final = 12_000
ALL: Final = (*PAGES, *DESK, *STAGED)
_AWAY: Final = problem_body(CodedError(codes.UNAVAILABLE), "pictured")


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture."""

    page: PageShot
    size: Size
    theme: Theme
    person: Person
    locale: str = "en"
    state: State = "usual"

    @property
    def file(self) -> str:
        """Its name: page, person, state and language where unusual, size, theme."""
        unusual = [] if self.state == "usual" else [self.state]
        language = [] if self.locale == "en" else [self.locale]
        return (
            "_".join([self.page.name, self.person, *unusual, *language, self.size.name, self.theme]) + ".png"
        )

    @property
    def path(self) -> str:
        """Where the page is."""
        return f"/{self.locale}{self.page.path}"


def shots_of(pages: Sequence[PageShot]) -> Iterator[Shot]:
    """Every picture: each page in both sizes and themes as each person, then languages and states."""
    for page in pages:
        for size in SIZES:
            for theme in THEMES:
                for person in page.people:
                    yield Shot(page, size, theme, person)
            last = page.people[-1]
            for locale in ("ar", "de", "ja"):
                yield Shot(page, size, "dark", last, locale=locale)
            if page.empty:
                yield Shot(page, size, "dark", "newcomer", state="empty")
            if page.fetches:
                yield Shot(page, size, "dark", "visitor", state="error")
            if page.live:
                yield Shot(page, size, "dark", "visitor", state="stale")


def picture(options: argparse.Namespace) -> int:
    """Runs the command; 1 if a page could not be pictured or did what none may."""
    known = {page.name for page in ALL}
    if unknown := set(options.pages) - known:
        print(f"cse shots: no page {', '.join(sorted(unknown))}; there are {', '.join(sorted(known))}")
        return 2
    wanted = [page for page in ALL if not options.pages or page.name in options.pages]
    out = options.out.absolute()
    out.mkdir(parents=True, exist_ok=True)
    bad = number = 0
    try:
        # A browser's loop is in the way of the operator's, so the stage is set before it and cleared after.
        with stage(options, [page.venue for page in wanted if page.venue]) as markets, chromium() as browser:
            shots = sorted(shots_of(placed(wanted, markets)), key=_window_of)
            for _, group in groupby(shots, key=_window_of):
                for shot, faults in take(browser, options, markets, list(group), out):
                    number += 1
                    bad += bool(faults)
                    print(f"[{number}/{len(shots)}] {shot.file}", *faults, sep="\n    ", flush=True)
    except (NoChromium, NoOpenMarket, NotTaken, BrowserFailed, HTTPError) as error:
        print(f"cse shots: {error}", file=sys.stderr)
        return 1
    print(f"\n{number} pictures in {out}, {bad} with faults")
    return 1 if bad else 0


def placed(pages: Sequence[PageShot], markets: Stage) -> list[PageShot]:
    """The pages with the markets of the stage in their paths; without those whose market is not there."""
    found = []
    for page in pages:
        if page.venue is None:
            found.append(page)
        elif page.venue in markets:
            found.append(replace(page, path=f"/trade/{markets[page.venue]}"))
    return found


def _window_of(shot: Shot) -> tuple[str, Person, bool]:
    """Pictures with the same are taken in one window: a size, a person, and whether the line goes dead."""
    return shot.size.name, shot.person, shot.state == "stale"


def take(
    browser: Browser, options: argparse.Namespace, markets: Stage, shots: Sequence[Shot], out: Path
) -> Iterator[tuple[Shot, list[str]]]:
    """Takes the pictures of one window; gives each with what its page did that none may."""
    url, size, person = url_of(options), shots[0].size, shots[0].person
    with Line(urlsplit(url).port or 80) as line:
        origin = line.url if shots[0].state == "stale" else url
        with window(browser, origin, size) as context:
            become(context, person, markets, partial(grant_every_role, options))
            for shot in shots:
                faults = Faults()
                page = context.new_page()
                faults.watch(page, origin)
                _picture(page, shot, out, faults, line)
                page.close()
                line.restore()
                yield shot, faults.unexpected


def _picture(page: Page, shot: Shot, out: Path, faults: Faults, line: Line) -> None:
    page.emulate_media(color_scheme=shot.theme, reduced_motion="reduce")
    if shot.state == "error":
        page.route("**/api/**", _refuse)
        faults.allow("503")
    if shot.page.name == "lost":
        faults.allow("404")
    page.goto(shot.path, wait_until="load")
    settle(page)
    if shot.state == "stale":
        line.freeze()
        page.wait_for_timeout(STALE_AFTER_MS)
    page.screenshot(path=out / shot.file)


def settle(page: Page) -> None:
    """Returns once fonts and figures are there, or do not come."""
    page.evaluate("document.fonts.ready.then(() => true)")
    with suppress(TimedOut):
        page.locator("[aria-busy=true]:not(button)").first.wait_for(state="detached", timeout=BUSY_MS_MAX)
    page.wait_for_timeout(SETTLED_MS)


def _refuse(route: Route) -> None:
    route.fulfill(status=codes.UNAVAILABLE.status, content_type=PROBLEM_TYPE.decode(), body=_AWAY)
