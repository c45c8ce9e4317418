"""Prints the list of indicators, as `GET /api/indicators` has it, of the sources as they are on the disk."""

from __future__ import annotations

import sys

import msgspec

from cse.marketdata.indicators.api import indicator_view
from cse.marketdata.indicators.table import INDICATORS

if __name__ == "__main__":
    views = [indicator_view(indicator) for indicator in INDICATORS.values()]
    sys.stdout.buffer.write(msgspec.json.encode(views))
