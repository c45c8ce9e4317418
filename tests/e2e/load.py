"""A program that trades and writes down what it is told.

Run as `python -m tests.e2e.load URL TOKEN LOG`: every line of the log is written before the next
request is sent. `sent ID` comes before an order goes out for the first time, `told ID ORDER` after it
was acknowledged. An order whose outcome is not known is sent again under the same id until it is.
Ends on SIGTERM, between two orders, and fails if the outcome of the last is still not known after a
minute.
"""

from __future__ import annotations

import http.client
import json
import signal
import sys
import time
import urllib.parse
from pathlib import Path
from typing import TextIO

# Between an answer and the next order: about half of the time one is under way.
REST_S = 0.003
PAUSE_S = 0.02
SETTLED_WITHIN_S = 60.0


class Load:
    """One person who bids little, at a hundred prices, so that the money lasts."""

    def __init__(self, url: str, token: str, log: TextIO) -> None:
        self._host = urllib.parse.urlsplit(url).netloc
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self._log = log
        self._connection: http.client.HTTPConnection | None = None
        self.stop_at_s = float("inf")

    def run(self) -> None:
        number = 0
        while self.stop_at_s == float("inf"):
            number += 1
            self._place(f"load-{number}", f"0.01{number % 100:02}")
            time.sleep(REST_S)

    def _place(self, client_order_id: str, price: str) -> None:
        order = {
            "market": "LAB-USDC",
            "side": "buy",
            "type": "limit",
            "price": price,
            "quantity": "100",
            "client_order_id": client_order_id,
        }
        self._write(f"sent {client_order_id}")
        while True:
            status, body = self._post(json.dumps(order))
            if status in (200, 201):
                self._write(f"told {client_order_id} {body['order']['id']}")
                return
            if status < 500 and status != 429:
                self._write(f"refused {client_order_id} {status} {body}")
                raise SystemExit(1)
            if time.monotonic() > self.stop_at_s + SETTLED_WITHIN_S:
                self._write(f"unsettled {client_order_id} {status}")
                raise SystemExit(1)
            time.sleep(PAUSE_S)

    def stop(self) -> None:
        """No order begins any more; one that has begun is still settled."""
        self.stop_at_s = time.monotonic()

    def _post(self, body: str) -> tuple[int, dict[str, dict[str, str]]]:
        """Status and body; 599 where the connection broke, so that nothing is known."""
        try:
            if self._connection is None:
                self._connection = http.client.HTTPConnection(self._host, timeout=30)
            self._connection.request("POST", "/api/orders", body, self._headers)
            answer = self._connection.getresponse()
            return answer.status, json.loads(answer.read())
        except (OSError, http.client.HTTPException, ValueError):
            self._connection = None
            return 599, {}

    def _write(self, line: str) -> None:
        self._log.write(line + "\n")
        self._log.flush()


def main() -> None:
    url, token, log = sys.argv[1:]
    with Path(log).open("a") as file:
        load = Load(url, token, file)
        signal.signal(signal.SIGTERM, lambda *_: load.stop())
        load.run()


if __name__ == "__main__":
    main()
