"""What axe finds on a page."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Page

SOURCE: Final = Path("node_modules", "axe-core", "axe.min.js")
# Colours that still turn are of neither theme. What turns for ever, or as far as something is scrolled, is no
# colour.
TURNED: Final = """() => document.getAnimations().every(
    ({playState, effect, timeline}) => playState !== "running" || timeline !== document.timeline
        || effect.getComputedTiming().endTime === Infinity)"""
# Of the other theme at once; the policy of the page has no say about sheets that are made by its scripts.
AT_ONCE: Final = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("*, *::before, *::after { transition: none !important }");
    document.adoptedStyleSheets.push(sheet);
}"""
DRAWN: Final = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
SERIOUS: Final = """(options) => axe.run(document, options).then(({violations}) => violations
    .filter(({impact}) => impact === "serious" || impact === "critical")
    .map(({id, nodes}) => [id, nodes.map(({html, failureSummary}) => [html.slice(0, 160), failureSummary])]))"""
# Targets of 24 px are asked for by WCAG 2.2; axe looks at them only where it is told to.
TARGETS: Final = {"rules": {"target-size": {"enabled": True}}}
# What stands beyond either edge of the window and cannot be scrolled to within a part of the page. What is
# moved out of sight on purpose is placed absolutely; of a picture its outline counts.
BEYOND: Final = """() => {
    const width = document.documentElement.clientWidth;
    const placed = (element) => getComputedStyle(element).position === "absolute";
    const scrolled = (element) => {
        for (let around = element.parentElement; around && around !== document.body; around = around.parentElement)
            if (placed(around) || getComputedStyle(around).overflowX !== "visible") return true;
        return false;
    };
    return [...document.querySelectorAll("body *:not(svg *)")].filter((element) => {
        if (!element.checkVisibility() || placed(element)) return false;
        const {left, right} = element.getBoundingClientRect();
        return right > left && (left < -1 || right > width + 1) && !scrolled(element);
    }).map((element) => element.outerHTML.slice(0, 160));
}"""
SIDEWAYS: Final = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
# What still moves, or would at a touch, longer than the eye can follow.
MOVING: Final = """() => document.getAnimations()
    .filter(({playState, timeline, effect}) => playState === "running" && timeline === document.timeline
        && (effect.getComputedTiming().duration > 1 || effect.getComputedTiming().endTime === Infinity))
    .map(({effect}) => effect.target.outerHTML.slice(0, 160))"""


def serious_findings(page: Page) -> list[Any]:
    """What keeps people out, in the dark theme as the page is, then the contrasts of the light one."""
    # From the packages that the app is built with; a script's tag would be against the page's policy.
    page.evaluate((Path(os.environ["CSE_WORKSPACE"]) / SOURCE).read_text())
    page.wait_for_function(TURNED)
    found: list[Any] = page.evaluate(SERIOUS, TARGETS)
    page.evaluate(AT_ONCE)
    page.emulate_media(color_scheme="light")
    page.evaluate(DRAWN)
    page.wait_for_function(TURNED)
    return found + list(page.evaluate(SERIOUS, {"runOnly": ["color-contrast"]}))


def reflow_findings(page: Page) -> list[Any]:
    """What makes a page scroll sideways, or is cut off at its edge."""
    sideways = page.evaluate(SIDEWAYS)
    return [*([f"{sideways} px sideways"] if sideways else []), *page.evaluate(BEYOND)]
