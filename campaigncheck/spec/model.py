"""The campaign spec, version 1, field by field.

Titles, descriptions and examples are Chinese because editors show them to the marketers who fill
the spec in; the JSON Schema and the spec reference are generated from here.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from campaigncheck.spec.types import (
    Channel,
    Condition,
    Count,
    Day,
    HallId,
    Hours,
    Id,
    Line,
    LocalField,
    Minutes,
    Months,
    Name,
    OfferId,
    OfferKind,
    Pattern,
    PositiveMonths,
    ProductPath,
    Prose,
    RegionCode,
    Seconds,
    Share,
    SpecVersion,
    Stage,
    TextChannel,
    Times,
    Yuan,
)


class Part(BaseModel):
    """Base of all parts of a spec: strict, immutable, no unknown keys."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, defer_build=True)


class Owner(Part):
    """谁负责这个营销案。"""

    region: RegionCode = Field(
        title="责任单位所在地区",
        description="责任单位的行政区划代码：省公司写省代码，市公司写市代码，加引号。",
        examples=["510000"],
    )
    department: Line = Field(title="责任部门", description="提交并负责这个营销案的部门。", examples=["市场经营部"])
    contact: Line = Field(
        title="联系方式", description="检查发现问题时联系谁：邮箱或电话。", examples=["marketing-sc@example.com"]
    )


class Period(Part):
    """营销案从哪天到哪天，首尾两天都算。"""

    start: Day = Field(title="开始日期", description="第一天，北京时间，含当天。", examples=["2027-01-15"])
    end: Day = Field(title="结束日期", description="最后一天，北京时间，含当天。", examples=["2027-03-31"])


class Regions(Part):
    """在哪些地区开展。"""

    include: list[RegionCode] = Field(
        title="包含地区",
        description="行政区划代码（GB/T 2260），要加引号；写省代码表示全省所有市州，000000 表示全国。",
        examples=[["510000"]],
        min_length=1,
        max_length=4_000,
    )
    exclude: list[RegionCode] = Field(
        default_factory=list,
        title="除外地区",
        description="从包含地区里去掉的地区代码。",
        examples=[["513200"]],
        max_length=4_000,
    )


class Price(Part):
    """客户要付多少钱，单位是元。"""

    amount: Yuan = Field(title="金额（元）", description="优惠期内或一直要付的金额。", examples=[20])
    per: Literal["month", "once", "day"] = Field(
        default="month", title="怎么收", description="month 按月，once 一次性，day 按天。", examples=["month"]
    )
    for_months: PositiveMonths | None = Field(
        default=None, title="这个价格持续几个月", description="之后按 then 收；不写表示一直是这个价格。", examples=[12]
    )
    then: Yuan | None = Field(
        default=None, title="之后的金额（元）", description="优惠期或免费期结束以后的金额。", examples=[30]
    )


class Gift(Part):
    """随优惠赠送的物品。"""

    name: Line = Field(title="赠品名称", description="客户看得懂的名称和规格。", examples=["路由器"])
    quantity: Count = Field(title="数量", description="一共备了多少份。", examples=[3000])
    collect: Literal["hall", "post"] = Field(
        title="怎么领", description="hall 到营业厅领，post 邮寄。", examples=["hall"]
    )


AudienceGroup = Annotated[dict[Name, Condition], Field(max_length=50)]


