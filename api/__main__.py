"""`python -m api` is `xinmai`, where the script is not on the path."""

from __future__ import annotations

import sys

from api.cli import main

sys.exit(main())
