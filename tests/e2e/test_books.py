"""`cse verify` beside a running exchange, on one whose rows were made anew, and on a stopped one."""

from __future__ import annotations

import re
from collections.abc import Callable

from cse.runtime.postgres_server import PostgresServer
from tests.e2e.person import Person
from tests.exchange import RunningExchange, wait_until

MARKET = "LAB-USDC"


def trade(exchange: RunningExchange) -> None:
    """Two persons, a few trades, some orders that stay open."""
    with Person(exchange.url) as seller, Person(exchange.url) as buyer:
        seller.take("LAB", "1000")
        buyer.take("USDC", "1000")
        for number in range(10):
            seller.place(MARKET, "sell", f"0.{50 + number}", "10")
        buyer.place(MARKET, "buy", "0.55", "45")
        seller.cancel(seller.place(MARKET, "sell", "0.99", "10")["order"]["id"])


def test_the_books_are_proved_running_made_anew_and_stopped(
    start_exchange: Callable[..., RunningExchange],
) -> None:
    exchange = start_exchange()
    trade(exchange)
    running = exchange.run("verify")
    assert running.returncode == 0, running.stdout + running.stderr
    assert "All agrees." in running.stdout
    assert re.search(r"trades +5 +0", running.stdout), running.stdout

    rebuilt = exchange.run("admin", "rebuild-projection")
    assert rebuilt.returncode == 0, rebuilt.stderr
    assert "made anew" in rebuilt.stdout
    trade(exchange)
    wait_until(lambda: exchange.is_ready, "all is ready again")
    assert exchange.restarts["ledger"] == 1
    again = exchange.run("verify")
    assert again.returncode == 0, again.stdout + again.stderr
    assert re.search(r"trades +10 +0", again.stdout), again.stdout

    exchange.stop()
    stopped = exchange.run("verify")
    assert stopped.returncode == 0, stopped.stdout + stopped.stderr
    log = exchange.run("verify", "--audit")
    assert log.returncode == 0, log.stdout + log.stderr
    assert re.search(r"events +\d+ +0", log.stdout), log.stdout
    server = PostgresServer.of(exchange.data)
    assert not (server.cluster / "postmaster.pid").exists()

    journal = exchange.data / "journal" / f"{1:020}.journal"
    content = bytearray(journal.read_bytes())
    content[700] ^= 1
    journal.write_bytes(content)
    damaged = exchange.run("verify")
    assert damaged.returncode == 1
    assert f"{journal.name} at offset" in damaged.stdout
