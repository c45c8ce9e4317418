"""What the papers show of the Python client, and of curl, is run as it stands there."""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cse_client import NewApiKey
from tests.exchange import RunningExchange
from tests.integration.client.conftest import SignUp, take_out_of_the_way

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("paper", ["README.md", "clients/python/README.md"])
async def test_programs_of_a_paper_run(exchange: RunningExchange, sign_up: SignUp, paper: str) -> None:
    programs = re.findall(r"^```python\n(.*?)^```", (ROOT / paper).read_text(), re.MULTILINE | re.DOTALL)
    assert programs
    for program in programs:
        assert "http://127.0.0.1:8000" in program
        done = await asyncio.to_thread(
            subprocess.run,
            [sys.executable, "-c", program.replace("http://127.0.0.1:8000", exchange.url)],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            env=os.environ,
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith(("open", "live")), done.stdout

    await take_out_of_the_way(sign_up)


@pytest.mark.parametrize(("paper", "lines_with"), [("README.md", "TOKEN=$("), ("docs/api.md", "signed() {")])
async def test_lines_of_a_paper_run(
    exchange: RunningExchange, sign_up: SignUp, paper: str, lines_with: str
) -> None:
    blocks = re.findall(r"^```sh\n(.*?)^```", (ROOT / paper).read_text(), re.MULTILINE | re.DOTALL)
    (script,) = (block for block in blocks if lines_with in block)
    person = await sign_up(USDC="1000")
    made = await person.make_key(NewApiKey(label="shell", scopes=["read", "trade"]))
    assert made.secret is not None
    done = await asyncio.to_thread(
        subprocess.run,
        ["bash", "-euo", "pipefail", "-c", script.replace("http://127.0.0.1:8000", exchange.url)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "API": exchange.url, "KEY": made.key.id, "SECRET": made.secret},
    )
    assert done.returncode == 0, done.stderr
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) >= 2
    assert [answer for answer in answers if "code" in answer] == []

    await take_out_of_the_way(sign_up)
