"""Assets, accounts and markets (section 3)."""

import re
import struct

from cse.domain import codes
from cse.domain.limits import (
    DECIMALS_MAX,
    LOT_SIZE_LIMIT,
    PPM,
    QUANTITY_LIMIT,
    SUPPLY_LIMIT,
    TICK_DECIMALS_MAX,
    TICK_LOT_UNITS_LIMIT,
)
from cse.engine.wire import (
    AccountFrozen,
    AccountKind,
    AccountOpened,
    AccountTierChanged,
    AccountUnfrozen,
    AssetCreated,
    CreateMarket,
    FreezeAccount,
    MarketCreated,
    MarketSelfTradeChanged,
    MarketStatus,
    OpenAccount,
    SetMarketSelfTrade,
    UnfreezeAccount,
)
from tests.reference.rates import check_creator, rates_are_valid
from tests.reference.state import Account, Asset, Band, Market, Rates, State
from tests.reference.turn import Refused, Turn

SYMBOL = re.compile(rb"[A-Z0-9]{2,10}")
TICK_SIZE_LIMIT = 1 << 50
NOBODY = bytes(16)
ONE_AN_OWNER = (AccountKind.MAIN, AccountKind.EXTERNAL)


def create_asset(turn: Turn, command: bytes) -> None:
    state = turn.state
    text, decimals = command[8:24].rstrip(b"\0"), command[24]
    if not SYMBOL.fullmatch(text):
        raise Refused(codes.INVALID_SYMBOL)
    if decimals > DECIMALS_MAX:
        raise Refused(codes.INVALID_DECIMALS)
    symbol = text.decode("ascii")
    if any(asset.symbol == symbol for asset in state.assets.values()):
        raise Refused(codes.SYMBOL_TAKEN)
    asset = Asset(len(state.assets) + 1, symbol, decimals)
    state.assets[asset.id] = asset
    turn.events.append(AssetCreated(asset.id, decimals, symbol).encode())


def open_account(turn: Turn, command: bytes) -> None:
    state = turn.state
    asked = OpenAccount.decode(command)
    if asked.kind not in list(AccountKind):
        raise Refused(codes.INVALID_ACCOUNT)
    if asked.kind == AccountKind.EXTERNAL:
        asset, _network, rest = struct.unpack("<II8s", asked.owner)
        if rest != bytes(8):
            raise Refused(codes.INVALID_ACCOUNT)
        if asset not in state.assets:
            raise Refused(codes.ASSET_UNKNOWN, reference=asset)
    elif (asked.owner == NOBODY) != (asked.kind == AccountKind.SYSTEM):
        raise Refused(codes.INVALID_ACCOUNT)
    if asked.kind in ONE_AN_OWNER and any(
        account.kind == asked.kind and account.owner == asked.owner for account in state.accounts.values()
    ):
        raise Refused(codes.INVALID_ACCOUNT)
    account = Account(len(state.accounts) + 1, asked.kind, asked.owner)
    state.accounts[account.id] = account
    turn.events.append(AccountOpened(account.id, asked.kind, asked.owner).encode())
    if asked.kind == AccountKind.SUB:
        take_tier_of_main(turn, account)


def take_tier_of_main(turn: Turn, account: Account) -> None:
    for other in turn.state.accounts.values():
        if (other.kind, other.owner) == (AccountKind.MAIN, account.owner) and other.tier != 0:
            account.tier = other.tier
            turn.events.append(AccountTierChanged(account.id, account.tier).encode())


def freeze_account(turn: Turn, command: bytes) -> None:
    account = FreezeAccount.decode(command).account
    if account not in turn.state.accounts:
        raise Refused(codes.ACCOUNT_UNKNOWN, account=account)
    turn.state.accounts[account].frozen = True
    turn.events.append(AccountFrozen(account).encode())


def unfreeze_account(turn: Turn, command: bytes) -> None:
    account = UnfreezeAccount.decode(command).account
    if account not in turn.state.accounts:
        raise Refused(codes.ACCOUNT_UNKNOWN, account=account)
    turn.state.accounts[account].frozen = False
    turn.events.append(AccountUnfrozen(account).encode())


