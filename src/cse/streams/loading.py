"""What a process reads before it can tell anything: the books, the newest trades, the figures."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, NamedTuple

from cse.domain.assets import Asset
from cse.engine.client import ReplicaClient
from cse.engine.queries import LIMIT_MAX
from cse.ledger.service import Ledger
from cse.marketdata.candle_reads import CandleReads
from cse.marketdata.listing import Listing
from cse.marketdata.live import load_live
from cse.streams.book_changes import BookChanges, changes_before
from cse.streams.channels.envelope import Stamp
from cse.streams.channels.trades import TRADES_KEPT
from cse.streams.follower import Feed
from cse.streams.market import MarketStart

# So many commands back the changes of books are read, for those who come from another process.
COMMANDS_BACK: Final = 10_000
# From so near on the log is read from where the candles are, and nobody waits for them.
CANDLES_BEHIND_MAX: Final = 20_000
# So long they may stand still before that is done however far it is.
CANDLES_STILL_S: Final = 5.0
_LOOK_S: Final = 0.2


class Start(NamedTuple):
    """The state to begin with; events behind `stamp` follow, some of which may be in it already."""

    stamp: Stamp
    assets: list[Asset]
    markets: list[MarketStart]


async def load_start(
    replica: ReplicaClient, feed: Feed, candles: CandleReads, ledger: Ledger, now_us: int
) -> Start:
    """Reads all books, the newest trades, and the figures of all markets.

    Raises:
        EngineError: the replica is away, or the ledger is behind.
        psycopg.Error, PoolTimeout: PostgreSQL is away.
    """
    await candles_come_near(candles.position, (await replica.position()).sequence)
    live = await load_live(candles, ledger, now_us)
    reached = await replica.position()
    stamp = Stamp(reached.epoch, reached.sequence, reached.time_us)
    listing = Listing(replica)
    read_at = await listing.read(stamp.sequence)
    readings = []
    for market in listing.markets.values():
        depth = (await replica.depth(market.id, LIMIT_MAX, min_sequence=stamp.sequence)).value
        recent = (await replica.trades(market.id, TRADES_KEPT, min_sequence=stamp.sequence)).value
        assert depth is not None, "a listed market has a book"
        readings.append((market, depth, recent))
    earlier = changes_before(feed, max(stamp.sequence - COMMANDS_BACK, 0))
    markets = [
        MarketStart(
            market,
            depth,
            recent,
            earlier.get(market.id, BookChanges()).up_to(depth.book_sequence),
            live.market(market.id),
            read_at,
        )
        for market, depth, recent in readings
    ]
    # The figures may be of an earlier sequence than the books: events are read from there on.
    stamp = stamp._replace(sequence=min(stamp.sequence, live.sequence))
    return Start(stamp, list(listing.assets.values()), markets)


async def candles_come_near(position: Callable[[], Awaitable[int]], sequence: int) -> None:
    """Returns once the candles' `position` is near a sequence, or comes no nearer.

    Who makes them reads the log many times as fast as it is told here; but where nobody makes them, all
    that is behind their position is worked out here, so that streams do not depend on them.
    """
    loop = asyncio.get_running_loop()
    reached, moved_at_s = await position(), loop.time()
    while sequence - reached > CANDLES_BEHIND_MAX and loop.time() - moved_at_s < CANDLES_STILL_S:
        await asyncio.sleep(_LOOK_S)
        now = await position()
        if now != reached:
            reached, moved_at_s = now, loop.time()
