"""Renders the covers once, for their filters are slow: `python -m cse.cli.generate.covers web/public/art`.

A headless Chromium draws each picture on a canvas and gives it back as WebP.
"""

from __future__ import annotations

import base64
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import cse.demo
from cse.cli.bootstrap.chromium import find_chromium
from cse.domain.demo import CREATORS

COVER_PX: Final = 640
TILE_PX: Final = 96
_TIMEOUT_S: Final = 120.0
_ART: Final = Path(cse.demo.__file__).parent / "art"
_PAGE: Final = """<!doctype html><body><script>
const picture = new Image();
picture.onload = () => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = %(px)d;
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, 0, 0, %(px)d, %(px)d);
  document.body.textContent = canvas.toDataURL("image/webp", %(quality)s);
};
picture.src = "data:image/svg+xml;base64,%(svg)s";
</script></body>"""


def render(svg: bytes, px: int, quality: float = 0.86) -> bytes:
    """A square picture of so many pixels as WebP.

    Raises:
        RuntimeError: there is no browser, or it gave no picture.
    """
    browser = find_chromium()
    if browser is None:
        raise RuntimeError("no Chromium is on the path, and CSE_CHROMIUM names none")
    page = _PAGE % {"px": px, "quality": quality, "svg": base64.b64encode(svg).decode()}
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "page.html"
        path.write_text(page)
        command = [
            str(browser), "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=60000",
            f"--user-data-dir={directory}/profile", "--dump-dom", path.as_uri(),
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, timeout=_TIMEOUT_S, check=True)
    found = re.search(r"data:image/webp;base64,([A-Za-z0-9+/=]+)", done.stdout)
    if found is None:
        raise RuntimeError("the browser gave no picture")
    return base64.b64decode(found[1])


def main(arguments: Sequence[str]) -> int:
    """Renders all covers into a folder, as `<handle>.webp` and `<handle>-96.webp`."""
    folder = Path(arguments[0])
    for creator in CREATORS:
        svg = (_ART / f"{creator.art}.svg").read_bytes()
        for px, name in ((COVER_PX, creator.art), (TILE_PX, f"{creator.art}-{TILE_PX}")):
            (folder / f"{name}.webp").write_bytes(render(svg, px))
            print(f"{name}.webp")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
