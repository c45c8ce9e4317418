"""Many people who sign in at the same moment, each from an address of their own, in one process."""

from __future__ import annotations

import asyncio
import multiprocessing
import secrets
import time
from http import HTTPStatus
from multiprocessing.connection import Connection
from typing import Any, NamedTuple

import aiohttp

_TIMEOUT_S = 300.0
_PER_NETWORK = 250


class SignedIn(NamedTuple):
    """What it came to: until the last was in, in seconds, and how often one was told to come again."""

    elapsed_s: float
    told_to_wait: int


class Guests:
    """People with accounts at one edge, in a process of their own."""

    def __init__(self, url: str, count: int) -> None:
        """Signs them all up, which takes a while."""
        here, there = multiprocessing.Pipe()
        self._pipe = here
        self._process = multiprocessing.get_context("fork").Process(
            target=_live, args=(there, url, count), daemon=True
        )
        self._process.start()
        there.close()
        self._pipe.recv()

    def begin(self) -> None:
        """Has all of them sign in at once."""
        self._pipe.send(None)

    def is_done(self) -> bool:
        """Whether the last of them is in."""
        return self._pipe.poll()

    def outcome(self) -> SignedIn:
        """What it came to, once they are all in."""
        return SignedIn(*self._pipe.recv())

    def close(self) -> None:
        """They are gone."""
        self._process.kill()


def _live(pipe: Connection, url: str, count: int) -> None:
    asyncio.run(_serve(pipe, url, count))


async def _serve(pipe: Connection, url: str, count: int) -> None:
    persons = [_Guest(url, number) for number in range(count)]
    for person in persons:
        await person.ask("sign-up", display_name="Bench")
    pipe.send("signed up")
    while True:
        await asyncio.to_thread(pipe.recv)
        started = time.perf_counter()
        waited = await asyncio.gather(*(person.ask("sign-in") for person in persons))
        pipe.send((time.perf_counter() - started, sum(waited)))


class _Guest:
    def __init__(self, url: str, number: int) -> None:
        self._url = url
        self._address = f"127.0.{1 + number // _PER_NETWORK}.{1 + number % _PER_NETWORK}"
        self._who = {"email": f"{secrets.token_hex(8)}@example.com", "password": secrets.token_urlsafe(24)}

    async def ask(self, what: str, **more: Any) -> int:
        """Goes on until it is done; how often this person was told to come again."""
        waited = 0
        connector = aiohttp.TCPConnector(local_addr=(self._address, 0))
        timeout = aiohttp.ClientTimeout(total=_TIMEOUT_S)
        async with aiohttp.ClientSession(connector=connector, timeout=timeout) as http:
            while True:
                async with http.post(f"{self._url}/api/auth/{what}", json=self._who | more) as answer:
                    if answer.ok:
                        return waited
                    if answer.status != HTTPStatus.SERVICE_UNAVAILABLE:
                        raise ValueError(f"{what}: {await answer.text()}")
                    again_s = int(answer.headers["Retry-After"])
                waited += 1
                await asyncio.sleep(again_s)
