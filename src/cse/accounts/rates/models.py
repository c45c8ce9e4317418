"""A rate as a tier has it."""

from __future__ import annotations

from typing import NamedTuple

from cse.domain.rates import Rate


class OwnRate(NamedTuple):
    """A rate that a tier has of its own; tier 0 stands for all that have none."""

    tier: int
    rate: Rate
