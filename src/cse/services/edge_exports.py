"""Out of what an edge makes archives of a person's data, and what is left out of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cse.accounts.exports import subjects as own
from cse.faucet import exporting as faucet
from cse.ledger import exporting as ledger
from cse.marketdata.listing import Listing
from cse.runtime.exporting import Source
from cse.runtime.postgres import Pool
from cse.trading import exporting as trading
from cse.trading.views.texts import ListedTexts

_OPENS: Final = "it would open the account, and tells nothing of the person"
_NOBODY: Final = "it tells nothing of a person"
_OUT_OF_ENTRIES: Final = "worked out of the ledger's entries, which are in the archive"
# Every table that is in no archive, and why. A new table stands here, or a subject names it.
LEFT_OUT: Final[Mapping[str, str]] = {
    "accounts.attempts": "counts of tries, which end within a day; what was refused is a security event",
    "accounts.export_pieces": "the archives themselves",
    "accounts.links": _OPENS,
    "accounts.mailbox": "a demo's stand-in for the mail of all, with links that open",
    "accounts.notified": _NOBODY,
    "accounts.organisation_accounts": "an organisation's, and no person's",
    "accounts.organisation_invitations": "links to an e-mail; the mails that have them are in the archive",
    "accounts.organisation_moves": "an organisation's, and no person's",
    "accounts.passkey_challenges": _OPENS,
    "accounts.password_salts": _OPENS,
    "accounts.rates": _NOBODY,
    "accounts.sign_in_challenges": _OPENS,
    "accounts.simulated_checks": "what a demo's provider will answer, for seconds",
    "audit.chain": "the places of events in the chain",
    "audit.checkpoints": _NOBODY,
    "audit.unsealed": "events that wait for their place in the chain",
    "creators.profiles": "shown to everybody, and of tokens",
    "desk.incidents": _NOBODY,
    "desk.operators": "what an operator may; that it was granted is a security event",
    "desk.requests": "what operators asked for as such; each act of theirs is a security event",
    "ledger.assets": _NOBODY,
    "ledger.epochs": _NOBODY,
    "ledger.fee_tiers": _NOBODY,
    "ledger.flags": "who tries to deceive the market would learn what is seen of it",
    "ledger.markets": _NOBODY,
    "ledger.position": _NOBODY,
    "ledger.risk_limits": _NOBODY,
    "ledger.transfers": "who took part stands in the entries",
    "marketdata.candles_1d": _NOBODY,
    "marketdata.candles_1h": _NOBODY,
    "marketdata.candles_1m": _NOBODY,
    "marketdata.candles_1s": _NOBODY,
    "marketdata.markets": _NOBODY,
    "marketdata.position": _NOBODY,
    "portfolio.books": _OUT_OF_ENTRIES,
    "portfolio.changes": _OUT_OF_ENTRIES,
    "portfolio.flows": _OUT_OF_ENTRIES,
    "runtime.idempotency_keys": "digests of requests, which are forgotten within a week",
    "runtime.outbox": "commands to the core, of which the ledger has what came of them",
    "runtime.outbox_gate": _NOBODY,
    "runtime.outbox_sources": _NOBODY,
}


def sources_of(
    accounts_pool: Pool,
    audit_pool: Pool,
    faucet_pool: Pool,
    ledger_pool: Pool,
    listing: Listing,
    texts: ListedTexts,
) -> tuple[Source, ...]:
    """All rooms that have something of persons."""
    return (
        Source(accounts_pool, own.OWN),
        Source(audit_pool, own.OF_AUDIT),
        Source(faucet_pool, faucet.subjects(listing)),
        Source(ledger_pool, (*ledger.subjects(), *trading.subjects(texts))),
    )
