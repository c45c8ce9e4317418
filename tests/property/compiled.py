"""The reference, and what holds it against the core, as machine code: the same files through mypyc.

For long searches only. What is built stands in a directory outside the tree that comes before it on the
path; whatever is not built there is read from the tree as ever.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

from tests.reference import exchange

ROOT = Path(__file__).parents[2]
ROOMS = ("tests.reference.", "tests.property.")
READ_AS_EVER = ("compiled", "recorded", "search", "seeds", "shrinking", "simpler", "tables")
"""Modules that take no time, or start others."""
SETUP = """
from setuptools import setup
from mypyc.build import mypycify
files = {files}
modules = mypycify(["--config-file=mypy.ini", *files], opt_level="2")
setup(name="compiled", version="0", packages=[], ext_modules=modules, script_args=["-q", "build_ext", "-i"])
"""
MYPY = """
[mypy]
mypy_path = {path}
explicit_package_bases = true
namespace_packages = true
"""


def is_compiled() -> bool:
    """Whether the reference of this process is machine code."""
    return not str(exchange.__file__).endswith(".py")


def run_compiled(module: str, arguments: list[str]) -> int:
    """Builds, and runs a module of ours in another process; returns how that ended."""
    with TemporaryDirectory(prefix="cse-compiled-") as place:
        build(Path(place))
        path = [place, *(each or str(Path.cwd()) for each in sys.path)]
        command = [sys.executable, "-P", "-m", module, *arguments]
        with subprocess.Popen(command, env={**os.environ, "PYTHONPATH": os.pathsep.join(path)}) as process:
            while True:
                try:
                    return process.wait()
                except KeyboardInterrupt:
                    # It goes to both, and the other one tells first what it has found.
                    continue


def build(place: Path) -> None:
    """Compiles what this process has of the reference and the comparison into a directory."""
    files = [Path(str(module.__file__)).relative_to(ROOT) for module in modules()]
    for file in files:
        (place / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / file, place / file)
    (place / "mypy.ini").write_text(MYPY.format(path=f"{ROOT / 'src'}:{ROOT}"))
    (place / "setup.py").write_text(SETUP.format(files=sorted(map(str, files))))
    subprocess.run([sys.executable, "setup.py"], cwd=place, check=True)
    for file in files:
        # What could not be compiled must not be read from here in silence.
        (place / file).unlink()


def modules() -> list[ModuleType]:
    """What this process has imported of ours, but for what is read as ever."""
    return [
        module
        for name, module in sys.modules.items()
        if name.startswith(ROOMS) and name.rpartition(".")[2] not in READ_AS_EVER
    ]
