"""`./cse generate`: writes what follows from the codes, the wire layouts and the table of routes.

Sources are `codes.toml`, `crates/wire` and the edge's routes; every generated file is committed, and
`--check` fails when one of them is stale. Another language is one more entry in `rendered_files`.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from cse.cli import render_codes, render_typescript, render_wire
from cse.cli.describe_api import describe_api
from cse.cli.render_codes import Catalogue
from cse.cli.render_wire import Description

# The clone: its sources are what is read and written, also where an installed copy runs.
ROOT = Path(os.environ.get("CSE_ROOT") or Path(__file__).resolve().parents[3])


def describe_wire(root: Path) -> Description:
    """Asks the wire crate for its layouts.

    Raises:
        subprocess.CalledProcessError: the crate does not build.
    """
    command = ["cargo", "run", "--quiet", "--package", "cse-wire", "--example", "describe"]
    output = subprocess.run(command, cwd=root, check=True, stdout=subprocess.PIPE).stdout
    return render_wire.parse_description(output)


def rendered_files(catalogue: Catalogue, wire: Description) -> dict[str, str]:
    """Every file generated from codes and layouts: its path from the root, and its text."""
    return {
        "crates/wire/src/codes.rs": render_codes.rust(catalogue),
        "src/cse/domain/codes.py": render_codes.python(catalogue),
        "docs/codes.md": render_codes.markdown(catalogue),
        "src/cse/domain/enumerations.py": render_wire.enumerations(wire),
        "src/cse/domain/limits.py": render_wire.limits(wire),
        "src/cse/engine/wire.py": render_wire.python(wire),
        "clients/typescript/src/generated/codes.ts": render_typescript.codes(catalogue),
        "clients/typescript/src/generated/limits.ts": render_typescript.limits(wire),
    }


def rendered_api(root: Path) -> dict[str, str]:
    """The file generated from the table of routes: its path from the root, and its text."""
    path = "clients/typescript/src/generated/api.ts"
    return {path: render_typescript.api(describe_api(), root)}


def stale_files(root: Path, files: dict[str, str]) -> list[str]:
    """Paths whose file is missing or has another text."""
    return [
        path
        for path, text in files.items()
        if not (root / path).exists() or (root / path).read_text(encoding="utf-8") != text
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes stale files, or only names them; returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="./cse generate",
        description="Writes what follows from codes.toml, the wire layouts and the routes into the clone.",
    )
    parser.add_argument("--check", action="store_true", help="write nothing; fail when stale")
    options = parser.parse_args(arguments)

    catalogue = render_codes.read_catalogue(ROOT / "codes.toml")
    files = rendered_files(catalogue, describe_wire(ROOT)) | rendered_api(ROOT)
    stale = stale_files(ROOT, files)
    for path in stale:
        if options.check:
            print(f"{path} is stale; run ./cse generate")
        else:
            (ROOT / path).write_text(files[path], encoding="utf-8")
            print(f"wrote {path}")
    return 1 if stale and options.check else 0


if __name__ == "__main__":
    sys.exit(main())
