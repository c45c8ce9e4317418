"""Groups and events read as lean as can be, by those who go through all of them.

A follower of the event log looks for a few kinds of event among very many. These are the layouts of
`cse.engine.wire` without its checks (the event log has been checked by its chain); a test holds the two
against each other.
"""

from __future__ import annotations

from struct import Struct
from typing import Final

from cse.engine import wire

GROUP: Final = Struct("<4xIQqQ")
"""length, sequence, time_us, chain"""
GROUP_WIDTH: Final = wire.Group.WIDTH

HEAD: Final = Struct("<HxxI")
"""kind, length"""

DEPTH_CHANGED: Final = Struct("<8xIB3xQQQ")
"""market, side, book_sequence, price, quantity"""

TRADED: Final = Struct("<8xQI4xQQQQ")
"""trade_id, market, price, quantity, notional (low, high)"""

BALANCE_ACCOUNT: Final = Struct("<8xI")
"""account"""

ORDER_ACCOUNT: Final = Struct("<16xI")
"""account; of orders accepted, amended and closed"""
