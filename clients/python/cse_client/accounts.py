"""Which of a person's accounts a request is about."""

from __future__ import annotations

import re
from typing import Final

_ABOUT_ONE: Final = re.compile(
    r"/api/(orders(/.*)?|portfolio(/.*)?|statement(/.*)?|csv/.*|ledger|fills|balances|fees|limits|faucet)"
)
_CHOSEN: Final = "account="


def is_about_account(method: str, path: str) -> bool:
    """Whether a request is about one account, so that its query may say which; all else is the person's."""
    return _ABOUT_ONE.fullmatch(path) is not None or (method, path) == ("GET", "/api/transfers")


def about_account(method: str, target: str, account: str | None) -> str:
    """A target that says which account it is about, where that is to be said."""
    path, _, query = target.partition("?")
    if account is None or not is_about_account(method, path):
        return target
    return f"{path}?{query}{'&' if query else ''}{_CHOSEN}{account}"


def without_account(target: str) -> tuple[str | None, str]:
    """Which account a target chooses, None where it is the main one, and the target without that."""
    path, _, query = target.partition("?")
    parts = query.split("&") if query else []
    chosen = [part.removeprefix(_CHOSEN) for part in parts if part.startswith(_CHOSEN)]
    rest = "&".join(part for part in parts if not part.startswith(_CHOSEN))
    return (chosen[0] if chosen else None), path + (f"?{rest}" if rest else "")
