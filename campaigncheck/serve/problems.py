"""Why a request is refused, in words for the person at the page."""

from __future__ import annotations

from campaigncheck.messages import Message, Text

GONE = Text("仓库里没有 {path}", "there is no {path} in the repository")
GONE_HINT = Text(
    "可能刚被改名或删掉；刷新页面再选一次。",
    "It may just have been renamed or deleted: reload the page and choose again.",
)
HOST = Text("这个地址不是本机服务的地址：{host}", "this is not an address of the local server: {host}")
HOST_HINT = Text("请用启动时显示的地址打开。", "Open the address that was shown at the start.")
FOREIGN = Text("请求来自别的网站，没有处理", "the request comes from another site and was refused")
FOREIGN_HINT = Text("请直接打开本机的页面再操作。", "Open the local page itself and try again.")
TOKEN = Text("这个页面是以前打开的，服务已经重新启动过", "this page is from before the server was started anew")
TOKEN_HINT = Text("先把内容下载下来，再刷新页面。", "Download what you have, then reload the page.")
LARGE = Text("内容超过 {limit} MiB，不收", "this is more than {limit} MiB and is refused")
LARGE_HINT = Text(
    "一个营销案一般不到 20 KB；请确认选的是营销案文件。", "A spec has less than 20 kB as a rule: make sure it is one."
)
SLOW_BODY = Text("内容传得太慢，不再等了", "what was sent came too slowly")
SLOW_BODY_HINT = Text("再试一次。", "Try again.")
TYPE = Text("请求的格式不对：{reason}", "the request is not as it should be: {reason}")
TYPE_HINT = Text("刷新页面再试。", "Reload the page and try again.")
SLOW = Text("检查超过 {seconds} 秒还没有完，停了下来", "the check took more than {seconds} seconds and was stopped")
SLOW_HINT = Text(
    "把内容分成几个营销案，或者在命令行里用 campaigncheck check 检查。",
    "Split the campaign, or use campaigncheck check on the command line.",
)
BUSY = Text("现在用的人太多，检查排不上", "too many people are checking at the moment")
BUSY_HINT = Text("过几秒会自动再试。", "The page tries again in a few seconds.")
DIED = Text("检查的进程意外结束了", "the process that checks ended unexpectedly")
DIED_HINT = Text(
    "再试一次；总是这样，就把内容发给维护人员。",
    "Try again; if it happens every time, send the spec to whoever maintains this.",
)
FAULT = Text("服务内部出错", "an internal fault of the server")
FAULT_HINT = Text(
    "内容没有丢；把用到的内容发给维护人员。", "Nothing that you wrote is lost; send the spec to whoever maintains this."
)
NOT_FOUND = Text("没有这个地址", "there is nothing at this address")
NOT_FOUND_HINT = Text("回到首页。", "Go back to the start page.")
METHOD = Text("这个地址不能这样用", "this address is not used this way")
NO_TABLE_HINT = Text("先改好标为 SPEC 的问题。", "Mend the findings marked SPEC first.")
NO_TABLE = Text("还读不懂，做不出工作簿", "no workbook: the spec cannot be read yet")
NOT_SAVING = Text("这个服务不保存文件", "this server saves no files")
NOT_SAVING_HINT = Text("请下载；要能保存，启动时加 --save。", "Download it, or start the server with --save.")
NO_ID = Text(
    "没有写编号 id，或者写得不对，不知道存成哪个文件", "without a proper id it is not known which file to save"
)
NO_ID_HINT = Text(
    "写上 id：3 到 64 个小写字母、数字或短横线。", "Give it an id: 3 to 64 lower-case letters, digits or hyphens."
)
CHANGED = Text("{path} 被别人改过了，没有覆盖", "{path} was changed by somebody else and was not overwritten")
CHANGED_HINT = Text(
    "先下载自己的内容，再从仓库重新打开，把改动合进去。",
    "Download yours, open the campaign anew, and bring your changes in.",
)
OUTSIDE = Text(
    "{path} 是链接，或者在 campaigns 文件夹以外，不写",
    "{path} is a link, or outside the folder of campaigns, and is not written",
)
OUTSIDE_HINT = Text(
    "请下载，由管仓库的人放进去。", "Download it and have it put there by whoever keeps the repository."
)
UNWRITTEN = Text("{path} 写不进去：{reason}", "{path} cannot be written: {reason}")
UNWRITTEN_HINT = Text(
    "请下载下来，再请维护人员看文件夹的权限和剩余空间。", "Download it, and have permissions and disk space looked at."
)


class RefusedError(Exception):
    """Raised where a request cannot be done; with its status and what to tell the person."""

    def __init__(self, status: int, message: Message, hint: Message) -> None:
        super().__init__(message.render("en"))
        self.status = status
        self.message = message
        self.hint = hint
