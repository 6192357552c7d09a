"""`python -m ejps_core` is `ejps`."""

import sys

from ejps_core.cli import main

if __name__ == "__main__":
    sys.exit(main())
