"""How far best bid and best ask are apart: 1 to 20 ticks, wider when the price is restless."""

from __future__ import annotations

import math
from random import Random
from typing import Final

WIDEST_TICKS: Final = 20
_DEVIATION: Final = 0.55
_UNREST_POWER: Final = 0.55


def spread_ticks(ordinary: float, unrest: float, random: Random) -> int:
    """A spread around the ordinary one, in ticks."""
    factor = math.exp(_UNREST_POWER * math.log(unrest) + random.gauss(0.0, _DEVIATION))
    return min(max(round(ordinary * factor), 1), WIDEST_TICKS)
