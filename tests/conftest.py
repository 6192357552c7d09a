"""Settings that all tests share."""

import os
import sys
from pathlib import Path

from hypothesis import settings

# Two busy cores make any deadline a coin toss; a failure prints what repeats it.
settings.register_profile("house", deadline=None, print_blob=True)
settings.load_profile("house")

# The core and the plugins of this checkout are tested, also by the processes that tests start, whatever is installed.
ROOT = Path(__file__).parents[1]
HERE = [str(ROOT), *(str(path.parent) for path in sorted(ROOT.glob("plugins/*/pyproject.toml")))]
sys.path[:0] = [path for path in HERE if path not in sys.path[: len(HERE)]]
os.environ["PYTHONPATH"] = os.pathsep.join([*HERE, *filter(None, [os.environ.get("PYTHONPATH")])])
