"""`python -m cse`."""

import sys

from cse.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
