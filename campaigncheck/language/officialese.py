"""Officialese: words of notices and contracts that nobody uses at a counter, each with the plain word beside it.

Every entry shows a text in which it fires and, where ordinary words contain it, those words (``allow``) and a text
with one of them. Words in quotation marks are names, of a menu for instance, and are nobody's wording.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from daachorse import MATCH_KIND_LEFTMOST_LONGEST, CharwiseDoubleArrayAhoCorasick

from campaigncheck.language.expressions import expression


class Entry(NamedTuple):
    """A word of officialese; several words are written with blanks between them.

    Attributes:
        word: the word.
        plain: what to say instead; empty where it can simply be left out, or where ``advice`` says more.
        fires: a text in which it is found.
        variants: other forms that the same plain word stands for.
        allow: longer words that contain it, or run into it, and are plain.
        trap: a text in which it must not be found.
        advice: how to say it, where no word can simply be put in its place.
        then: a pattern of what has to follow; the advice may use its groups.
    """

    word: str
    plain: str
    fires: str
    variants: str = ""
    allow: str = ""
    trap: str = ""
    advice: str = ""
    then: str = ""


class Stilted(NamedTuple):
    """Officialese found at ``text[start:end]``, and the plain words for it or how to find them."""

    word: str
    plain: str
    advice: str
    start: int
    end: int


def _before(last: str, firsts: str) -> str:
    """Return the words that end in ``last``."""
    return " ".join(first + last for first in firsts.split())


_SIDES = _before(
    "方",
    "对 双 官 地 平 立 三 第三 甲 乙 一 各 多 买 卖 男 女 校 警 院 厂 资 药 配 秘",
)
"""Words that end in 方 and are often followed by 可以 or 能: 对方可以, 官方能."""
_TRADES = "企 营 行 毕 停 开 就 产 物 专 作 事 商 农 工 创 从 失 职 学 家 副 大 歇 结"
_EACH = "平均 人均 月均 日均 年均 户均"
_DO = (
    "办理|查询|开通|取消|退订|订购|充值|缴费|登记|咨询|更换|变更|激活|安装|确认|核对|核实|申请|预约|领取|补办|修改|设置"
    "|操作|绑定|解绑|投诉|反馈|处理|调整|转换|兑换|付款|支付|结算|扣除|扣款|退款|赔偿|补偿|维修|检测|升级|通知|说明|公示"
)

ENTRIES: tuple[Entry, ...] = (
    # 公文开头结尾
    Entry("兹有", "有", "兹有宽带提速活动，老客户都能办。", allow="念兹", trap="念兹有你，节日快乐。"),
    Entry("兹定于", "定在", "兹定于周六检修线路。", variants="谨订于"),
    Entry("兹因", "因为", "兹因线路检修，周六上不了网。"),
    Entry("兹将", "", "兹将新价格告诉大家。", variants="兹就 兹为 兹对 兹通知", advice="去掉“兹”字"),
    Entry("特此", "", "机房周六断电，特此通知。", allow="独特此 奇特此", trap="造型独特此次送完为止。"),
    Entry("谨此", "", "谨此告诉各位客户，活动延长一周。", variants="谨启 谨致"),
    Entry("为荷", "", "请在月底前回复为荷。", variants="为盼 为祷", allow="因为荷 为荷兰 为荷塘 为荷花 为盼望",
          trap="漫游包改名为荷兰天天包。"),
    Entry("望周知", "请大家都知道", "周六停机维护，望周知。", variants="特此周知 敬请周知"),
    Entry("恳请", "请", "恳请您月底前交费。", variants="烦请 谨请 兹请"),
    Entry("敬请", "请", "敬请带身份证来办。", allow="孝敬请 尊敬请", trap="孝敬请趁早，给爸妈办张卡。"),
    Entry("诚邀", "请", "诚邀老客户参加。"),
    Entry("恭候", "等", "营业厅恭候您来。"),
    Entry("莅临", "来", "欢迎莅临营业厅。"),
    Entry("惠顾", "来", "感谢您惠顾本厅。"),
    Entry("竭诚", "尽力", "我们竭诚为您服务。"),
    Entry("鉴于", "因为", "鉴于线路检修，周六暂停装机。", allow="借鉴于", trap="做法借鉴于上海。"),
    Entry("旨在", "是为了", "活动旨在回馈老客户。", allow="圣旨在 主旨在", trap="主旨在第一行。"),
    Entry("暨", "和", "周年庆暨新春优惠开始了。", allow="暨南 诸暨", trap="诸暨的客户也能办。"),
    # 什么时候
    Entry("之日起", "那天起", "自办理之日起算 12 个月。"),
    Entry("尚未", "还没", "尚未到期的客户不能办。", allow="时尚未 高尚未 风尚未", trap="时尚未来主题的手机壳。"),
    Entry("未曾", "没有", "未曾办过的客户可以试用。"),
    Entry("业已", "已经", "您的宽带业已开通。", variants="业经",
          allow=_before("业", _TRADES),
          trap="门店营业已十年，企业经理也能办。"),
    Entry("完毕", "好", "登记完毕后发短信。"),
    Entry("一经", "一旦", "一经开通，当月收费。", allow=_before("一", "统 唯 第 万 之 单 专 周 星期 初") + " 经典",
          trap="由省里统一经办，唯一经过实名的号码。"),
    # 可以、不可以
    Entry("方可", "才能", "确认两次方可开通。", variants="方能", allow=f"{_SIDES} 方能源 方可爱", trap="对方可以不接，第三方能代办。"),
    Entry("均须", "都要", "主卡副卡均须实名。", variants="均需 皆须 皆需", allow=_EACH, trap="平均需要三分钟。"),
    Entry("均可", "都可以", "各渠道均可办。", variants="皆可 均能", allow=f"{_EACH} 均可比", trap="人均可以领一份。"),
    Entry("均为", "都是", "价格均为每月 20 元。", variants="皆为", allow=_EACH, trap="人均为两台，平均为 3 分钟。"),
    Entry("均不", "都不", "两档均不收装机费。", allow=_EACH, trap="平均不到三分钟。"),
    Entry("均无", "都没有", "两档均无装机费。", variants="均未", allow=_EACH, trap="人均未满一件。"),
    Entry("均由", "都由", "费用均由我们出。", allow=_EACH, trap="日均由 3 次变成 5 次。"),
    Entry("不得", "不能", "副卡不得转给别人。",
          allow="不得不 不得了 不得已 舍不得 恨不得 巴不得 怪不得 记不得 由不得 少不得 免不得 "
                "顾不得 说不得 见不得 值不得 要不得 不得而知 怨不得 认不得 懂不得 算不得 急不得",
          trap="舍不得旧号码，不得不留着。"),
    Entry("不予", "不给", "超过一年的不予退款。"),
    Entry("予以", "给", "多收的钱予以退回。", allow="给予以 授予以 赋予以 赠予以 准予以 寄予以", trap="老客户给予以下优惠，授予以下称号。"),
    Entry("概不", "一律不", "过期概不补发。", allow="大概不 气概不", trap="大概不到三分钟。"),
    Entry("恕不", "不", "名额有限，恕不补发。", allow="宽恕不", trap="宽恕不难。"),
    Entry("无须", "不用", "无须带户口本。", variants="毋须 毋需 毋庸 勿须"),
    Entry("尚需", "还要", "尚需补交照片。", variants="尚须", allow="高尚需 时尚需 风尚需", trap="时尚需要一点想象。"),
    Entry("仍须", "还要", "换卡后仍须实名。", variants="仍需"),
    Entry("须经", "要先经过", "转让须经机主同意。", allow="必须经", trap="号码必须经过实名。"),
    Entry("亦可", "", "亦可在 App 里办。", variants="亦须 亦需 亦不 亦能", allow="不亦 反之亦", trap="不亦可乎。", advice="把“亦”改成“也”"),
    Entry("擅自", "没经同意就", "不要擅自拆机。"),
    # 如果、因为
    Entry("倘若", "要是", "倘若搬家，请先打电话。", variants="如若 倘使", allow="例如若"),
    Entry("凡", "只要是", "凡满一年的客户都能办。",
          allow="平凡 凡是 非凡 不凡 但凡 大凡 凡人 凡事 凡间 凡尔赛 凡士林 凡例 超凡 凡响 凡此 凡夫 凡尘 凡客 凡高 阿凡",
          trap="凡是老客户都能办，平凡日子也有惊喜。"),
    Entry("因故", "", "因故停机的客户也能办。", allow="原因故", trap="停机的原因故障单上写着。", advice="写清是什么原因"),
    Entry("据此", "按这个", "话费据此计算。", allow="根据此 依据此 数据此 证据此 收据此 单据此", trap="根据此前的约定，数据此时还没更新。"),
    Entry("遵照", "按", "请遵照下面的步骤。", variants="依照"),
    Entry("视为", "就算", "不回复视为同意。", variants="视同", allow="一视同仁 电视为 电视同 重视为 影视为 近视为",
          trap="电视为您保留 7 天回看，新老客户一视同仁。"),
    # 谁、哪个
    Entry("系指", "就是", "新客户系指一年内入网的客户。", allow="联系 关系 体系 院系", trap="请联系指定的营业厅。"),
    Entry("相应", "", "多出来的部分扣相应费用。", allow="相应和 互相应 照相应 真相应 手相应", trap="照相应避开强光。", advice="写明是哪一个、多少"),
    Entry("下述", "下面说的", "下述客户都能办。", allow="地下述 手下述", trap="手下述职。"),
    Entry("上述", "上面说的", "上述客户都能办。", variants="前述 所述", allow="晚上述 网上述 会上述 路上述", trap="晚上述职，白天办公。"),
    Entry("我司", "我们", "我司会发短信提醒您。", variants="本司 我方 敝司", allow="自我司 日本司 自我方 我方便 我方法 我方才 本司机 本司法",
          trap="日本司机也能用漫游包，等我方便时再办。"),
    Entry("贵方", "您", "请贵方确认地址。", variants="贵司 贵单位 贵户 贵处", allow="宝贵方 宝贵处 昂贵处 珍贵处 可贵处 昂贵方 珍贵方 高贵方",
          trap="宝贵方法都在这里。"),
    Entry("项下", "里面的", "合同项下的费用按月扣。", allow="选项下 事项下 单项下 各项下 这项下 每项下 项下载 项下拉",
          trap="在这个选项下面点确定，各项下载都免流量。"),
    Entry("前款", "上一条", "前款费用按月收。", allow="以前款 之前款 目前款", trap="以前款式也能换。"),
    # 做什么
    Entry("进行", "", "请到营业厅进行业务办理。", then=rf"(?:了|一次|相关|有关)?[^，。；！？、：,;!?:\s期中时到后]{{0,6}}?({_DO})",
          trap="活动正在进行，进行到月底；进行中的活动都能办。", advice="直接说“{}”"),
    Entry("自行", "自己", "请自行下载 App。", allow="自行车 各自行 独自行", trap="骑自行车来也有停车位。"),
    Entry("告知", "告诉", "请告知新地址。", allow="公告知 广告知 报告知", trap="从公告知道了活动。"),
    Entry("知悉", "知道", "请您知悉。", variants="获悉 悉知 知晓"),
    Entry("缴纳", "交", "请按时缴纳月费。", variants="缴存 缴清 缴付"),
    Entry("开具", "开", "可以开具发票。", allow="公开具 展开具 召开具", trap="活动公开具体名单。"),
    Entry("出具", "拿出", "请出具身份证。", allow="列出具 给出具 写出具 说出具 算出具 提出具 指出具 看出具", trap="请说出具体地址。"),
    Entry("携带", "带", "请携带身份证。", allow="号码携带", trap="换一家也能留号码，这叫号码携带。"),
    Entry("致电", "打电话给", "请致电客服热线。", allow="导致电 以致电 一致电 大致电", trap="断网会导致电视没画面。"),
    Entry("签署", "签", "请签署协议。", variants="签订 签具"),
    Entry("终止", "停", "到期后服务终止。", variants="中止"),
    Entry("享有", "有", "老客户享有八折。", allow="共享有 分享有 同享有 尊享有", trap="家庭共享有三个副卡名额。"),
    Entry("获赠", "送给您", "办理后获赠 10GB。"),
    Entry("请至", "请到", "请至营业厅办。", allow="请至少 请至多 申请至 邀请至", trap="办理前请至少留 10 元，从申请至开通要一天。"),
    Entry("可至", "", "可至营业厅办。", variants="须至 需至", allow="可至少 可至多 须至少 必须至 需至少 需至多 许可至",
          trap="每人可至少领一份。", advice="把“至”改成“到”"),
    Entry("持有效证件", "带身份证", "请持有效证件办理。", variants="持有效身份证", allow="支持 保持 维持",
          trap="系统只支持有效证件办理。"),
    Entry("持本人", "带本人", "请持本人身份证办理。", allow="支持 保持 坚持 维持 主持", trap="只支持本人办理。"),
    Entry("以资", "来", "送话费以资鼓励。", allow="可以资 以资费 以资金 以资料 以资讯", trap="价格以资费单为准。"),
    Entry("为限", "最多", "退款以一年话费为限。", allow="为限时 为限制 为限定 为限量 为限速 为限额 为限期", trap="改为限速不断网，改为限时半价。"),
    Entry("为宜", "最好", "放在客厅为宜。", allow="为宜宾 为宜昌 为宜春 为宜兴 为宜家 因为宜", trap="改为宜宾的营业厅办。"),
    Entry("未尽事宜", "没说到的", "未尽事宜请打客服热线。"),
    Entry("事宜", "事", "换卡事宜请到营业厅办。", allow="此事宜早", trap="此事宜早不宜迟。"),
    Entry("由此产生", "因为这个多出来", "由此产生的费用您自己付。", variants="因此产生"),
)  # fmt: skip


_ENTRY_OF = {word: entry for entry in ENTRIES for word in (entry.word, *entry.variants.split())}
_FORMS = tuple(_ENTRY_OF)
_AUTOMATON = CharwiseDoubleArrayAhoCorasick(list(_FORMS), MATCH_KIND_LEFTMOST_LONGEST)
_QUOTED = expression("“[^“”\n]*”|「[^「」\n]*」|‘[^‘’\n]*’|『[^『』\n]*』")


def officialese(text: str) -> list[Stilted]:
    """Return the officialese of a text, in order of place."""
    matches = _AUTOMATON.find(text)
    if not matches:
        return []
    found = []
    for start, end, index in matches:
        stilted = _stilted(text, _ENTRY_OF[_FORMS[index]], start, end)
        if stilted is not None:
            found.append(stilted)
    return _unquoted(text, found) if found else found


def _stilted(text: str, entry: Entry, start: int, end: int) -> Stilted | None:
    """Return a word with what has to follow it; None if that does not, or if an allowed word covers part of it."""
    if any(
        text.startswith(word, at) for word in entry.allow.split() for at in range(max(0, start - len(word) + 1), end)
    ):
        return None
    if not entry.then:
        return Stilted(text[start:end], entry.plain, entry.advice, start, end)
    match = _then(entry).match(text, start)
    return Stilted(match[0], entry.plain, entry.advice.format(*match.groups()), start, match.end()) if match else None


@lru_cache(maxsize=64)
def _then(entry: Entry) -> re.Pattern[str]:
    return re.compile(re.escape(entry.word) + entry.then)


def _unquoted(text: str, found: list[Stilted]) -> list[Stilted]:
    """Leave out what stands in quotation marks."""
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    return [item for item in found if not any(low < item.start and item.end < high for low, high in quoted)]
