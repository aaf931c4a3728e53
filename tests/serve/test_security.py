"""Who is let in, and what every answer tells the browser."""

from __future__ import annotations

import re
from html import unescape

import pytest
from starlette.testclient import TestClient

from campaigncheck.serve.context import Context
from campaigncheck.serve.problems import RefusedError
from campaigncheck.serve.security import TOKEN_HEADER, Guard
from tests.serve.repositories import ADDRESS, client

HEADERS = {
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' data:; style-src 'self' 'nonce-{}'; "
    "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@pytest.fixture
def asked(context: Context) -> TestClient:
    return client(context)


@pytest.mark.parametrize(
    "address",
    ["/", "/assets/serve.js", "/assets/serve.css", "/assets/editor.js", "/api/state", "/api/check", "/nothing"],
)
def test_every_answer_has_its_headers(asked: TestClient, address: str) -> None:
    answer = asked.get(address)
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    nonce = re.search(r"'nonce-([\w-]{22})'", answer.headers["content-security-policy"])
    assert nonce
    assert answer.headers["content-security-policy"] == POLICY.format(nonce[1])
    assert "access-control-allow-origin" not in answer.headers
    assert "set-cookie" not in answer.headers


def test_the_page_holds_the_token_and_its_own_nonce_and_nothing_inline(asked: TestClient) -> None:
    first, second = asked.get("/"), asked.get("/?lang=en")
    assert '"token": "right"' in unescape(first.text)
    nonces = {re.search(r"'nonce-([\w-]+)'", page.headers["content-security-policy"])[1] for page in (first, second)}  # type: ignore[index]
    assert len(nonces) == 2
    assert all(any(f'"nonce": "{nonce}"' in unescape(page.text) for page in (first, second)) for nonce in nonces)
    assert re.findall(r"<script[^>]*>", first.text) == ['<script type="module" src="assets/serve.js">']
    assert not re.search(r"<style|\son\w+=|javascript:|\sstyle=", first.text)
    assert '<html lang="zh-CN">' in first.text
    assert '<html lang="en">' in second.text


def test_without_the_token_nothing_is_answered(context: Context) -> None:
    for token in ("", "wrong", "Right", "right "):
        stranger = client(context, token=token)
        for method, address in (
            ("GET", "/api/campaigns"),
            ("GET", "/api/state"),
            ("POST", "/api/check"),
            ("POST", "/api/save"),
        ):
            refused = stranger.request(method, address)
            assert (refused.status_code, list(refused.json())) == (403, ["error"])
        assert stranger.get("/").status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8800", "127.0.0.1.evil.example", "", "10.0.0.1:8800", "a@127.0.0.1", "["]
)
def test_a_name_that_is_not_ours_is_refused(asked: TestClient, host: str) -> None:
    """A site whose name suddenly leads here (DNS rebinding) gets neither the page nor anything else."""
    for address in ("/", "/assets/serve.js", "/api/state"):
        refused = asked.get(address, headers={"host": host})
        assert refused.status_code == 421
        assert "token" not in refused.text


@pytest.mark.parametrize("host", ["127.0.0.1:8800", "localhost:8800", "LOCALHOST", "[::1]:8800", "127.1.2.3"])
def test_loopback_is_ours(asked: TestClient, host: str) -> None:
    assert asked.get("/api/state", headers={"host": host, "origin": f"http://{host}"}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"}, {"origin": "null"}, {"origin": "http://127.0.0.1:9999"}, {"origin": "file://"},
        {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"sec-fetch-site": "same-origin", "origin": "http://localhost:8800"},
    ],
)  # fmt: skip
def test_other_sites_are_refused(asked: TestClient, headers: dict[str, str]) -> None:
    for method, address in (("POST", "/api/check"), ("GET", "/api/campaigns"), ("GET", "/assets/serve.js")):
        refused = asked.request(method, address, headers=headers)
        assert (refused.status_code, refused.json()["error"]["message"]) == (403, "请求来自别的网站，没有处理")


def test_our_own_page_is_let_in(asked: TestClient) -> None:
    headers = {"origin": ADDRESS, "sec-fetch-site": "same-origin"}
    assert asked.get("/api/state", headers=headers).status_code == 200


def test_a_guard_of_a_network_takes_numbers_and_its_own_names() -> None:
    guard = Guard.new(frozenset({"office"}), remote=True)
    assert len(guard.token) == 43
    for host in ("10.0.0.1:8800", "office:8800", "[fe80::1]", "localhost"):
        guard.admit({"host": host, TOKEN_HEADER: guard.token}, "/api/state")
    with pytest.raises(RefusedError):
        guard.admit({"host": "other:8800", TOKEN_HEADER: guard.token}, "/api/state")
    assert Guard.new().token != Guard.new().token


def test_files_are_known_again_by_their_tags(asked: TestClient) -> None:
    first = asked.get("/assets/editor.js")
    assert first.headers["content-type"] == "text/javascript; charset=utf-8"
    assert asked.get("/assets/editor.js", headers={"if-none-match": first.headers["etag"]}).status_code == 304
