"""Somebody at a keyboard alone: goes from place to place by Tab, and must always see where they are."""

from __future__ import annotations

from typing import Any, Final

from playwright.sync_api import Locator, Page

# More than any page has on the way from one place to another.
STOPS_MAX: Final = 120
# What has the focus: whether that can be seen, and is not under something else. A mark may be drawn around
# the box that a field stands in.
FOCUSED: Final = """() => {
    const element = document.activeElement;
    const name = element.outerHTML.slice(0, 160);
    if (element === document.body) return {name, fault: "nothing has the focus"};
    // What is only heard stands for the picture around it.
    let place = element;
    while (place.getBoundingClientRect().width < 4) place = place.parentElement;
    const {left, top, width, height} = place.getBoundingClientRect();
    const [x, y] = [left + width / 2, top + height / 2];
    if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) return {name, fault: "it is out of sight"};
    const seen = document.elementFromPoint(x, y);
    const same = seen && (place.contains(seen) || seen.contains(place) || seen.closest("label")?.control === element);
    if (!same) return {name, fault: `it is under ${seen?.outerHTML.slice(0, 160)}`};
    // A slider's is around its thumb, which nobody can ask about.
    if (element.type === "range") return {name, fault: null};
    const {content, backgroundColor} = getComputedStyle(element, "::after");
    if (content !== "none" && backgroundColor !== "rgba(0, 0, 0, 0)") return {name, fault: null};
    for (let around = element, level = 0; around && level < 4; around = around.parentElement, level += 1) {
        const {outlineStyle, outlineWidth, boxShadow} = getComputedStyle(around);
        if ((outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none") return {name, fault: null};
    }
    return {name, fault: "nothing marks it"};
}"""


class Keyboard:
    """Keys and nothing else. Each stop on the way is looked at."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def to(self, target: Locator, *, back: bool = False) -> None:
        """Presses Tab until the target has the focus."""
        passed = []
        for _ in range(STOPS_MAX):
            if self.is_at(target):
                return
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
            found = self.page.evaluate(FOCUSED)
            # Behind the last place of the page come the browser's own.
            assert found["fault"] is None or found["name"].startswith("<body"), found
            passed.append(found["name"])
        raise AssertionError(f"not reached by Tab; passed {passed[-20:]}")

    def see(self) -> dict[str, Any]:
        """What has the focus; fails unless whoever looks can tell."""
        found: dict[str, Any] = self.page.evaluate(FOCUSED)
        assert found["fault"] is None, found
        return found

    def is_at(self, target: Locator) -> bool:
        """Whether the target has the focus."""
        return target.count() == 1 and bool(target.evaluate("(one) => one === document.activeElement"))

    def press(self, key: str) -> None:
        """One key, or several at once."""
        self.page.keyboard.press(key)

    def write(self, text: str) -> None:
        """Types over what stands in the field."""
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.type(text)
