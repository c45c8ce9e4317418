"""Routes of a person's accounts with what they have, and of transfers."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from cse.accounts.sub_accounts.models import NewTransfer
from cse.domain import codes
from cse.runtime.http.query import idempotency_key, read_cursor, write_cursor
from cse.runtime.http.route import (
    Access,
    Call,
    Example,
    Nothing,
    Reply,
    Route,
    about_an_account,
    answer,
)
from cse.trading.holdings.models import HeldAccounts, OneTransfer, Transfers, TransfersQuery
from cse.trading.holdings.service import Holdings

_EXAMPLES: Final = (
    Example(
        "transfer", "100 USDC to another account",
        {"from_account": "20", "to_account": "21", "asset": "USDC", "amount": "100"},
    ),
)  # fmt: skip


class HoldingsApi:
    """Parse, call, answer."""

    def __init__(self, holdings: Holdings) -> None:
        self._holdings = holdings

    def routes(self) -> list[Route]:
        """The room's rows of the table."""
        return [
            Route(
                "GET", "/api/accounts", Access.READ,
                "Lists the person's accounts and what each has; of an API key those it is for.",
                HeldAccounts, handler=self.accounts, weight=5,
            ),
            Route(
                "POST", "/api/transfers", Access.TRADE, "Moves money between two accounts of the person.",
                OneTransfer, handler=self.move, request=NewTransfer, status=HTTPStatus.CREATED,
                idempotency_key=True, weight=20, examples=_EXAMPLES,
                codes=(
                    codes.ACCOUNT_UNKNOWN, codes.ACCOUNT_ARCHIVED, codes.ACCOUNT_FROZEN,
                    codes.ASSET_UNKNOWN, codes.INVALID_DECIMAL, codes.TOO_MANY_DECIMALS,
                    codes.TRANSFER_INVALID, codes.INSUFFICIENT_FUNDS, codes.IDEMPOTENCY_KEY_CONFLICT,
                    codes.OUTCOME_UNKNOWN,
                ),
            ),
            *about_an_account([
                Route(
                    "GET", "/api/transfers", Access.READ, "Lists what came to the account and left it.",
                    Transfers, handler=self.transfers, query=TransfersQuery,
                    codes=(codes.INVALID_CURSOR,), weight=5,
                ),
            ]),
        ]  # fmt: skip

    async def accounts(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET /api/accounts."""
        reading = await self._holdings.accounts(call.person, call.min_sequence)
        organisations = await self._holdings.organisations(call.person)
        held = HeldAccounts(reading.value, None, str(reading.sequence), organisations)
        return answer(held, reading.sequence)

    async def move(self, call: Call[NewTransfer, Nothing]) -> Reply:
        """POST /api/transfers."""
        key = idempotency_key(call.headers)
        moved = await self._holdings.move(call.person, key, call.body)
        return answer(OneTransfer(moved, moved.sequence), int(moved.sequence), HTTPStatus.CREATED)

    async def transfers(self, call: Call[Nothing, TransfersQuery]) -> Reply:
        """GET /api/transfers."""
        query = call.query
        before = None
        if query.cursor is not None:
            sequence, entry = read_cursor(query.cursor, 2)
            before = sequence, entry
        listed = await self._holdings.transfers(call.person.account, before, query.limit, call.min_sequence)
        cursor = None if listed.next is None else write_cursor(*listed.next)
        return answer(Transfers(listed.items, cursor, str(listed.sequence)), listed.sequence)
