"""What was taken of each bucket, in Valkey."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Final

from valkey.asyncio import Valkey
from valkey.exceptions import ValkeyError

from cse.runtime.shared_rates import StoreAway, Taken

WITHIN_S: Final = 0.5
_KEY: Final = "cse:rate:"
# So many buckets are dealt with at once, lest it does nothing else for long.
_AT_ONCE_MAX: Final = 500
# A key holds when its bucket is full, in microseconds, and goes when that comes. What the process was told
# before counts where the server has lost it.
_TELL: Final = """
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local missing = {}
for i, key in ipairs(KEYS) do
  local most, before, taken = tonumber(ARGV[3 * i - 2]), tonumber(ARGV[3 * i - 1]), tonumber(ARGV[3 * i])
  local full_at = math.max(tonumber(redis.call('GET', key) or 0), now + before)
  full_at = math.min(full_at + taken, now + most)
  missing[i] = full_at - now
  if missing[i] > 0 then
    redis.call('SET', key, string.format('%.0f', full_at), 'PX', math.ceil(missing[i] / 1000))
  end
end
return missing
"""


class ValkeyRates:
    """The rates' store over a connection to Valkey, which is made again when it breaks."""

    def __init__(self, url: str) -> None:
        self._valkey = Valkey.from_url(
            url, socket_timeout=WITHIN_S, socket_connect_timeout=WITHIN_S, max_connections=2
        )
        self._script = self._valkey.register_script(_TELL)

    async def close(self) -> None:
        """Lets the connection go."""
        await self._valkey.aclose()

    async def tell(self, taken: Sequence[Taken]) -> list[int]:
        """Adds what was taken; what is now missing of each bucket, in microseconds. Raises `StoreAway`."""
        missing: list[int] = []
        try:
            async with asyncio.timeout(WITHIN_S):
                if not taken:
                    await self._valkey.ping()
                for some in _parts(taken):
                    keys = [_KEY + one.key for one in some]
                    amounts = [amount for one in some for amount in one[1:]]
                    missing += await self._script(keys, amounts)
        except (ValkeyError, OSError, TimeoutError) as error:
            raise StoreAway(f"{type(error).__name__}: {error}") from error
        if len(missing) != len(taken):
            raise StoreAway(f"it has answered for {len(missing)} buckets of {len(taken)}")
        return missing


def _parts(taken: Sequence[Taken]) -> list[Sequence[Taken]]:
    return [taken[begin : begin + _AT_ONCE_MAX] for begin in range(0, len(taken), _AT_ONCE_MAX)]
