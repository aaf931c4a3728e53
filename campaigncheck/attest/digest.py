"""The digest of a spec: of what it says, not of how it is written."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from campaigncheck.attest.strict import canonical


def spec_digest(values: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a spec's values without ``stage``, in canonical JSON: what a clearance is bound to.

    Comments, order of fields and layout make no difference.

    Raises:
        RefusedError: for values that JSON cannot hold.
    """
    return sha256(canonical({key: value for key, value in values.items() if key != "stage"})).hexdigest()
