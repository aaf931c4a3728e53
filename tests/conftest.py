"""How hypothesis runs: the same inputs each time in CI, many more on demand (``--hypothesis-profile=thorough``)."""

import os
import tempfile

from hypothesis import HealthCheck, settings

os.environ["CAMPAIGNCHECK_CACHE"] = tempfile.mkdtemp(prefix="campaigncheck-tests-")

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]

settings.register_profile(
    "steady",
    max_examples=20,
    derandomize=True,
    database=None,
    deadline=None,
    print_blob=False,
    suppress_health_check=SLOW,
)
settings.register_profile(
    "thorough", max_examples=5_000, database=None, deadline=None, print_blob=True, suppress_health_check=SLOW
)
settings.load_profile("steady")
