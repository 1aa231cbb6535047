"""`spark-submit SETTINGS scripts/propagate_on_spark.py --input DIR --output DIR`: what `python -m queries.spark` does.

The driver needs this package installed (PYTHONPATH will do); executors need nothing but Spark itself.
"""

import sys

from queries.spark import main

sys.exit(main())
