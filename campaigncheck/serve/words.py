"""What stands on the page, and what its script says; in braces stands what the script puts in."""

from __future__ import annotations

from campaigncheck.labels import STAGES
from campaigncheck.messages import Text
from campaigncheck.report.names import SEVERITIES, VERDICTS

PAGE = {
    "title": Text("边写边查营销案", "Check a campaign as you write"),
    "lead": Text(
        "把营销案贴进来、选一个文件，或者从仓库里打开。写的时候就会检查；不点“保存”，什么也不会留下。",
        "Paste a campaign, choose a file, or open one of the repository. It is checked as you write, and nothing is kept unless you save.",
    ),
    "lead_plain": Text(
        "把营销案贴进来、选一个文件，或者从仓库里打开。写的时候就会检查；内容不会留在这台机器上，改好了请下载。",
        "Paste a campaign, choose a file, or open one of the repository. It is checked as you write and kept nowhere: download it when done.",
    ),
    "day": Text("按这一天检查：", "Checked for: "),
    "home": Text("比对的营销案：", "Compared with: "),
    "other_lang": Text("English", "中文"),
    "skip": Text("跳到编辑区", "Skip to the editor"),
    "no_script": Text(
        "这个页面要用 JavaScript。不能开的话，请在命令行里用 campaigncheck check 检查。",
        "This page needs JavaScript. Without it, use campaigncheck check on the command line.",
    ),
    "tools": Text("文件", "File"),
    "choose": Text("选文件…", "Choose a file…"),
    "choose_what": Text("选一个 YAML 或 Excel 文件", "Choose a YAML or Excel file"),
    "from": Text("从仓库打开", "Open from the repository"),
    "download": Text("下载 YAML", "Download YAML"),
    "workbook": Text("下载 Excel", "Download Excel"),
    "save": Text("保存到仓库", "Save to the repository"),
    "editor": Text("营销案（YAML）", "Campaign (YAML)"),
    "shortcuts": Text(
        "F8 跳到下一个问题，Ctrl+F 查找，Ctrl+Z 撤销；按 Tab 离开编辑区。",
        "F8 goes to the next finding, Ctrl+F searches, Ctrl+Z undoes; Tab leaves the editor.",
    ),
    "result": Text("检查结果", "Result"),
    "findings": Text("要改的地方", "Findings"),
    "neighbours": Text("碰到的活动", "Runs beside"),
    "sheet": Text("FAQ 单", "FAQ sheet"),
    "sheet_frame": Text("FAQ 单预览", "Preview of the FAQ sheet"),
    "handling": Text("柜台办理时间：", "Minutes at the counter: "),
}

SCRIPT = {
    "start": Text("还没有内容。", "There is nothing to check yet."),
    "checking": Text("正在检查…", "Checking…"),
    "offline": Text(
        "连不上服务，可能已经停了；内容还在，可以先下载。",
        "The server does not answer; your text is still here and can be downloaded.",
    ),
    "again": Text("{message}。{hint}", "{message}. {hint}"),
    "counts": Text(
        "错误 {errors}，警告 {warnings}，提示 {notes}", "errors {errors}, warnings {warnings}, notes {notes}"
    ),
    "waived_count": Text("，已放行的例外 {waived}", ", waived {waived}"),
    "none": Text("没有发现问题。", "Nothing was found."),
    "line": Text("第 {line} 行", "line {line}"),
    "line_of": Text("{path} 第 {line} 行", "{path}, line {line}"),
    "hint": Text("怎么改：{hint}", "Mend: {hint}"),
    "see": Text("另一处：{where} {message}", "See: {where} {message}"),
    "in_title": Text("“{title}”（{path} 第 {line} 行）", "“{title}” ({path}, line {line})"),
    "waived": Text(
        "已放行：{reason}（{approver}批准，到 {expires}）", "waived: {reason} (approved by {approver}, until {expires})"
    ),
    "in_others": Text("给别的营销案带来的问题", "What this brings upon other campaigns"),
    "version_of": Text("和仓库里的 {path} 是同一个营销案，按它的新版本检查。", "Checked as a new version of {path}."),
    "new_at": Text(
        "仓库里还没有这个营销案，按新的 {path} 检查。", "Not in the repository yet: checked as a new campaign, {path}."
    ),
    "minutes": Text(
        "平均 {mean} 分钟（上限 {limit_mean}），九成在 {p90} 分钟以内（上限 {limit_p90}）",
        "mean {mean} (at most {limit_mean}), nine of ten within {p90} (at most {limit_p90})",
    ),
    "no_minutes": Text("没有柜台办理步骤", "no steps at a counter"),
    "nobody": Text(
        "没有别的活动在同一时间、同一地方推给同一批客户。",
        "No other campaign reaches these customers at the same time and place.",
    ),
    "not_yet": Text(
        "还读不懂这个营销案，先改好标为 SPEC 的问题。",
        "The campaign cannot be read yet: mend the findings marked SPEC first.",
    ),
    "beside": Text("{count} 个活动推给同一批客户：", "{count} campaigns reach the same customers:"),
    "beside_more": Text("只列出最早的 {shown} 个。", "The first {shown} are listed."),
    "stale": Text(
        "仓库里有错，还在按改动以前的内容检查：",
        "Something is wrong in the repository; answers are about its state before:",
    ),
    "too_large": Text("文件超过 {limit} MiB，不是营销案", "the file is larger than {limit} MiB and no campaign"),
    "opened": Text("打开了 {name}", "Opened {name}"),
    "from_book": Text("从 Excel 读的时候看到：", "Seen while reading the workbook:"),
    "saved": Text("已存到 {path}", "Saved to {path}"),
    "downloaded": Text("已下载 {name}", "Downloaded {name}"),
    "discard": Text(
        "编辑区里的改动还没有下载或保存，要换成别的内容吗？",
        "Your changes are neither downloaded nor saved. Replace them?",
    ),
    **{f"severity_{name}": text for name, text in SEVERITIES.items()},
    **{f"verdict_{name}": text for name, text in VERDICTS.items()},
    **{f"stage_{name}": text for name, text in STAGES.items()},
}

PHRASES = {
    "Find": Text("查找", "Find"),
    "Replace": Text("替换为", "Replace"),
    "next": Text("下一个", "next"),
    "previous": Text("上一个", "previous"),
    "all": Text("全选", "all"),
    "match case": Text("区分大小写", "match case"),
    "by word": Text("整词", "by word"),
    "regexp": Text("正则表达式", "regexp"),
    "replace": Text("替换", "replace"),
    "replace all": Text("全部替换", "replace all"),
    "close": Text("关闭", "close"),
    "current match": Text("当前的一处", "current match"),
    "on line": Text("在第几行：", "on line"),
    "replaced match on line $": Text("替换了第 $ 行的一处", "replaced match on line $"),
    "replaced $ matches": Text("替换了 $ 处", "replaced $ matches"),
    "Go to line": Text("跳到行", "Go to line"),
    "go": Text("跳", "go"),
    "Diagnostics": Text("要改的地方", "Findings"),
    "No diagnostics": Text("没有发现问题", "Nothing was found"),
    "Control character": Text("控制字符", "Control character"),
    "Selection deleted": Text("已删掉选中的内容", "Selection deleted"),
}
"""What the editor itself says, by its English words."""
