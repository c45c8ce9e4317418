"""Where things lie on this machine."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

SYSTEM_HOME = Path("/var/lib/cs-exchange")
ENVIRONMENTS_KEPT = 6
BUILDS_KEPT = 3
WEBS_KEPT = 3


@dataclass(frozen=True)
class Places:
    """The clone, and where what is made from it lies.

    Attributes:
        root: the clone.
        home: holds environments and builds; readable by whoever runs the services.
        data: the data directory, absolute.
        shared: whether the services run as another user than the one who builds.
    """

    root: Path
    home: Path
    data: Path
    shared: bool

    @classmethod
    def of_this_machine(cls, root: Path, data: str | None = None) -> Places:
        """Decides by who runs this; `CSE_RUNTIME` and `CSE_DATA` override the defaults."""
        shared = os.geteuid() == 0
        home = SYSTEM_HOME / "runtime" if shared else root / ".cse"
        default_data = SYSTEM_HOME / "data" if shared else root / "data"
        chosen_data = data or os.environ.get("CSE_DATA") or default_data
        return cls(
            root=root,
            home=Path(os.environ.get("CSE_RUNTIME") or home).absolute(),
            data=Path(chosen_data).expanduser().absolute(),
            shared=shared,
        )

    @property
    def log(self) -> Path:
        """What the programs of the set-up printed, newest run only."""
        return self.home / "setup.log"
