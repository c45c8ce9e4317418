"""The reference, and what holds it against the core, as machine code: the same files through mypyc.

For long searches only. What is built stands in a directory outside the tree that comes before it on the
path; whatever is not built there is read from the tree as ever. It needs setuptools and a C compiler.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.property import comparison
from tests.reference import exchange

ROOT = Path(__file__).parents[2]
ROOMS = ("tests.reference.", "tests.property.")
SETUP = """
from setuptools import setup
from mypyc.build import mypycify
modules = mypycify(["--config-file=mypy.ini", *{files}], opt_level="2")
setup(name="compiled", version="0", packages=[], ext_modules=modules, script_args=["-q", "build_ext", "-i"])
"""
MYPY = """
[mypy]
mypy_path = {path}
explicit_package_bases = true
namespace_packages = true
"""


def is_compiled() -> bool:
    """Whether the reference and the comparison of this process are machine code."""
    return not any(str(module.__file__).endswith(".py") for module in (exchange, comparison))


def run_compiled(module: str, arguments: list[str]) -> int:
    """Builds, and runs a module in another process; returns how that ended.

    Raises:
        CalledProcessError: it does not build.
    """
    with TemporaryDirectory(prefix="cse-compiled-") as place:
        path = [each or str(Path.cwd()) for each in sys.path]
        subprocess.run(command_of("tests.property.compiled", place), env=with_path(path), check=True)
        with subprocess.Popen(command_of(module, *arguments), env=with_path([place, *path])) as process:
            while True:
                try:
                    return process.wait()
                except KeyboardInterrupt:
                    # It goes to both, and the other one tells first what it has found.
                    continue


def command_of(module: str, *arguments: str) -> list[str]:
    return [sys.executable, "-P", "-m", module, *arguments]


def with_path(path: list[str]) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path)}


def build(place: Path) -> None:
    """Compiles what the comparison has imported of ours; to be run by a process that has no more."""
    files = [
        Path(str(module.__file__)).relative_to(ROOT)
        for name, module in sys.modules.items()
        if name.startswith(ROOMS)
    ]
    for file in files:
        (place / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / file, place / file)
    (place / "mypy.ini").write_text(MYPY.format(path=f"{ROOT / 'src'}:{ROOT}"))
    (place / "setup.py").write_text(SETUP.format(files=sorted(map(str, files))))
    subprocess.run([sys.executable, "setup.py"], cwd=place, check=True)
    for file in files:
        # What could not be compiled must not be read from here in silence.
        (place / file).unlink()


if __name__ == "__main__":
    build(Path(sys.argv[1]))
