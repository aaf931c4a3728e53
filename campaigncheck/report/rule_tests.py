"""The result of the tests that rules bring along, as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator

from campaigncheck.engine.rule_tests import Failure, Places, Tested, TestRun, WordFailure
from campaigncheck.messages import Lang, Message, Text

_PLACE = Text("第 {line} 行第 {column} 列", "line {line}, column {column}")
_DIFFERS = Text(
    "{rule} 的第 {number} 个例子：应当报在{expected}，实际报在{found}",
    "{rule}, sample {number}: expected {expected}, found {found}",
)
_SILENT = Text(
    "{rule} 的第 {number} 个例子：应当报在{expected}，却没有报",
    "{rule}, sample {number}: expected {expected}, found nothing",
)
_MUST_PASS = Text(
    "{rule} 的第 {number} 个例子：应当通过，却报在{found}", "{rule}, sample {number}: should pass, but fires at {found}"
)
_CRASHED = Text("{rule} 的第 {number} 个例子：{error}", "{rule}, sample {number}: {error}")
_FROM = Text("  出处：{origin}", "  From: {origin}")
_NOT_FOUND = Text(
    "{rule} 的词“{word}”：在它自己的例句里没查出来：{text}", "{rule}, “{word}”: not found in its own sentence: {text}"
)
_TRAPPED = Text(
    "{rule} 的词“{word}”：不该查的句子也查出来了：{text}",
    "{rule}, “{word}”: found in a sentence that should pass: {text}",
)
_IN_REGION = Text("{message}（overlays/{region}.yaml）", "{message} (overlays/{region}.yaml)")
_NEVER = Text(
    "{rule} 从来不报：自己的例子里不报，仓库的 {campaigns} 个营销案里也不报",
    "{rule} never fires: in none of its samples, and in none of the {campaigns} campaigns here",
)
_CRASH = Text("{path}：{error}", "{path}: {error}")
_TOTAL = Text(
    "试了 {rules} 条规则的 {samples} 个例子、词库的 {words} 句话和 {campaigns} 个营销案：{outcome}。",
    "Tried {samples} samples of {rules} rules, {words} sentences of lexicons and {campaigns} campaigns: {outcome}.",
)
_GOOD = Text("都对", "all as they should be")
_BAD = Text("{count} 处不对", "{count} wrong")
_COUNTRY = "000000"


def text(run: TestRun, lang: Lang) -> str:
    """Write what is wrong, one a line, and the total."""
    wrong = list(_wrong(run))
    lines = [message.render(lang) for message in wrong if message is not None]
    count = len([message for message in wrong if message is not None and message.text is not _FROM])
    total = _TOTAL(
        rules=len(run.tested),
        samples=sum(item.samples for item in run.tested),
        words=run.words,
        campaigns=run.campaigns,
        outcome=_BAD(count=count) if count else _GOOD(),
    )
    return "\n".join([*lines, total.render(lang)]) + "\n"


def _wrong(run: TestRun) -> Iterator[Message]:
    for item in run.tested:
        told = [_failure(item, failure) for failure in item.failures]
        if item.never:
            told.append(_NEVER(rule=item.rule.id, campaigns=run.campaigns))
        yield from told
        if told and item.origin is not None:
            yield _FROM(origin=item.origin)
    yield from map(_word, run.word_failures)
    for crash in run.crashes:
        yield _CRASH(path=crash.path, error=crash.message)


def _failure(item: Tested, failure: Failure) -> Message:
    known = {"rule": item.rule.id, "number": failure.sample}
    if failure.error is not None:
        return _CRASHED(**known, error=failure.error)
    if not failure.expected:
        return _MUST_PASS(**known, found=_places(failure.found))
    if not failure.found:
        return _SILENT(**known, expected=_places(failure.expected))
    return _DIFFERS(**known, expected=_places(failure.expected), found=_places(failure.found))


def _places(places: Places) -> list[Message]:
    return [_PLACE(line=line, column=column) for line, column in places]


def _word(failure: WordFailure) -> Message:
    wording = _NOT_FOUND if failure.kind == "fires" else _TRAPPED
    message = wording(rule=failure.rule, word=failure.word, text=failure.text)
    return message if failure.region == _COUNTRY else _IN_REGION(message=message, region=failure.region)


def as_json(run: TestRun, lang: Lang) -> str:
    """Write the whole result as JSON."""
    value = {
        "version": 1,
        "summary": {
            "rules": len(run.tested),
            "samples": sum(item.samples for item in run.tested),
            "words": run.words,
            "campaigns": run.campaigns,
            "failed": run.failed,
        },
        "rules": [
            {
                "id": item.rule.id,
                "origin": item.origin.render(lang) if item.origin else None,
                "samples": item.samples,
                "findings": item.findings,
                "never": item.never,
                "failures": [
                    {
                        "sample": failure.sample,
                        "expected": [list(place) for place in failure.expected],
                        "found": [list(place) for place in failure.found],
                        "error": failure.error.render(lang) if failure.error else None,
                    }
                    for failure in item.failures
                ],
            }
            for item in run.tested
        ],
        "words": [item._asdict() for item in run.word_failures],
        "crashes": [{"path": crash.path, "message": crash.message.render(lang)} for crash in run.crashes],
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
