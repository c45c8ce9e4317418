"""A headless Chromium, and windows of the two sizes that the app is made for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Literal, TypeAlias

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from cse.cli.bootstrap.chromium import find_chromium, what_helps

Theme: TypeAlias = Literal["dark", "light"]

TIMEOUT_MS: Final = 45_000
# No sound or graphics card is needed, and nobody else is spoken to.
ARGUMENTS: Final = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
LANGUAGES: Final = {"en": "en-GB", "ar": "ar-EG"}


class NoChromium(RuntimeError):
    """There is no browser on this machine; the message says what helps."""


@dataclass(frozen=True, slots=True)
class Size:
    """A window: its name, its extent in CSS pixels, and whether it is a phone's."""

    name: str
    width: int
    height: int
    phone: bool

    @property
    def options(self) -> dict[str, Any]:
        """Playwright's options for a context of this size."""
        viewport = {"width": self.width, "height": self.height}
        touch = {"device_scale_factor": 3, "has_touch": True, "is_mobile": True} if self.phone else {}
        return {"viewport": viewport, **touch}


DESKTOP: Final = Size("desktop", 1440, 900, phone=False)
PHONE: Final = Size("phone", 390, 844, phone=True)
SIZES: Final = (DESKTOP, PHONE)
THEMES: Final[tuple[Theme, ...]] = ("dark", "light")


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser, for as long as the block lasts.

    Raises:
        NoChromium: none is installed.
    """
    found = find_chromium()
    if found is None:
        raise NoChromium(f"No Chromium was found on this machine.\n  What helps: {what_helps()}")
    # Its sandbox does not work for root.
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=[*ARGUMENTS, *sandbox])
        try:
            yield browser
        finally:
            browser.close()


def window(
    browser: Browser,
    url: str,
    size: Size = DESKTOP,
    *,
    theme: Theme = "dark",
    locale: str = "en",
    **more: Any,
) -> BrowserContext:
    """A window of its own, without cookies, whose relative addresses start at `url`.

    Without the app's service worker, which each would fetch anew: `service_workers="allow"` has it.
    """
    context = browser.new_context(
        base_url=url,
        color_scheme=theme,
        locale=LANGUAGES.get(locale, locale),
        reduced_motion="reduce",
        **{"service_workers": "block", **size.options, **more},
    )
    context.set_default_timeout(TIMEOUT_MS)
    return context


class Faults:
    """What a page must not do: write errors to its console, throw, or speak to another origin."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._allowed: list[str] = []

    def watch(self, page: Page, url: str) -> None:
        """Notes the faults of a page and of its workers from now on; `url` is its own origin."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.found.append(f"{page.url}: threw {error}"))
        page.on("request", partial(self._request, url.rstrip("/")))

    def allow(self, words: str) -> None:
        """Faults with these words are what the test is about."""
        self._allowed.append(words)

    @property
    def unexpected(self) -> list[str]:
        """Those that nobody allowed."""
        return [fault for fault in self.found if not any(words in fault for words in self._allowed)]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "assert"):
            where = message.location.get("url", "")
            self.found.append(f"console: {message.text} ({where})")

    def _request(self, origin: str, request: Request) -> None:
        own = (f"{origin}/", f"{origin.replace('http', 'ws', 1)}/", "data:", "blob:")
        if not request.url.startswith(own):
            self.found.append(f"a request to another origin: {request.url}")
