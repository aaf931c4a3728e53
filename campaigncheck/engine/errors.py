"""Wrong usage and configuration: the program stops with exit code 2 and says what to do."""

from __future__ import annotations

from campaigncheck.messages import Message, Text


class UsageError(Exception):
    """Something about the call itself is wrong."""

    def __init__(self, message: Message, hint: Message) -> None:
        super().__init__(message.render("en"))
        self.message = message
        self.hint = hint


NO_SUCH_PATH = Text("没有这个路径：{path}", "there is no such path: {path}")
NO_SUCH_PATH_HINT = Text("请检查拼写，以及当前所在的目录。", "Check the spelling and the folder you are in.")
NO_CAMPAIGNS = Text("没有可以检查的营销案：{path}", "there is nothing to check in {path}")
NO_CAMPAIGNS_HINT = Text(
    "营销案是扩展名为 .yaml 或 .yml 的文件；隐藏的文件和文件夹不看。",
    "Campaigns are files named .yaml or .yml; hidden files and folders are not looked at.",
)
NO_DEFAULT = Text("当前目录和上级目录里都没有 campaigns 文件夹", "there is no folder campaigns here or above")
NO_DEFAULT_HINT = Text(
    "请在营销案仓库里运行，或者写明路径：campaigncheck check 路径；还没有仓库就新建一个：campaigncheck init",
    "Run this in the campaign repository, or name a path: campaigncheck check PATH; `campaigncheck init` starts a repository",
)
UNREADABLE_FOLDER = Text("打不开文件夹 {path}：{reason}", "the folder {path} cannot be read: {reason}")
UNREADABLE_FOLDER_HINT = Text("请检查读取权限。", "Check that you may read it.")
NO_RULES = Text("没有规则目录：{path}", "there is no rules folder {path}")
NO_RULES_HINT = Text(
    "--rules 要指向一个存在的文件夹；不写就用内置规则。",
    "--rules names an existing folder; without it the built-in rules hold.",
)
UNKNOWN_RULE = Text("没有叫“{name}”的规则", "there is no rule “{name}”")
UNKNOWN_RULE_HINT = Text(
    "是不是想写 {nearest}？campaigncheck rules 列出全部规则。",
    "Did you mean {nearest}? `campaigncheck rules` lists them.",
)
RULES_LIST_HINT = Text("campaigncheck rules 列出全部规则。", "`campaigncheck rules` lists all rules.")
NOTHING_SELECTED = Text("选来选去一条规则也不剩", "no rule is left to check")
NOTHING_SELECTED_HINT = Text("请检查 --select 和 --ignore。", "Check --select and --ignore.")
FIXED_RULE = Text("{name} 不能忽略", "{name} cannot be ignored")
FIXED_RULE_HINT = Text(
    "读不懂的营销案没法检查，SPEC 规则始终有效。", "What cannot be read cannot be checked: SPEC rules always hold."
)
FIXED_SEVERITY = Text("{name} 的级别只能是 error", "the severity of {name} has to be error")
CANNOT_WRITE = Text("写不了 {path}：{reason}", "{path} cannot be written: {reason}")
CANNOT_WRITE_HINT = Text(
    "请检查文件夹是否存在、有没有写入权限、磁盘是否已满。",
    "Check that the folder exists, may be written, and has room.",
)
NO_SEVERITY = Text("policy.yaml 没有写 {name} 的级别", "policy.yaml gives no severity for {name}")
NO_SEVERITY_HINT = Text(
    "在 severities 里加上 {name}，或者在文件开头写 extends: builtin 沿用内置的级别。",
    "Add {name} to severities, or write `extends: builtin` to keep the built-in ones.",
)
NO_LIMIT = Text("policy.yaml 没有写 {rule} 要用的 {name}", "policy.yaml gives no {name}, which {rule} needs")
AFTER_SERVICE = Text("后服务成本", "the after-service cost")
NO_LIMIT_HINT = Text(
    "在 limits 里加上 {name}，或者在文件开头写 extends: builtin 沿用内置的数。",
    "Add {name} to limits, or write `extends: builtin` to keep the built-in ones.",
)
