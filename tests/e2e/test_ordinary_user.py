"""A clone of an ordinary user, with an empty HOME, runs on its own."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

import cse
from cse.cli.bootstrap.build import Build
from cse.cli.bootstrap.places import Places
from cse.cli.bootstrap.web import Web
from tests.exchange import free_port, wait_until

ROOT = Path(__file__).parents[2]
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".cse", "target", "data", "__pycache__", ".*_cache", "*.so", "node_modules", ".next", "out"
)
SETUP_TIMEOUT_S = 240


class Clone:
    """A copy of this clone that belongs to someone who is not root."""

    def __init__(self, directory: Path) -> None:
        self.path = directory / "clone"
        self.home = directory / "home"
        self.home.mkdir()
        shutil.copytree(ROOT, self.path, ignore=LEFT_OUT)
        # Nobody but root may be able to read the toolchain here, so the build comes along; it is
        # taken for current only if it was made from these very sources.
        places = Places(self.path, self.path / ".cse", self.path / "data", shared=False)
        shutil.copytree(Path(cse.__file__).parents[2], Build.of(places).path)
        # So does the web app, where the suite has one.
        if site := os.environ.get("CSE_WEB"):
            shutil.copytree(Path(site).parent, Web.of(places).path)
        if os.geteuid() == 0:
            someone = pwd.getpwnam("nobody")
            for place in (directory, *directory.rglob("*")):
                os.chown(place, someone.pw_uid, someone.pw_gid, follow_symlinks=False)

    def options(self) -> dict[str, Any]:
        """Arguments for `subprocess`: this user, an empty HOME, nothing else of the test's own."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("CSE_", "PYTHON"))}
        environment = {**kept, "HOME": str(self.home), "PATH": "/usr/local/bin:/usr/bin:/bin"}
        environment |= {"CSE_HISTORY_DAYS": "0", "CSE_ROBOTS": "0"}
        if not os.environ.get("CSE_WEB"):
            environment["CSE_WEB"] = ""
        as_root = os.geteuid() == 0
        someone = pwd.getpwnam("nobody") if as_root else None
        identity: dict[str, Any] = {}
        if someone is not None:
            identity = {"user": someone.pw_uid, "group": someone.pw_gid, "extra_groups": []}
        return {"cwd": self.path, "env": environment, "stdin": subprocess.DEVNULL, **identity}


@pytest.fixture
def clone() -> Iterator[Clone]:
    with tempfile.TemporaryDirectory(prefix="cse-", ignore_cleanup_errors=True) as directory:
        Path(directory).chmod(0o755)
        yield Clone(Path(directory))


# It installs all packages anew.
@pytest.mark.long
def test_up_and_doctor_work_in_a_clone_of_ones_own(clone: Clone) -> None:
    port = free_port()
    up = [str(clone.path / "cse"), "up", "--port", str(port)]
    output = clone.home / "terminal"
    with output.open("wb") as terminal:
        process = subprocess.Popen(up, stdout=terminal, stderr=terminal, **clone.options())
    try:

        def ready() -> bool:
            assert process.poll() is None, output.read_text()
            return "CS Exchange is ready" in output.read_text()

        wait_until(ready, "the exchange is ready", SETUP_TIMEOUT_S)
        assert httpx.get(f"http://127.0.0.1:{port}/api/markets").status_code == 200
        assert (clone.path / "data" / "format").exists()
        if os.environ.get("CSE_WEB"):
            assert "<html" in httpx.get(f"http://127.0.0.1:{port}/en").text
        doctor = subprocess.run(
            [clone.path / "cse", "doctor"], capture_output=True, text=True, check=False, **clone.options()
        )
        assert f"The exchange runs at http://127.0.0.1:{port}" in doctor.stdout, doctor.stdout
        assert "ok   leader: ready, 0 restarts" in doctor.stdout
    finally:
        process.terminate()
        process.wait(60)
    assert process.returncode == 0, output.read_text()