class Offer(Part):
    """营销案里的一项优惠。"""

    id: OfferId = Field(
        title="优惠编号", description="在本营销案内不重复：小写字母、数字和短横线。", examples=["speedup"]
    )
    name: Line = Field(title="优惠名称", description="客户看到的名称。", examples=["宽带提速包"])
    product: ProductPath = Field(title="产品", description="产品目录里的编号，用点分级。", examples=["broadband.300m"])
    kind: OfferKind = Field(
        title="优惠类型",
        description="discount 折扣，contract 合约，gift 赠礼，bundle 组合，trial 试用，points 积分，upgrade 升级。",
        examples=["contract"],
    )
    audience: list[AudienceGroup] = Field(
        default_factory=list,
        title="这项优惠的客户范围",
        description="在营销案的客户范围之内再缩小；不写就和营销案相同。",
    )
    price: Price | None = Field(
        default=None, title="价格", description="不收费就不写。", examples=[{"amount": 20, "per": "month"}]
    )
    contract_months: Months = Field(
        default=0, title="合约月数", description="承诺使用几个月，0 表示没有合约。", examples=[24]
    )
    early_exit: Line | None = Field(
        default=None,
        title="提前解约怎么收",
        description="合约没到期就停用，客户要付什么。",
        examples=["按剩余月数每月补 10 元"],
    )
    renewal: Literal["automatic", "manual", "none"] = Field(
        default="none", title="到期后怎么续", description="automatic 自动续，manual 客户自己续，none 到期结束。"
    )
    takes_effect: Literal["immediate", "next_month", "on_date"] = Field(
        default="immediate", title="何时生效", description="immediate 立即，next_month 下月 1 日，on_date 指定日期。"
    )
    free_months: Months = Field(
        default=0, title="免费月数", description="开头免费几个月，排在 for_months 之前。", examples=[3]
    )
    gift: Gift | None = Field(default=None, title="赠品", description="没有赠品就不写。")
    quota: Count | None = Field(default=None, title="名额", description="最多办理多少笔；不限就不写。", examples=[5000])
    opt_in_code: Annotated[str, Field(min_length=1, max_length=20)] | None = Field(
        default=None, title="短信办理代码", description="客户发短信办理时发送的内容。", examples=["KDTS"]
    )
    confirm: Literal["once", "twice", "none"] = Field(
        default="none", title="办理时确认几次", description="要收费的优惠必须 twice（二次确认）。"
    )
    cancel: list[Channel] = Field(
        default_factory=list,
        title="可以在哪里取消",
        description="能取消这项优惠的渠道。",
        examples=[["app", "sms", "hall"]],
        max_length=8,
    )
    excludes: list[Pattern] = Field(
        default_factory=list,
        title="不能同时享受的",
        description="产品模式（broadband.*）或营销案模式（campaign:sc-2026-*）。",
        examples=[["broadband.*", "campaign:sc-2026-*"]],
        max_length=200,
    )
    stacks_with: list[Pattern] = Field(
        default_factory=list,
        title="可以同时享受的",
        description="写法和 excludes 相同。",
        examples=[["tv.*"]],
        max_length=200,
    )
    local: list[LocalField] = Field(
        default_factory=list,
        title="地市可以不同的字段",
        description="地市落地这项优惠时，可以和省里不一样的字段。",
        examples=[["gift"]],
        max_length=20,
    )


class CustomerText(Part):
    """客户会看到或听到的一段话。"""

    channel: TextChannel = Field(title="渠道", description="在哪里给客户看或听。", examples=["sms"])
    text: Prose = Field(
        title="内容", description="一字不差的正文。", examples=["回复 KDTS，宽带升到 300M，每月加 20 元。"]
    )


class PreparedAnswer(Part):
    """对容易误解的说法准备好的应答口径。"""

    phrase: Line = Field(title="容易误解的说法", description="正文里出现的原话。", examples=["最高300M"])
    answer: Prose = Field(
        title="应答口径", description="一线照着说的解释。", examples=["300M 是上限，一般在 270M 以上。"]
    )


class FaqEntry(Part):
    """一问一答。"""

    topic: Name = Field(title="主题", description="FAQ 主题目录里的编号。", examples=["eligibility"])
    q: Line = Field(title="问", description="客户会怎么问。", examples=["谁可以办？"])
    a: Prose = Field(
        title="答", description="用大白话回答，带上具体数字。", examples=["入网满 12 个月的宽带客户都可以办。"]
    )
    short: Annotated[str, Field(min_length=1, max_length=70)] | None = Field(
        default=None,
        title="短信回答",
        description="一条短信发得下的回答，最多 70 个字；不写就用“答”里放得下的整句。",
        examples=["号码用满 12 个月的宽带客户都能办。"],
    )


