"""What is publicly known against the packages: OSV, which has the advisories of PyPA, npm and RustSec."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final, TypeAlias

from cse.cli.dependencies.inventory import Package

SERVICE: Final = "https://api.osv.dev/v1/querybatch"
TIMEOUT_S: Final = 10.0
# What the service takes at once, and how often it is asked for more of one package.
_BATCH: Final = 1_000
_PAGES_MAX: Final = 20
_ANSWER_BYTES_MAX: Final = 8 << 20

# Sends a body and gives the answer's; `OSError` where nobody answers.
Ask: TypeAlias = Callable[[bytes], bytes]


class NotAnswered(Exception):
    """Nobody said what is known; that is no sign that nothing is."""


def known_against(packages: Sequence[Package], ask: Ask | None = None) -> dict[Package, list[str]]:
    """The advisories that concern each package, of those that have any.

    Raises:
        NotAnswered: the service cannot be reached, or says what is none of its answers.
    """
    send = ask or _post
    found: dict[Package, list[str]] = {}
    waiting: list[tuple[Package, str]] = [(package, "") for package in packages]
    for _ in range(_PAGES_MAX):
        if not waiting:
            return found
        now, waiting = waiting[:_BATCH], waiting[_BATCH:]
        for (package, _token), result in zip(now, _results(send, now), strict=True):
            ids = [str(one["id"]) for one in result.get("vulns", ())]
            if ids:
                found.setdefault(package, []).extend(ids)
            if token := result.get("next_page_token"):
                waiting.append((package, str(token)))
    raise NotAnswered("it has ever more to say")


def concerning(found: Mapping[Package, Sequence[str]], ignored: Mapping[str, date], today: date) -> list[str]:
    """A line for each advisory that is not ignored, or no longer."""
    return [
        f"{package} {package.version}: {advisory}"
        for package, advisories in found.items()
        for advisory in advisories
        if not (advisory in ignored and today < ignored[advisory])
    ]


def _results(send: Ask, asked: Sequence[tuple[Package, str]]) -> list[dict[str, list[dict[str, str]]]]:
    queries = [
        {"package": {"name": package.name, "ecosystem": package.ecosystem}, "version": package.version}
        | ({"page_token": token} if token else {})
        for package, token in asked
    ]
    try:
        answer = json.loads(send(json.dumps({"queries": queries}).encode()))
        results: list[dict[str, list[dict[str, str]]]] = answer["results"]
        if len(results) != len(queries):
            raise ValueError("its answer is not to what was asked")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotAnswered(str(error)) from error
    return results


def _post(body: bytes) -> bytes:
    request = urllib.request.Request(SERVICE, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=TIMEOUT_S) as answer:  # noqa: S310 - an address of our own
        received: bytes = answer.read(_ANSWER_BYTES_MAX)
        return received
