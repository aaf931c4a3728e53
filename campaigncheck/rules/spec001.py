"""SPEC001: a file that cannot be read as YAML. The loader reports it; see ``campaigncheck.source``."""

from campaigncheck.messages import Text
from campaigncheck.rulekit.rule import Rule, Sample

RULE = Rule(
    id="SPEC001",
    title=Text("文件读不了", "the file cannot be read"),
    severity="error",
    why=Text(
        "读不了的文件等于没有检查。重复的字段、Tab、过深的嵌套和层层引用都会让人和程序读出不同的内容，所以一律退回。",
        "An unread file is an unchecked one. Duplicate keys, tabs, deep nesting and nested aliases make people and "
        "programs read different things, so they are refused.",
    ),
    source=Text(
        "YAML 1.2.2 规范（第 3.2.1.3 节：同一映射里键不得重复；第 6.1 节：缩进不得用 Tab）。",
        "YAML 1.2.2, section 3.2.1.3 (keys are unique) and 6.1 (no tabs for indentation).",
    ),
    passing=Sample("title: 迎春宽带提速\nsummary: 每月加 20 元。\n"),
    failing=Sample("title: 迎春宽带提速\nsummary: 每月加 20 元。\ntitle: 迎春提速\n", places=((3, 1),)),
)