def _step(value: Any) -> Any:
    return {"step": value} if isinstance(value, str) else value


class StepUse(Part):
    """办理时的一个步骤。"""

    step: Name = Field(title="步骤", description="步骤目录里的编号。", examples=["verify_identity"])
    minutes: Annotated[list[Minutes], Field(min_length=3, max_length=3)] | None = Field(
        default=None, title="用时（分钟）", description="最短、最可能、最长；不写就用目录里的。", examples=[[1, 1.5, 3]]
    )
    times: Times = Field(default=1, title="做几遍", description="一笔业务里重复几次。", examples=[1])
    share: Share = Field(
        default=1.0, title="发生的比例", description="多少笔业务会做这一步，0.6 表示六成。", examples=[0.6]
    )
    halls: list[HallId] = Field(
        default_factory=list,
        title="哪些营业厅要做",
        description="只有这些营业厅做这一步，同一步骤没有写营业厅的那一条在这些厅不算；不写就是每个营业厅。",
        examples=[["sc-cd-001"]],
        max_length=1_000,
    )
    channels: list[Channel] = Field(
        default_factory=list,
        title="哪些渠道要做",
        description="只有这些渠道做这一步，同一步骤没有写渠道的那一条在这些渠道不算；不写就是每个渠道。",
        examples=[["hall"]],
        max_length=8,
    )


class Trial(Part):
    """一次真实营业厅里的计时演练。"""

    hall: HallId = Field(title="营业厅", description="营业厅编号。", examples=["sc-cd-001"])
    on: Day = Field(title="日期", description="演练是哪天。", examples=["2027-01-06"])
    seconds: list[Seconds] = Field(
        title="用时（秒）",
        description="每笔一个数，从开始办理到结束。",
        examples=[[182, 240, 205]],
        min_length=1,
        max_length=10_000,
    )


class Handling(Part):
    """在营业厅柜台怎么办理、要多久。"""

    steps: list[Annotated[StepUse, BeforeValidator(_step, json_schema_input_type=Name | StepUse)]] = Field(
        default_factory=list, title="办理步骤", description="按顺序写；只写编号就用目录里的用时。", max_length=100
    )
    trials: list[Trial] = Field(
        default_factory=list, title="计时演练", description="在真实营业厅计时的结果。", max_length=1_000
    )


class Demand(Part):
    """预计多少人来办。"""

    uptake: Count = Field(title="预计办理量", description="整个期间、整个范围的办理笔数。", examples=[12000])
    enquiries: Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)] = Field(
        default=0.0, title="每笔带来几次咨询", description="只问不办的人数和办理笔数之比。", examples=[0.5]
    )
    channel_share: dict[Channel, Share] = Field(
        default_factory=dict,
        title="渠道占比",
        description="各渠道的办理占比，加起来等于 1。",
        examples=[{"hall": 0.4, "app": 0.6}],
    )
    shape: Literal["even", "front_loaded"] = Field(
        default="even", title="怎么分布", description="even 平均，front_loaded 前四分之一时间办掉一半。"
    )


class ReadinessItem(Part):
    """一项支撑准备。"""

    owner: Line | None = Field(default=None, title="责任人", description="谁负责。", examples=["业务支撑中心"])
    done: Day | None = Field(
        default=None, title="完成日期", description="哪天完成；还没完成就不写。", examples=["2027-01-05"]
    )
    passed: Share | None = Field(default=None, title="通过率", description="培训考核通过的比例。", examples=[0.96])


class Support(Part):
    """一线遇到问题找谁。"""

    contact: Line = Field(title="支撑电话", description="一线人员打给谁。", examples=["省业务支撑台 内线 8001"])
    hours: Hours | None = Field(
        default=None, title="值守时间", description="几点到几点有人接。", examples=["08:00-20:00"]
    )


class Signoff(Part):
    """一次会签。"""

    role: Literal["marketing", "service", "cities"] = Field(
        title="会签角色", description="marketing 市场，service 服务，cities 地市。", examples=["service"]
    )
    by: Line = Field(title="会签人", description="哪个部门或谁签的。", examples=["客户服务部"])
    on: Day = Field(title="日期", description="哪天签的。", examples=["2027-01-09"])


