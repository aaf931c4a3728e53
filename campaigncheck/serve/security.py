"""Who may ask: only the page that this server gave out, on an address that is this server's own.

A page of another site can send requests to a local server, and by rebinding its own name (DNS) even read the answers.
So every request has to name an address of this server (``Host``); what changes or tells anything has to come from a page
of this server (``Origin``, ``Sec-Fetch-Site``) and to know the token that is written into that page.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

from campaigncheck.serve.problems import FOREIGN, FOREIGN_HINT, HOST, HOST_HINT, TOKEN, TOKEN_HINT, RefusedError

TOKEN_HEADER = "x-campaigncheck-token"  # noqa: S105  # its name

_FORBIDDEN, _MISDIRECTED = 403, 421
_SAME = frozenset({"same-origin", "none"})


class Guard(NamedTuple):
    """What requests have to show.

    Attributes:
        token: what the page was given.
        names: host names that are this server's.
        remote: whether addresses other than loopback are this server's, too.
    """

    token: str
    names: frozenset[str] = frozenset({"localhost"})
    remote: bool = False

    @classmethod
    def new(cls, names: frozenset[str] = frozenset(), remote: bool = False) -> Guard:
        """Return a guard with a token that nobody can guess."""
        return cls(secrets.token_urlsafe(32), frozenset({"localhost", *names}), remote)

    def admit(self, headers: Mapping[str, str], path: str) -> None:
        """Let a request pass.

        Raises:
            RefusedError: when it is not one of ours.
        """
        host = headers.get("host", "")
        if not self._is_ours(host):
            raise RefusedError(_MISDIRECTED, HOST(host=host), HOST_HINT())
        if path == "/":  # may be reached by a link from anywhere; it tells nothing of the repository
            return
        if not _from_here(headers, host):
            raise RefusedError(_FORBIDDEN, FOREIGN(), FOREIGN_HINT())
        if path.startswith("/api/") and not secrets.compare_digest(
            headers.get(TOKEN_HEADER, "").encode(), self.token.encode()
        ):
            raise RefusedError(_FORBIDDEN, TOKEN(), TOKEN_HINT())

    def _is_ours(self, host: str) -> bool:
        """Whether a host is an address of this server; a number cannot be rebound, a name can."""
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        if any(character in host for character in "/?#@\\"):
            return False
        if name in self.names:
            return True
        try:
            address = ip_address(name)
        except ValueError:
            return False
        return self.remote or address.is_loopback


def _from_here(headers: Mapping[str, str], host: str) -> bool:
    site = headers.get("sec-fetch-site")
    if site is not None and site not in _SAME:
        return False
    origin = headers.get("origin")
    return origin is None or origin in (f"http://{host}", f"https://{host}")


def response_headers(nonce: str) -> dict[str, str]:
    """Return what every answer tells the browser: nothing from elsewhere, nothing inline, in no frame of others.

    The editor writes its styles into the page; ``nonce`` lets these pass, and the styles of the sheet that is shown.
    """
    policy = (
        "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
        f"style-src 'self' 'nonce-{nonce}'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return {
        "content-security-policy": policy,
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=()",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
    }
