"""The pages that are pictured: the one table. A new page is a new row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from cse.cli.shots.stage import USUAL, Venue

Person: TypeAlias = Literal["visitor", "user", "newcomer", "operator"]
"""A stranger; one with balances, orders and fills; one who has signed up and nothing else; one with every
role, who can only be had where the exchange runs on the data directory."""

EVERYBODY: Final[tuple[Person, ...]] = ("visitor", "user")


@dataclass(frozen=True, slots=True)
class PageShot:
    """One page.

    Attributes:
        name: of its files.
        path: behind the language.
        people: as whom it is pictured.
        empty: it looks different to one who has nothing yet.
        live: it shows figures that age, so that it is pictured on a dead line too.
        fetches: it needs the API, so that it is pictured without an answer too.
        venue: what the market that it shows is in, where that is not the usual one.
    """

    name: str
    path: str
    people: tuple[Person, ...] = EVERYBODY
    empty: bool = False
    live: bool = False
    fetches: bool = True
    venue: Venue | None = None


PAGES: Final = (
    PageShot("home", "", live=True),
    PageShot("markets", "/markets", live=True),
    PageShot("trade", f"/trade/{USUAL}", empty=True, live=True, venue="open"),
    PageShot("trade-unknown", "/trade/NOPE-USDC", ("visitor",)),
    PageShot("portfolio", "/portfolio", empty=True),
    PageShot("portfolio-orders", "/portfolio?tab=orders", ("user",), fetches=False),
    PageShot("sign-up", "/sign-up", ("visitor",), fetches=False),
    PageShot("sign-in", "/sign-in", ("visitor",), fetches=False),
    PageShot("forgot-password", "/forgot-password", ("visitor",), fetches=False),
    PageShot("reset-password", "/reset-password", ("visitor",), fetches=False),
    PageShot("verify-email", "/verify-email", ("visitor",), fetches=False),
    PageShot("undo-email-change", "/undo-email-change", ("visitor",), fetches=False),
    PageShot("mailbox", "/mailbox", ("visitor",)),
    PageShot("transfers", "/transfers", empty=True, fetches=False),
    PageShot("settings", "/settings", fetches=False),
    PageShot("notifications", "/notifications", empty=True, fetches=False),
    PageShot("close-account", "/close-account", empty=True, fetches=False),
    PageShot("organisations", "/organisations", empty=True, fetches=False),
    PageShot("verification", "/verification", fetches=False),
    PageShot("status", "/status"),
    PageShot("developers", "/developers", ("visitor",)),
    PageShot("lost", "/no-such-page", ("visitor",), fetches=False),
    PageShot("gallery", "/gallery", ("visitor",), fetches=False),
)

DESK: Final = (
    *(
        PageShot(f"admin-{name}", f"/admin?tab={name}", ("operator",), fetches=False)
        for name in ("overview", "markets", "risk", "people", "requests", "jobs", "history", "audit")
    ),
    PageShot("admin-rates", "/admin/rates", ("operator",), fetches=False),
    PageShot("admin-market", f"/admin?tab=markets&market={USUAL}", ("operator",), fetches=False),
)
"""The operators' desk, which for everybody else is a page that is not there."""

STAGED: Final = (
    PageShot("trade-auction", f"/trade/{USUAL}", fetches=False, venue="auction"),
    PageShot("trade-halted", f"/trade/{USUAL}", fetches=False, venue="halted"),
)
"""What only a market in another status shows. The path is that of the market which is in it."""
