"""What the addresses of the page answer, in the words of whoever asks."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from campaigncheck.report.json import data
from campaigncheck.serve.context import Context
from campaigncheck.serve.settings import MOST_BYTES, Draft
from tests.serve.repositories import SPRING, client, settings

EVIL = "<script>alert(1)</script>"
LADDER = "a: &a [1,1,1,1,1,1,1,1,1]\n" + "".join(
    f"{'bcdefgh'[n]}: &{'bcdefgh'[n]} [{','.join(['*' + 'abcdefg'[n]] * 9)}]\n" for n in range(7)
)


@pytest.fixture
def asked(context: Context) -> TestClient:
    return client(context)


@pytest.fixture
def text(context: Context) -> str:
    return Path(SPRING).read_text(encoding="utf-8")


def test_a_draft_gets_the_report_of_its_campaign(asked: TestClient, context: Context, text: str) -> None:
    broken = text.replace("confirm: twice", "confirm: once")
    answer = asked.post("/api/check", json={"text": broken})
    assert answer.status_code == 200
    found = answer.json()
    assert found["report"] == data(context.judge(Draft(broken)).report, "zh")
    assert (found["path"], found["there"], found["id"], found["verdict"]) == (
        SPRING,
        True,
        "sc-2027-spring-broadband",
        "blocked",
    )
    assert found["limits"] == {"mean": 4.0, "p90": 6.0}
    assert [(item["rule"], item["line"], item["column"]) for item in found["report"]["findings"]] == [
        ("SAFE001", 29, 14), ("SAFE001", 45, 14),
    ]  # fmt: skip


def test_the_language_is_the_asker_s(asked: TestClient, text: str) -> None:
    broken = {"text": text.replace("confirm: twice", "confirm: once")}
    said = [
        asked.post(f"/api/check?lang={lang}", json=broken).json()["report"]["findings"][0]["hint"]
        for lang in ("zh", "en", "xx")
    ]
    assert said[0] == said[2] == "写上 confirm: twice，系统和话术都按二次确认配置。"
    assert said[1] == "Write confirm: twice, and set systems and scripts up for it."


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "SPEC001"),
        ("a: [", "SPEC001"),
        ("a: b", "SPEC002"),
        ("\x00\x01", "SPEC001"),
        ("[" * 2000, "SPEC001"),
        (LADDER, "SPEC001"),
    ],
)
def test_what_is_no_campaign_is_a_finding_as_any_other(asked: TestClient, text: str, rule: str) -> None:
    found = asked.post("/api/check", json={"text": text}).json()
    assert (found["verdict"], found["id"], found["path"]) == ("invalid", "", "campaigns/untitled.yaml")
    assert {item["rule"] for item in found["report"]["findings"]} == {rule}
    assert asked.post("/api/sheet", json={"text": text}).json() == {"html": None}
    assert asked.post("/api/neighbours", json={"text": text}).json() == {
        "understood": False,
        "count": 0,
        "campaigns": [],
    }


def test_script_in_every_field_stays_text_on_the_sheet(asked: TestClient, text: str) -> None:
    for old in ("迎春宽带提速", "市场经营部", "300M 迎春提速", "客户服务部", "省业务支撑台"):
        assert old in text
        text = text.replace(old, EVIL)
    answer = asked.post("/api/sheet", json={"text": text})
    assert answer.status_code == 200, answer.text
    html = answer.json()["html"]
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_the_sheet_is_that_of_the_draft(asked: TestClient, text: str) -> None:
    html = asked.post("/api/sheet", json={"text": text.replace("title: 迎春宽带提速", "title: 新春宽带")}).json()[
        "html"
    ]
    assert "<h1>新春宽带" in html.replace("\n", "")


def test_whom_a_draft_meets_has_a_witness(asked: TestClient, text: str) -> None:
    found = asked.post("/api/neighbours", json={"text": text}).json()
    assert found["count"] == len(found["campaigns"]) == 6
    first = found["campaigns"][0]
    assert (first["id"], first["stage"], first["days"]) == ("sc-2027-5g-switch", "approved", "2027-01-15 至 2027-03-31")
    assert first["witness"].startswith("例如 2027-01-15 在成都市")


def test_campaigns_are_listed_and_opened(asked: TestClient, text: str) -> None:
    listed = asked.get("/api/campaigns").json()["campaigns"]
    assert [item["path"] for item in listed] == sorted(str(path) for path in Path("campaigns").rglob("*.yaml"))
    assert {"path": SPRING, "id": "sc-2027-spring-broadband", "title": "迎春宽带提速", "stage": "testing"} in listed
    opened = asked.post("/api/open", json={"path": SPRING}).json()
    assert opened == {"text": text, "path": SPRING, "told": [], "digest": hashlib.sha256(text.encode()).hexdigest()}


@pytest.mark.parametrize(
    "path", ["rules/policy.yaml", "../../../etc/passwd", "/etc/passwd", "campaigns/../rules/policy.yaml", ""]
)
def test_only_campaigns_are_opened(asked: TestClient, path: str) -> None:
    for address, given in (("open", {"path": path}), ("check", {"text": "a: b", "path": path or "x"})):
        refused = asked.post(f"/api/{address}", json=given)
        assert refused.status_code == 404
        assert refused.json()["error"]["message"] == f"仓库里没有 {given['path']}"


def test_uploads_are_read_as_files_are(asked: TestClient, text: str) -> None:
    def upload(name: str, content: bytes) -> tuple[int, dict[str, object]]:
        answer = asked.post("/api/upload", params={"name": name}, content=content)
        return answer.status_code, answer.json()

    assert upload("a.yaml", b"\xef\xbb\xbf" + text.encode()) == (200, {"text": text, "path": None, "told": []})
    status, refused = upload("a.yaml", text.encode("gb18030"))
    assert (status, refused["error"]) == (422, {"message": "文件不是 UTF-8 编码", "hint": refused["error"]["hint"]})  # type: ignore[index]
    for name, content in (
        ("a.xlsx", b"PK\x03\x04 no"),
        ("a.xlsx", b""),
        ("../a.xls", b"\xd0\xcf\x11\xe0"),
        ("a.xlsm", b"x"),
    ):
        status, refused = upload(name, content)
        assert (status, list(refused)) == (422, ["error"])


def test_a_workbook_goes_out_and_comes_in_the_same(asked: TestClient, context: Context, text: str) -> None:
    made = asked.post("/api/workbook", json={"text": text})
    assert made.headers["content-type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    back = asked.post("/api/upload", params={"name": "活动.xlsx"}, content=made.content).json()
    assert back["told"] == []
    first, second = (context.judge(Draft(given)).item for given in (text, back["text"]))
    assert (first.id, first.handling, first.costs) == (second.id, second.handling, second.costs)
    assert asked.post("/api/workbook", json={"text": "a: b"}).status_code == 422


@pytest.mark.parametrize(
    ("given", "status", "reason"),
    [
        (b"", 400, "JSON"), (b"[]", 400, "JSON"), (b'{"text": 1}', 400, "JSON"), (b'{"text": "\\ud800"}', 400, "JSON"),
        (b"[" * 100_000, 400, "JSON"), (b"\xff", 400, "JSON"), (b"{}", 400, "text"), (b'{"text": "", "x": ""}', 400, "x"),
    ],
)  # fmt: skip
def test_a_request_that_is_none_is_refused(asked: TestClient, given: bytes, status: int, reason: str) -> None:
    refused = asked.post("/api/check", content=given, headers={"content-type": "application/json"})
    assert (refused.status_code, refused.json()["error"]["message"]) == (status, f"请求的格式不对：{reason}")


def test_other_types_than_json_are_refused(asked: TestClient) -> None:
    """A form of another site may send plain text without being asked first; JSON it may not."""
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        assert asked.post("/api/check", content=b'{"text": ""}', headers={"content-type": kind}).status_code == 415


def test_too_much_is_refused_before_it_is_read(asked: TestClient) -> None:
    over = "a" * MOST_BYTES
    assert asked.post("/api/check", json={"text": over}).status_code == 413
    assert asked.post("/api/check", json={"text": over[:-100]}).status_code == 200

    sent = []

    def endless() -> object:
        for number in range(10_000):
            sent.append(number)
            yield b"a" * 65_536

    refused = asked.post("/api/upload", params={"name": "a.yaml"}, content=endless())  # type: ignore[arg-type]
    assert refused.json()["error"]["message"] == "内容超过 1 MiB，不收"


def test_nothing_else_is_there(asked: TestClient) -> None:
    for method, address, status in (
        ("GET", "/api/check", 405), ("POST", "/", 405), ("GET", "/api/nothing", 404), ("GET", "/assets/manifest.json", 404),
        ("GET", "/assets/..%2Fapp.py", 404), ("GET", "/etc/passwd", 404), ("OPTIONS", "/api/check", 405),
    ):  # fmt: skip
        answer = asked.request(method, address)
        assert answer.status_code == status, address
        assert set(answer.json()["error"]) == {"message", "hint"}


def test_a_fault_tells_no_traceback(asked: TestClient, context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Context, "judge", lambda *_: 1 / 0)
    answer = asked.post("/api/check?lang=en", json={"text": "a: b"})
    assert (answer.status_code, answer.json()["error"]["message"]) == (500, "an internal fault of the server")
    assert "ZeroDivision" not in answer.text


def test_the_state_tells_what_is_wrong_with_the_repository(asked: TestClient) -> None:
    assert asked.get("/api/state").json() == {"generation": 1, "today": "2026-12-01", "problems": []}


def test_nothing_is_saved_unless_the_server_was_started_for_it(asked: TestClient, text: str) -> None:
    refused = asked.post("/api/save", json={"text": text + "# x", "path": SPRING})
    assert (refused.status_code, refused.json()["error"]["message"]) == (403, "这个服务不保存文件")
    assert Path(SPRING).read_text(encoding="utf-8") == text


def test_saving(own: Path) -> None:
    asked = client(Context.load(settings()), saving=True)
    opened = asked.post("/api/open", json={"path": SPRING}).json()
    new = opened["text"] + "# 改过\n"
    saved = asked.post("/api/save", json={"text": new, "path": SPRING, "opened": opened["digest"]})
    assert saved.json() == {"path": SPRING, "digest": hashlib.sha256(new.encode()).hexdigest()}
    assert Path(SPRING).read_text(encoding="utf-8") == new
    late = asked.post("/api/save", json={"text": new, "path": SPRING, "opened": opened["digest"]})
    assert (late.status_code, late.json()["error"]["message"]) == (409, f"{SPRING} 被别人改过了，没有覆盖")

    added = asked.post("/api/save", json={"text": new.replace("id: sc-2027-spring-broadband", "id: sc-2027-new")})
    assert added.json()["path"] == "campaigns/sc-2027-new.yaml"
    assert Path("campaigns/sc-2027-new.yaml").stat().st_mode & 0o777 == 0o644
    again = asked.post("/api/save", json={"text": new.replace("id: sc-2027-spring-broadband", "id: sc-2027-new")})
    assert again.status_code == 409


@pytest.mark.parametrize("name", ["../../x", "a/b", "..", "a.b", "甲乙丙", "a b", "x" * 65, ""])
def test_no_name_leads_out_of_the_folder(own: Path, name: str) -> None:
    asked = client(Context.load(settings()), saving=True)
    before = {str(path) for path in own.rglob("*")}
    text = (
        Path(SPRING).read_text(encoding="utf-8").replace("id: sc-2027-spring-broadband", f"id: {json.dumps(name)}", 1)
    )
    refused = asked.post("/api/save", json={"text": text})
    assert (refused.status_code, refused.json()["error"]["message"]) == (
        422,
        "没有写编号 id，或者写得不对，不知道存成哪个文件",
    )
    assert {str(path) for path in own.rglob("*")} == before


def test_a_link_is_not_written_through(own: Path) -> None:
    outside = own / "outside.yaml"
    Path(SPRING).rename(outside)
    Path(SPRING).symlink_to(outside)
    before = outside.read_text(encoding="utf-8")
    asked = client(Context.load(settings()), saving=True)
    digest = hashlib.sha256(before.encode()).hexdigest()
    refused = asked.post("/api/save", json={"text": before + "# x", "path": SPRING, "opened": digest})
    assert refused.status_code == 403
    assert outside.read_text(encoding="utf-8") == before