class Campaign(Part):
    """一个营销案：一个 YAML 文件写一个。"""

    spec: SpecVersion = Field(title="格式版本", description="固定写 1。", examples=[1])
    id: Id = Field(
        title="营销案编号",
        description="全库唯一：小写字母、数字和短横线，3 到 64 个字符。",
        examples=["sc-2027-spring-broadband"],
    )
    title: Line = Field(title="名称", description="客户看到的活动名称。", examples=["迎春宽带提速"])
    summary: Annotated[str, Field(max_length=1_000)] = Field(
        default="", title="一句话说明", description="用大白话说清楚是什么、多少钱。"
    )
    owner: Owner = Field(title="责任单位", description="谁负责这个营销案。")
    stage: Stage = Field(
        title="阶段",
        description="draft 草稿，testing 测试，optimising 优化，approved 已批准，launched 已上线，retired 已下线。",
        examples=["testing"],
    )
    submitted: Day | None = Field(
        default=None, title="提交日期", description="哪天正式提交评审。", examples=["2026-12-20"]
    )
    parent: Id | None = Field(
        default=None,
        title="上级营销案",
        description="地市落地省级营销案时，写省级营销案的编号；它自己不能再有上级，并且要在本案的每个城市开展。",
    )
    themes: list[Name] = Field(
        default_factory=list,
        title="主题",
        description="用来看省市活动是否呼应。",
        examples=[["broadband"]],
        max_length=50,
    )
    period: Period = Field(title="活动期", description="首尾两天都算。")
    regions: Regions = Field(title="地区", description="在哪些地区开展。")
    halls: list[HallId] = Field(
        default_factory=list,
        title="营业厅",
        description="只在这些营业厅办；不写就是地区内所有营业厅。",
        max_length=10_000,
    )
    channels: list[Channel] = Field(
        title="办理渠道", description="客户可以在哪里办。", examples=[["hall", "app"]], min_length=1, max_length=8
    )
    audience: list[AudienceGroup] = Field(
        default_factory=list,
        title="客户范围",
        description="一组一组地写，满足任意一组即可；一组之内要全部满足；不写表示所有客户。",
        examples=[[{"brand": ["全球通"], "tenure_months": ">=12"}]],
        max_length=200,
    )
    offers: list[Offer] = Field(title="优惠", description="这个营销案里的各项优惠。", min_length=1, max_length=200)
    texts: list[CustomerText] = Field(
        default_factory=list, title="宣传文字", description="客户会看到或听到的所有内容。", max_length=500
    )
    terms: dict[Line, Prose] = Field(
        default_factory=dict,
        title="术语解释",
        description="正文里用到的术语的大白话解释。",
        examples=[{"FTTR": "把光纤接到每个房间"}],
    )
    answers: list[PreparedAnswer] = Field(
        default_factory=list, title="应答口径", description="容易误解的说法怎么解释。", max_length=500
    )
    facts: list[Line] = Field(
        default_factory=list,
        title="其他事实",
        description="正文里可以出现的其他数字，带单位。",
        examples=[["500 元"]],
        max_length=500,
    )
    faq: list[FaqEntry] = Field(
        default_factory=list, title="常见问答", description="客户会问什么，怎么答。", max_length=500
    )
    handling: Handling = Field(default_factory=Handling, title="柜台办理", description="在营业厅怎么办。")
    demand: Demand | None = Field(default=None, title="预计办理量", description="多少人会来办、来问。")
    readiness: dict[Name, ReadinessItem] = Field(
        default_factory=dict,
        title="支撑准备",
        description="各项准备的责任人和完成日期。",
        examples=[{"training": {"owner": "客户服务部"}}],
    )
    support: Support | None = Field(default=None, title="一线支撑", description="一线遇到问题找谁。")
    signoffs: list[Signoff] = Field(default_factory=list, title="会签", description="谁在哪天同意。", max_length=100)
