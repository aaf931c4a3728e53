"""Whether words are the name of something on a screen, which people have to find as it is written: 点“套外流量”."""

from __future__ import annotations

from campaigncheck.language.expressions import expression

_OPENERS = {"“": "”", "「": "」", "『": "』", "【": "】", "‘": "’", '"': '"', "《": "》"}
_LONGEST = 16
"""Names on screens are short."""
_LEADS_THERE = expression(
    r"(?:点击?|点开|点一下|轻触|选|选择|选中|打开|进入|进到|找到|按|按下|勾选|关闭|关掉|开启|切换到|搜|搜索|查|查看|看到|显示|写着|提示|菜单|首页|设置|页面"
    r"|App|app|APP|小程序|公众号|遥控器|屏幕)(?:里|中|上|里的|中的|上的|的|，|：|:|\s)*$"
)
_IS_THERE = expression(
    r"(?:页|按钮|按键|菜单|选项|开关|栏|标签|入口|图标|频道|字样|界面|功能区|专区|一栏|一项|这一|里[点选看搜找]|中[点选看搜找]|下[点选看找])"
)


def is_menu_name(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` stands in quotation marks that name what to press, open or look for."""
    quote = _quote(text, start, end)
    if quote is None:
        return False
    left, right = quote
    return _LEADS_THERE.search(text, max(0, left - _LONGEST), left) is not None or (
        _IS_THERE.match(text, right + 1) is not None
    )


def _quote(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return where the marks around a place stand, if they are near and close."""
    for left in range(start - 1, max(-1, start - _LONGEST), -1):
        closer = _OPENERS.get(text[left])
        if closer is not None:
            right = text.find(closer, end, left + _LONGEST + 2)
            return (left, right) if right >= 0 and closer not in text[left + 1 : end] else None
        if text[left] in "”」』】’》。！？\n":
            return None
    return None
