"""What a replay needs of the exchange's operator: a market, and money for its two persons."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from cse.domain import codes


class NotDone(Exception):
    """The operator's command failed; the message is what it said."""


def list_market(market: str, data: Path | None) -> None:
    """Lists a market with the flow's units, without fees and without a cap on open orders."""
    units = ["--tick", "0.01", "--lot", "0.0001", "--min-notional", "1.00"]
    limits = ["--maker-fee-ppm", "0", "--taker-fee-ppm", "0", "--max-open-orders", "0"]
    try:
        _admin(["market", "create", market, *units, *limits], data)
    except NotDone as error:
        raise NotDone(f"{market} could not be added: {error}{_what_helps(str(error), market)}") from error


def credit(email: str, asset: str, amount: str, data: Path | None) -> None:
    """Gives a person play money, beyond what the faucet would."""
    _admin(["credit", email, asset, amount], data)


def _admin(arguments: list[str], data: Path | None) -> None:
    where = ["--data", str(data)] if data else []
    done = subprocess.run([*_exchange(), "admin", *arguments, *where], capture_output=True, text=True)
    if done.returncode:
        said = (done.stderr or done.stdout).strip().removeprefix("cse admin: ").removeprefix("refused: ")
        raise NotDone(said or f"admin {arguments[0]} failed")


def _what_helps(said: str, market: str) -> str:
    if said.startswith(codes.SYMBOL_TAKEN.name):
        return "\n  What helps: leave --create away, or name another market"
    if said.startswith(codes.ASSET_UNKNOWN.name):
        missing = market.replace("-", " or ")
        return f"\n  What helps: ./cse admin asset create SYMBOL --decimals N, where {missing} is missing"
    return ""


def _exchange() -> list[str]:
    """As root, the clone's script: it becomes the user whose data directory it is."""
    root = os.environ.get("CSE_ROOT")
    if root and os.geteuid() == 0:
        return [str(Path(root) / "cse")]
    return [sys.executable, "-P", "-m", "cse"]