def create_market(turn: Turn, command: bytes) -> None:
    state = turn.state
    asked = CreateMarket.decode(command)
    joined_name = joined_name_of(state, asked)
    check_terms(asked)
    fee_account = state.accounts.get(asked.fee_account)
    if fee_account is None or fee_account.kind != AccountKind.SYSTEM:
        raise Refused(codes.ACCOUNT_UNKNOWN)
    check_creator(state, asked.creator_account, asked.creator_share_ppm)
    market = Market(
        id=len(state.markets) + 1,
        base=asked.base,
        quote=asked.quote,
        tick_size=asked.tick_size,
        tick_decimals=asked.tick_decimals,
        lot_size=asked.lot_size,
        tick_lot_units=tick_lot_units(state, asked),
        min_notional=asked.min_notional,
        max_quantity=asked.max_quantity,
        tiers={0: Rates(asked.maker_fee_ppm, asked.taker_fee_ppm)},
        creator_share_ppm=asked.creator_share_ppm,
        creator_account=asked.creator_account,
        fee_account=asked.fee_account,
        max_open_orders=asked.max_open_orders,
        status=asked.status or MarketStatus.OPEN,
        joined_name=joined_name,
        band=Band(price_band_ppm=asked.price_band_ppm),
    )
    state.markets[market.id] = market
    turn.events.append(market_created(market).encode())


def joined_name_of(state: State, asked: CreateMarket) -> str:
    """The name of the pair without its dash, which no other has (steps 1 and 2)."""
    if asked.base not in state.assets or asked.quote not in state.assets:
        raise Refused(codes.ASSET_UNKNOWN)
    if asked.base == asked.quote:
        raise Refused(codes.INVALID_MARKET)
    joined_name = state.assets[asked.base].symbol + state.assets[asked.quote].symbol
    if any(market.joined_name == joined_name for market in state.markets.values()):
        raise Refused(codes.SYMBOL_TAKEN)
    return joined_name


def check_terms(asked: CreateMarket) -> None:
    """Step 3."""
    if not (
        1 <= asked.tick_size < TICK_SIZE_LIMIT
        and asked.tick_decimals <= TICK_DECIMALS_MAX
        and 1 <= asked.lot_size < LOT_SIZE_LIMIT
        and asked.min_notional < SUPPLY_LIMIT
        and 1 <= asked.max_quantity < QUANTITY_LIMIT
        and rates_are_valid(Rates(asked.maker_fee_ppm, asked.taker_fee_ppm))
        and asked.creator_share_ppm <= PPM
        and asked.price_band_ppm < PPM
        and asked.status in (0, MarketStatus.OPEN, MarketStatus.CREATED)
    ):
        raise Refused(codes.INVALID_MARKET)


def tick_lot_units(state: State, asked: CreateMarket) -> int:
    """Quote units of one lot at one tick, which must be a whole number (step 5)."""
    base, quote = state.assets[asked.base], state.assets[asked.quote]
    product: int = asked.tick_size * asked.lot_size * 10**quote.decimals
    divisor: int = 10 ** (asked.tick_decimals + base.decimals)
    units, rest = divmod(product, divisor)
    if rest or not 1 <= units < TICK_LOT_UNITS_LIMIT:
        raise Refused(codes.NOTIONAL_NOT_EXACT)
    return units


def market_created(market: Market) -> MarketCreated:
    return MarketCreated(
        market=market.id,
        base=market.base,
        quote=market.quote,
        tick_decimals=market.tick_decimals,
        status=market.status,
        tick_size=market.tick_size,
        lot_size=market.lot_size,
        tick_lot_units=market.tick_lot_units,
        min_notional=market.min_notional,
        max_quantity=market.max_quantity,
        maker_fee_ppm=market.tiers[0].maker_ppm,
        taker_fee_ppm=market.tiers[0].taker_ppm,
        creator_share_ppm=market.creator_share_ppm,
        creator_account=market.creator_account,
        fee_account=market.fee_account,
        max_open_orders=market.max_open_orders,
        price_band_ppm=market.band.price_band_ppm,
    )


def set_market_self_trade(turn: Turn, command: bytes) -> None:
    asked = SetMarketSelfTrade.decode(command)
    market = turn.state.markets.get(asked.market)
    if market is None:
        raise Refused(codes.MARKET_UNKNOWN, reference=asked.market)
    if asked.allowed not in (0, 1):
        raise Refused(codes.INVALID_MARKET, reference=asked.market)
    market.self_trade_allowed = bool(asked.allowed)
    turn.events.append(MarketSelfTradeChanged(*asked).encode())
