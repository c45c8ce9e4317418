"""How often Python looks for cycles of garbage in a service that runs for long."""

from __future__ import annotations

import gc
from typing import Final

# What a request makes is freed by its count of references; few things ever form a cycle. The longer
# between two looks the better, as long as what they free stays small beside the process.
NEW_OBJECTS: Final = 50_000
YOUNG_LOOKS: Final = 20
MIDDLE_LOOKS: Final = 50


def settle_memory() -> None:
    """Takes all that is there for lasting, and looks at newer objects now and then only.

    To be called once a service has started: its modules and tables are hundreds of thousands of
    objects, and a look at them all holds every answer up by tens of milliseconds.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, YOUNG_LOOKS, MIDDLE_LOOKS)
