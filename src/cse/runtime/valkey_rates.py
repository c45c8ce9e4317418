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
# A key holds when its bucket is full, in microseconds, and by which rate; it goes when that comes. Where the
# process goes on by another rate, what is left stays, as far as it fits (`rate.missing_by`). What the process
# was told before counts where the server has lost it.
_TELL: Final = """
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local missing = {}
for i, key in ipairs(KEYS) do
  local asked = {}
  for j = 1, 5 do asked[j] = tonumber(ARGV[5 * (i - 1) + j]) end
  local at_once, per_second, most, before, taken = unpack(asked)
  local gone = 0
  local full_at, held, fills = string.match(redis.call('GET', key) or '', '^(%d+) (%d+) (%d+)$')
  if full_at then
    gone = math.max(full_at - now, 0)
    if tonumber(held) ~= at_once or tonumber(fills) ~= per_second then
      local left = math.max(held - gone * fills / 1000000, 0)
      gone = (at_once - math.min(left, at_once)) * 1000000 / per_second
    end
  end
  gone = math.min(math.max(gone, before) + taken, most)
  missing[i] = math.floor(gone + 0.5)
  if missing[i] > 0 then
    local value = string.format('%.0f %d %d', now + gone, at_once, per_second)
    redis.call('SET', key, value, 'PX', math.ceil(missing[i] / 1000))
  elseif full_at then
    redis.call('DEL', key)
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
                    amounts = [
                        amount
                        for one in some
                        for amount in (
                            one.rate.at_once,
                            one.rate.per_second,
                            one.missing_max_us,
                            one.missing_us,
                            one.taken_us,
                        )
                    ]
                    missing += await self._script(keys, amounts)
        except (ValkeyError, OSError, TimeoutError) as error:
            raise StoreAway(f"{type(error).__name__}: {error}") from error
        if len(missing) != len(taken):
            raise StoreAway(f"it has answered for {len(missing)} buckets of {len(taken)}")
        return missing


def _parts(taken: Sequence[Taken]) -> list[Sequence[Taken]]:
    return [taken[begin : begin + _AT_ONCE_MAX] for begin in range(0, len(taken), _AT_ONCE_MAX)]
