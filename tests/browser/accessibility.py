"""What axe finds on a page."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Page

SOURCE: Final = Path("node_modules", "axe-core", "axe.min.js")
# Colours that still turn are of neither theme. Within so long they begin to turn; what turns for ever, or
# as far as something is scrolled, is no colour.
TURNS_MS: Final = 400
TURNED: Final = """() => document.getAnimations().every(
    ({playState, effect, timeline}) => playState !== "running" || timeline !== document.timeline
        || effect.getComputedTiming().endTime === Infinity)"""
SERIOUS: Final = """(options) => axe.run(document, options).then(({violations}) => violations
    .filter(({impact}) => impact === "serious" || impact === "critical")
    .map(({id, nodes}) => [id, nodes.map(({html, failureSummary}) => [html.slice(0, 160), failureSummary])]))"""


def serious_findings(page: Page) -> list[Any]:
    """What keeps people out, in the dark theme as the page is, then the contrasts of the light one."""
    # From the packages that the app is built with; a script's tag would be against the page's policy.
    page.evaluate((Path(os.environ["CSE_WORKSPACE"]) / SOURCE).read_text())
    page.wait_for_function(TURNED)
    found: list[Any] = page.evaluate(SERIOUS, {})
    page.emulate_media(color_scheme="light")
    page.wait_for_timeout(TURNS_MS)
    page.wait_for_function(TURNED)
    return found + list(page.evaluate(SERIOUS, {"runOnly": ["color-contrast"]}))
