"""Rules that installed packages bring along, checked before they are used."""

from __future__ import annotations

import re
from typing import Any

from campaigncheck.catalogue.installed import PlugIn
from campaigncheck.messages import Message, Text
from campaigncheck.rulekit.rule import Rule, Sample

_ID = re.compile(r"[A-Z]{2,6}[0-9]{3}\Z")

_BROKEN = Text(
    "插件 {package} {version} 的“{name}”装不上：{error}",
    "“{name}” of the plug-in {package} {version} cannot be loaded: {error}",
)
_BROKEN_HINT = Text(
    "请修好或卸载 {package}；入口点要指向一条规则（Rule）或一列规则。",
    "Mend or uninstall {package}; its entry point has to name a Rule or a list of them.",
)
_NO_RULE = Text(
    "插件 {package} {version} 的“{name}”给出的不是规则，而是 {kind}",
    "“{name}” of the plug-in {package} {version} gives no rule but {kind}",
)
_BAD_RULE = Text(
    "插件 {package} {version} 的规则 {rule} 不完整：{what}",
    "the rule {rule} of the plug-in {package} {version} is wrong: {what}",
)
_BAD_ID = Text("编号要是 2 到 6 个大写字母加 3 位数字", "its id has to be 2 to 6 capitals and 3 digits")
_BAD_SEVERITY = Text("severity 要是 error、warning 或 note", "its severity has to be error, warning or note")
_BAD_SAMPLES = Text("要有一个通过的和一个通不过的例子", "it needs a sample that passes and one that fails")
_BAD_CHECK = Text("要有 check 或 check_portfolio 函数", "it needs a function check or check_portfolio")


class PlugInError(Exception):
    """Raised with what is wrong with a plug-in."""

    def __init__(self, message: Message, hint: Message) -> None:
        super().__init__(message.render("en"))
        self.message = message
        self.hint = hint


def checked(plug_in: PlugIn) -> list[Rule]:
    """Return the rules of a plug-in.

    Raises:
        PlugInError: when it could not be loaded, or gives something else.
    """
    named = {"package": plug_in.package, "version": plug_in.version, "name": plug_in.name}
    hint = _BROKEN_HINT(package=plug_in.package)
    if plug_in.error is not None:
        raise PlugInError(_BROKEN(**named, error=plug_in.error), hint)
    if not plug_in.rules:
        raise PlugInError(_NO_RULE(**named, kind="[]"), hint)
    for rule in plug_in.rules:
        if not isinstance(rule, Rule):
            raise PlugInError(_NO_RULE(**named, kind=type(rule).__name__), hint)
        what = _wrong(rule)
        if what is not None:
            raise PlugInError(_BAD_RULE(**named, rule=str(rule.id), what=what), hint)
    return list(plug_in.rules)


def _wrong(rule: Any) -> Message | None:
    if not isinstance(rule.id, str) or not _ID.match(rule.id):
        return _BAD_ID()
    if rule.severity not in ("error", "warning", "note"):
        return _BAD_SEVERITY()
    if not isinstance(rule.passing, Sample) or not isinstance(rule.failing, Sample):
        return _BAD_SAMPLES()
    if not callable(rule.check) and not callable(rule.check_portfolio):
        return _BAD_CHECK()
    return None
