"""What is told of expressions that are wrong."""

from __future__ import annotations

from campaigncheck.messages import Text

MAKES = Text("表达式里不能拼出新的列表或结构", "an expression may make no new lists or structures")
MAKES_HINT = Text(
    "方括号里只写固定的值，例如 ['sms', 'app']。", "Only fixed values stand in brackets, such as ['sms', 'app']."
)
UNGUARDED = Text("{field} 不一定有", "{field} may be missing")
UNGUARDED_HINT = Text("先问有没有：has({field}) && …。", "Ask first whether it is there: has({field}) && …")
NO_KEY_HINT = Text("先问有没有：{key} in {field} && …。", "Ask first whether it is there: {key} in {field} && …")
MADE_PATTERN = Text("matches 的模式要写成固定的文字", "the pattern of matches has to be fixed text")
MADE_PATTERN_HINT = Text(
    "模式直接写在引号里；只是找一段文字就用 contains。", "Write it in quotes; to look for a text use contains."
)
BAD_PATTERN = Text("“{pattern}”不是合法的模式", "“{pattern}” is no valid pattern")
BAD_PATTERN_HINT = Text(
    "模式的写法是 RE2；只是找一段文字就用 contains。", "Patterns are RE2; to look for a text use contains."
)
WHOLE = Text("不能整块比较", "whole parts cannot be compared")
WHOLE_HINT = Text(
    "比较其中的一个值，例如 offer.id == 'speedup'；问有没有内容用 size(…) == 0。",
    "Compare a value in it, such as offer.id == 'speedup'; to ask whether a list is empty use size(…) == 0.",
)
NO_FIELD = Text("{owner}里没有“{name}”", "{owner} has no “{name}”")
NO_NAME = Text("没有“{name}”这个名字", "there is no “{name}” here")
NO_FUNCTION = Text("没有“{name}”这个函数", "there is no function “{name}” here")
NEAREST_HINT = Text("是不是想写“{nearest}”？", "Did you mean “{nearest}”?")
KNOWN_HINT = Text("可以写：{names}。", "These can be used: {names}.")
NO_OPERATION = Text("“{operation}”不能用在{kinds}上", "“{operation}” does not apply to {kinds}")
NO_OPERATION_HINT = Text(
    "两边的类型要一致：文字加引号；带小数的数（价格、比例）做加减乘除时，对方也写小数，例如 12.0。",
    "Both sides have to be of one type: text in quotes; where decimals (prices, shares) are added, multiplied and the like, "
    "write the other number with a point, such as 12.0.",
)
SYNTAX = Text("表达式写得不对：{detail}", "the expression cannot be read: {detail}")
SYNTAX_HINT = Text(
    "看看括号、引号有没有配对，“并且”写 &&，“或者”写 ||，“等于”写 ==。",
    "Check brackets and quotes; “and” is &&, “or” is ||, “equals” is ==.",
)
NOT_BOOLEAN = Text("when 要问一个是或否的问题，这里得到的是{kind}", "when has to be true or false; this is {kind}")
NOT_BOOLEAN_HINT = Text("写成比较，例如 offer.quota > 0。", "Compare it with something, such as offer.quota > 0.")
NOT_TELLABLE = Text("括号里的值没法写进一句话里：{kind}", "what stands in braces cannot be told in a sentence: {kind}")
NOT_TELLABLE_HINT = Text(
    "写一个值或一列值，例如 offer.name。", "Write one value or a list of values, such as offer.name."
)
BRACES = Text("花括号没有配对", "a brace is without its other half")
BRACES_HINT = Text("要写花括号本身，就写两个：{{{{ 和 }}}}。", "For a brace itself write two: {{{{ and }}}}.")
NO_PLACE = Text("at 指的地方不存在：{owner}里没有“{name}”", "at points nowhere: {owner} has no “{name}”")
NO_PLACE_LIST = Text(
    "at 指的地方不存在：“{name}”应当是第几个（从 0 数起）", "at points nowhere: “{name}” should be a number, from 0"
)
BUILT_IN_FAMILY = Text("{family} 是内置规则用的编号", "{family} is what built-in rules are called")
BUILT_IN_FAMILY_HINT = Text("换个开头，例如 SITE001。", "Begin otherwise, such as SITE001.")
TAKEN = Text("规则 {rule} 已经由 {origin} 提供", "the rule {rule} is there already, from {origin}")
TAKEN_HINT = Text("请卸载 {package}，或者换用别的版本。", "Uninstall {package}, or use another version.")
AT_HINT = Text(
    "从规则看的东西写起，一级一级往下，例如 /price/amount。",
    "Begin at what the rule looks at, step by step, such as /price/amount.",
)

TOO_COSTLY = Text(
    "规则 {rule}（{place}）在本案上算得太久，没有算下去：最多可能要 {cost} 步",
    "the rule {rule} ({place}) would take too long on this campaign and was not evaluated: up to {cost} steps",
)
RAN_AWAY = Text(
    "规则 {rule}（{place}）在本案上循环太多，中止了：一次最多 {rounds} 轮",
    "the rule {rule} ({place}) was stopped on this campaign: more than {rounds} rounds of loops",
)
FAILED = Text(
    "规则 {rule}（{place}）在本案上算不出来：{detail}",
    "the rule {rule} ({place}) cannot be evaluated on this campaign: {detail}",
)
COSTLY_HINT = Text(
    "请写规则的人少套一层 exists、all 或 filter，或者先用便宜的条件筛掉。本案没有按这条规则检查。",
    "Whoever wrote the rule should nest fewer exists, all or filter. The campaign was not checked by this rule.",
)
FAILED_HINT = Text(
    "请写规则的人改表达式：先用 has(…) 或 size(…) 问有没有，再取值，除数不能是 0。本案没有按这条规则检查。",
    "Whoever wrote the rule has to mend it: ask with has(…) or size(…) before taking a value, and never divide by 0. The "
    "campaign was not checked by this rule.",
)

KINDS = {
    "BOOL": Text("是或否", "true or false"),
    "INT": Text("整数", "a whole number"),
    "DOUBLE": Text("小数", "a decimal number"),
    "STRING": Text("文字", "text"),
    "TIMESTAMP": Text("日期", "a date"),
    "DURATION": Text("时长", "a length of time"),
    "LIST": Text("列表", "a list"),
    "MAP": Text("一组字段", "a group of fields"),
    "NULL": Text("空", "nothing"),
    "DYN": Text("类型不定的值", "a value of any type"),
}
"""What types are called."""

PARTS = {
    "Campaign": Text("营销案", "a campaign"),
    "Owner": Text("责任单位", "an owner"),
    "Period": Text("活动期", "a period"),
    "Offer": Text("优惠", "an offer"),
    "Price": Text("价格", "a price"),
    "Gift": Text("赠品", "a gift"),
    "CustomerText": Text("宣传文字", "a text"),
    "FaqEntry": Text("问答", "an entry of the FAQ"),
    "Answer": Text("问答", "an entry of the FAQ"),
    "Shared": Text("shared", "shared"),
}
"""What parts of a spec are called."""

PART = Text("一组字段", "a group of fields")
