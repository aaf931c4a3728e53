"""SPEC002: values that do not fit the schema. The model reports it; see ``campaigncheck.spec``."""

from campaigncheck.messages import Text
from campaigncheck.rulekit.rule import Rule, Sample

RULE = Rule(
    id="SPEC002",
    title=Text("字段不符合格式", "a field does not fit the schema"),
    severity="error",
    why=Text(
        "字段名写错一个字母，检查就会漏掉这一项；代码不加引号，开头的 0 会丢。所以字段名、类型和取值必须和格式完全一致。",
        "A misspelt field would silently not be checked, an unquoted code loses its zeros: names, types and values "
        "have to fit the schema exactly.",
    ),
    source=Text("营销案格式（campaigncheck schema）。", "The campaign schema (`campaigncheck schema`)."),
    passing=Sample("period: {start: 2027-03-01, end: 2027-03-31}\n"),
    failing=Sample("period: {start: 2027-3-1, ends: 2027-03-31}\n", places=((1, 1), (1, 17), (1, 27))),
)
