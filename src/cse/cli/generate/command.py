"""`./cse generate`: writes what follows from codes, wire layouts, routes, streams and indicators.

Sources are `codes.toml`, `crates/wire`, the rooms' routes, the messages of the streams and the table of
indicators; every generated file is committed, and `--check` fails when one of them is stale. Another
language is one more entry in `rendered_files` or `rendered_api`.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from cse.cli.generate import (
    codes,
    python_client_codes,
    python_client_models,
    typescript_client,
    web_indicators,
    wire,
)
from cse.cli.generate.codes import Catalogue
from cse.cli.generate.wire import Description

# The clone: its sources are what is read and written, also where an installed copy runs.
ROOT = Path(os.environ.get("CSE_ROOT") or Path(__file__).resolve().parents[4])
API_TYPES = "clients/typescript/src/generated/api.ts"


def describe_wire(root: Path) -> Description:
    """Asks the wire crate for its layouts.

    Raises:
        subprocess.CalledProcessError: the crate does not build.
    """
    command = ["cargo", "run", "--quiet", "--package", "cse-wire", "--example", "describe"]
    output = subprocess.run(command, cwd=root, check=True, stdout=subprocess.PIPE).stdout
    return wire.parse_description(output)


def describe_api(root: Path) -> str:
    """Asks the sources, as they are on the disk now, for their OpenAPI document.

    Raises:
        subprocess.CalledProcessError: they cannot be imported.
    """
    return _asked(root, "cse.cli.generate.describe_api")


def describe_streams(root: Path) -> str:
    """Asks the sources, as they are on the disk now, for their AsyncAPI document.

    Raises:
        subprocess.CalledProcessError: they cannot be imported.
    """
    return _asked(root, "cse.cli.generate.describe_streams")


def describe_indicators(root: Path) -> str:
    """Asks the sources, as they are on the disk now, for the list of indicators, in JSON.

    Raises:
        subprocess.CalledProcessError: they cannot be imported.
    """
    return _asked(root, "cse.cli.generate.describe_indicators")


def _asked(root: Path, module: str) -> str:
    command = [sys.executable, "-P", "-m", module]
    environment = {**os.environ, "PYTHONPATH": str(root / "src"), "CSE_ROOT": str(root)}
    done = subprocess.run(command, cwd=root, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


def rendered_files(catalogue: Catalogue, layouts: Description) -> dict[str, str]:
    """Every file generated from codes and layouts: its path from the root, and its text."""
    return {
        "crates/wire/src/codes.rs": codes.rust(catalogue),
        "src/cse/domain/codes.py": codes.python(catalogue),
        "docs/codes.md": codes.markdown(catalogue),
        "src/cse/domain/enumerations.py": wire.enumerations(layouts),
        "src/cse/domain/limits.py": wire.limits(layouts),
        "src/cse/engine/wire.py": wire.python(layouts),
        "clients/python/cse_client/codes.py": python_client_codes.python(catalogue),
        "clients/typescript/src/generated/codes.ts": typescript_client.codes(catalogue),
        "clients/typescript/src/generated/limits.ts": typescript_client.limits(layouts),
    }


def rendered_api(api: str) -> dict[str, str]:
    """The API's document, and the clients' types that follow from it.

    Without the npm workspace, which the quick suites do not set up, TypeScript's are left out.
    """
    document = json.loads(api)
    files = {
        "clients/openapi.json": api,
        "clients/python/cse_client/models.py": python_client_models.python(document),
    }
    program = typescript_client.program(ROOT)
    if program is None:
        print(f"{API_TYPES} is left as it is: the npm workspace is not installed")
    else:
        files[API_TYPES] = typescript_client.api(document, program)
    return files


def rendered_streams(described: str) -> dict[str, str]:
    """The document of the sockets."""
    return {"clients/asyncapi.json": described}


def rendered_indicators(listed: str) -> dict[str, str]:
    """The web app's list of indicators."""
    return {web_indicators.PATH: web_indicators.typescript(json.loads(listed))}


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

    catalogue = codes.read_catalogue(ROOT / "codes.toml")
    stale = _settle(rendered_files(catalogue, describe_wire(ROOT)), check=options.check)
    # The document names codes, so it is asked for once the codes are written.
    stale += _settle(rendered_api(describe_api(ROOT)), check=options.check)
    stale += _settle(rendered_streams(describe_streams(ROOT)), check=options.check)
    stale += _settle(rendered_indicators(describe_indicators(ROOT)), check=options.check)
    return 1 if stale and options.check else 0


def _settle(files: dict[str, str], *, check: bool) -> list[str]:
    """Writes what is stale, or only names it."""
    stale = stale_files(ROOT, files)
    for path in stale:
        if check:
            print(f"{path} is stale; run ./cse generate")
        else:
            (ROOT / path).write_text(files[path], encoding="utf-8")
            print(f"wrote {path}")
    return stale
