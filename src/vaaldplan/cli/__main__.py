"""``python -m vaaldplan.cli``."""

import sys

from . import main

sys.exit(main())
