"""The events that a stream is made of, read as lean as can be.

A process reads all events of the exchange, most of them of balances and orders that nobody listens to.
Their layouts are those of `cse.engine.wire`, without its checks (the event log has been checked by its
chain); a test holds the two against each other. What somebody listens to is decoded as a whole.
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

BALANCE_ACCOUNT: Final = Struct("<8xI")
"""account"""

ORDER_ACCOUNT: Final = Struct("<16xI")
"""account; of orders accepted and of orders closed"""
