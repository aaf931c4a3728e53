"""What clearing and verifying say, as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from campaigncheck.attest.envelope import SHOWN_KEY
from campaigncheck.attest.keys import PublicKey
from campaigncheck.attest.statement import Statement, Waiting
from campaigncheck.attest.trust import TrustedKeys
from campaigncheck.clearance.verify import Verified
from campaigncheck.messages import Lang, Message, Text, figure

VERSION = 1
_DIGITS = 12
"""How many digits of a digest are shown to people."""

_REFUSED = Text("“{id}”不能签发上线许可：", "“{id}” cannot be cleared:")
_ISSUED = Text("上线许可：{path}", "Clearance: {path}")
_CAMPAIGN = Text("营销案：{id}（{title}），内容 sha256:{digest}", "Campaign: {id} ({title}), content sha256:{digest}")
_SIGNED = Text("签发：{day}，密钥 {key}", "Issued: {day}, key {key}")
_HOLDER = Text(" {holder}", " {holder}")
_BOUND = Text(
    "绑定：{rules} 条规则、{files} 个规则文件，campaigncheck {version}",
    "Bound to: {rules} rules, {files} files of rules, campaigncheck {version}",
)
_ALONE = Text("重叠：没有", "Overlaps: none")
_OVERLAPS = Text("重叠：{count} 个营销案，都要让它", "Overlaps: {count} campaigns, all of which give way")
_NEIGHBOURS = Text(
    "重叠：{count} 个营销案；其中不用让它、改了就要重新签发的：{names}",
    "Overlaps: {count} campaigns; those that need not give way, and may not change: {names}",
)
_NO_WAIVERS = Text("例外：没有", "Exceptions: none")
_WAIVER = Text(
    "例外：{rule}（{approver}批准，到 {expires}）：{reason}",
    "Exception: {rule} (by {approver}, until {expires}): {reason}",
)
_HANDLING = Text(
    "办理：平均 {mean} 分钟，九成客户在 {p90} 分钟以内",
    "Handling: {mean} minutes on average, 90 % within {p90}",
)
_WAITING = Text(
    "等候：{who}最紧的是 {hall} {day} {hour} 点，平均 {mean} 分钟（承诺 {promise}），九成在 {p90} 分钟以内；"
    "{made} 个钟头里 {kept} 个守住承诺",
    "Waiting: {who}, tightest in {hall} on {day} at {hour}:00: {mean} minutes on average (promised {promise}), 90 % within "
    "{p90}; {kept} of {made} hours keep their promise",
)
_WHO = {
    "premium": Text("高端客户", "premium customers"),
    "other": Text("其他客户", "other customers"),
}
_HOLDS = Text("{path}：有效，{id}（{day} 签发，密钥 {keys}）", "{path}: holds, {id} (issued on {day}, key {keys})")
_FAILS = Text("{path}：无效", "{path}: does not hold")
_OVER = Text(
    "{path}：{id} 已经结束或下线，没有要上线的，只核对了签名和内容",
    "{path}: {id} is over or retired and there is nothing to launch; only signature and content were compared",
)
_TOTAL = Text(
    "核验 {count} 份上线许可：有效 {good}，无效 {bad}。", "Clearances: {count} (hold {good}, do not hold {bad})."
)


def write_refusal(campaign: str, reasons: Sequence[Message], lang: Lang) -> str:
    """Say why a campaign is not cleared."""
    lines = [_REFUSED(id=campaign).render(lang), *(f"  {reason.render(lang)}" for reason in reasons)]
    return "\n".join(lines) + "\n"


def write_issued(path: str, title: str, statement: Statement, key: str, lang: Lang) -> str:
    """Sum up a clearance that was issued; ``key`` as :func:`name_key` gives it."""
    told = [_ISSUED(path=path), *_told(title, statement, key)]
    return "\n".join(message.render(lang) for message in told) + "\n"


def _told(title: str, statement: Statement, key: str) -> Iterator[Message]:
    found = statement.predicate
    yield _CAMPAIGN(id=statement.campaign, title=title, digest=statement.digest[:_DIGITS])
    yield _SIGNED(day=statement.issued_on, key=key)
    yield _BOUND(rules=len(found.rules), files=len(found.catalogues), version=found.tool.version)
    names = [other.id for other in found.neighbours]
    count = len(found.overlaps)
    yield _NEIGHBOURS(count=count, names=names) if names else _OVERLAPS(count=count) if count else _ALONE()
    for item in found.waived:
        yield _WAIVER(rule=item.rule, approver=item.approver, expires=item.expires_on, reason=item.reason)
    if not found.waived:
        yield _NO_WAIVERS()
    if found.handling is not None:
        yield _HANDLING(mean=found.handling.mean_minutes, p90=found.handling.p90_minutes)
    yield from map(_waiting, found.waiting)


def _waiting(item: Waiting) -> Message:
    return _WAITING(
        who=_WHO[item.customers], hall=item.hall, day=item.on, hour=item.hour, mean=figure(item.wait_mean_minutes, 1),
        p90=figure(item.wait_p90_minutes, 1), promise=figure(item.promise_minutes, 1), made=item.promises_made,
        kept=item.promises_kept,
    )  # fmt: skip


def name_key(public: PublicKey, keys: TrustedKeys, lang: Lang) -> str:
    """Return the beginning of a key's id, and whose it is if that is known."""
    holder = next((key.holder for key in keys.keys if key.public == public), None)
    return public.id[:SHOWN_KEY] + (_HOLDER(holder=holder).render(lang) if holder else "")


def write_text(verified: Sequence[Verified], keys: TrustedKeys, lang: Lang) -> str:
    """Say of each clearance whether it holds, and what has changed."""
    lines = [line for item in verified for line in _lines(item, keys, lang)]
    good = sum(item.holds for item in verified)
    if len(verified) > 1:
        lines.append(_TOTAL(count=len(verified), good=good, bad=len(verified) - good).render(lang))
    return "\n".join(lines) + "\n"


def _lines(item: Verified, keys: TrustedKeys, lang: Lang) -> Iterator[str]:
    path, opened = item.clearance.path, item.clearance.opened
    if item.changes or opened is None:
        yield _FAILS(path=path).render(lang)
        yield from (f"  {change.message.render(lang)}" for change in item.changes)
    elif item.over:
        yield _OVER(path=path, id=opened.statement.campaign).render(lang)
    else:
        names = [name_key(signer, keys, lang) for signer in opened.signers]
        day = opened.statement.issued_on
        yield _HOLDS(path=path, id=opened.statement.campaign, day=day, keys=names).render(lang)


def write_json(verified: Sequence[Verified], lang: Lang) -> str:
    """Say the same for programs."""
    told = {"version": VERSION, "clearances": [_data(item, lang) for item in verified]}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _data(item: Verified, lang: Lang) -> dict[str, Any]:
    opened = item.clearance.opened
    return {
        "path": item.clearance.path,
        "holds": item.holds,
        "over": item.over,
        "campaign": item.clearance.campaign,
        "issued_on": opened.statement.issued_on.isoformat() if opened else None,
        "keys": [signer.id for signer in opened.signers] if opened else [],
        "changes": [
            {"kind": change.kind, "about": change.about, "message": change.message.render(lang)}
            for change in item.changes
        ],
    }
