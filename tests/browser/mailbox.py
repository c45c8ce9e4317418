"""The page of the demo's mailbox."""

from __future__ import annotations

import re
from typing import Final

from playwright.sync_api import Page, expect

RESET: Final = "/reset-password#"
VERIFY: Final = "/verify-email#"


def link_for(page: Page, email: str, to: str) -> str:
    """The way, without its host, of the link to a page in the newest mail to an address that has one."""
    mail = page.get_by_role("listitem").filter(has_text=email).filter(has_text=to).first
    expect(mail).to_be_attached()
    link = mail.locator(f'a[href*="{to}"]').get_attribute("href")
    assert link is not None
    return re.sub(r"^https?://[^/]+", "", link)
