"""Who traded in the past: a few makers and many takers, and what each of them has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from random import Random
from typing import Final

from cse.demo.characters import CHARACTERS, Character
from cse.domain.accounts import TransferReason
from cse.domain.demo import CREATORS, QUOTE
from cse.domain.enumerations import AccountKind
from cse.engine import wire
from cse.ledger import genesis

MAKERS: Final = 6
TAKERS: Final = 42
_MAKER_QUOTE: Final = 20_000_000
_TAKER_QUOTE: Final = 1_500_000
_MAKER_SHARE: Final = 0.6
# Of an asset that no creator has issued: whole ones that all of them have together.
_BTC: Final = 900
_FIRST_ACCOUNT: Final = genesis.holders_account() + 1 + 2 * len(CREATORS)


@dataclass(slots=True)
class Purse:
    """What an account surely has free: quote in units, each market's base in lots.

    Fees are taken off at the highest rate and given back to nobody, so it never has less than this.
    """

    account: int
    quote_units: int
    base_lots: dict[str, int] = field(default_factory=dict)


class Traders:
    """The accounts of the past. Nobody can sign in as one of them."""

    def __init__(self, random: Random) -> None:
        self._random = random
        weights = [1.0 / (rank + 2.0) for rank in range(TAKERS)]
        self._weights = [weight / sum(weights) for weight in weights]
        self.makers = [Purse(_FIRST_ACCOUNT + number, _MAKER_QUOTE * 10**6) for number in range(MAKERS)]
        first = _FIRST_ACCOUNT + MAKERS
        self.takers = [Purse(first + number, _TAKER_QUOTE * 10**6) for number in range(TAKERS)]
        for character in CHARACTERS:
            self._share_out(character)

    def commands(self) -> Iterator[bytes]:
        """Opens every account and gives it what is its own."""
        purses = self.makers + self.takers
        for purse in purses:
            owner = blake2b(f"demo trader {purse.account}".encode(), digest_size=16).digest()
            yield wire.OpenAccount(owner, AccountKind.MAIN).encode()
        for purse in purses:
            legs = list(_legs(purse))
            reference = purse.account.to_bytes(16, "big")
            yield wire.Transfer(reference, len(legs)).encode(b"".join(legs))

    def maker(self) -> Purse:
        """One of the makers."""
        return self._random.choice(self.makers)

    def some_takers(self, count: int) -> list[Purse]:
        """Some takers by chance, the large ones more often."""
        return self._random.choices(self.takers, self._weights, k=count)

    def _share_out(self, character: Character) -> None:
        lots = _lots_in_hand(character)
        for purse in self.makers:
            purse.base_lots[character.market.base] = int(lots * _MAKER_SHARE / MAKERS)
        for purse, weight in zip(self.takers, self._weights, strict=True):
            purse.base_lots[character.market.base] = int(lots * (1.0 - _MAKER_SHARE) * weight)


def _lots_in_hand(character: Character) -> int:
    """What of a token the launch has set aside for its first holders, in lots."""
    market = character.market
    for creator in CREATORS:
        if creator.market == market:
            units: int = creator.supply * 10**creator.asset.decimals * creator.holders_ppm // 10**6
            return units // market.lot_size
    return _BTC * 10**8 // market.lot_size


def _legs(purse: Purse) -> Iterator[bytes]:
    quote = genesis.asset_id(QUOTE)
    world = genesis.external_account(quote)
    yield _leg(world, purse.account, quote, purse.quote_units, TransferReason.FAUCET)
    issued = {creator.asset.symbol for creator in CREATORS}
    for character in CHARACTERS:
        base = character.market.base
        asset, units = genesis.asset_id(base), purse.base_lots[base] * character.market.lot_size
        source, reason = genesis.external_account(asset), TransferReason.FAUCET
        if base in issued:
            source, reason = genesis.holders_account(), TransferReason.LAUNCH_ALLOCATION
        yield _leg(source, purse.account, asset, units, reason)


def _leg(debit: int, credit: int, asset: int, units: int, reason: TransferReason) -> bytes:
    return wire.TransferLeg(
        debit=debit,
        credit=credit,
        asset=asset,
        reason=reason,
        condition=0,
        amount=units,
        condition_amount=0,
    ).encode()
