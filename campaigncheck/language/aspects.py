"""What customers ask about and what answers speak of: the price, what to bring, how to cancel, and so on.

Each aspect has words that answer it and words by which an answer is known to speak of it. The former are many, so that
an honest answer is never taken for astray; the latter are few and sure. Answers are folded and without blanks; no part
of an expression reaches further than a clause, so that long texts stay cheap.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from campaigncheck.language.expressions import expression
from campaigncheck.messages import Text

YES_OR_NO = "yes_or_no"


class Aspect(NamedTuple):
    """One thing to ask about.

    Attributes:
        name: what it is called.
        answers: an answer with a match answers it.
        tells: an answer with a match speaks of it.
        aside: matches are left out before ``answers`` is looked for: 20 元 of 每月花费满 20 元的客户 is no price.
        partly: an answer with a match answers it, too, unless it speaks of how to get the offer.
    """

    name: Text
    answers: re.Pattern[str]
    tells: re.Pattern[str]
    aside: re.Pattern[str] | None = None
    partly: re.Pattern[str] | None = None


_NEVER = "(?!)"
_N = "[0-9一二两三四五六七八九十百千万半几]"
_CHANNEL = "营业厅|柜台|门店|网点|[厅店]里|代办点|app|客户端|小程序|公众号|微信|网上|官网|网站|短信|热线|电话|自助|上门"
_PAPERS = "(?<![验保])证(?!实|明您|据)|护照|户口|执照|公章|委托书|介绍信"

ASPECTS: dict[str, Aspect] = {
    "eligibility": Aspect(
        Text("谁能办", "who can have it"),
        expression(
            r"(?:客户|用户|号码|家庭|同学|学生|老人|长辈|家长|人|的|者|条件|都|谁|先|只|仅)[^。；！？]{0,12}?(?:能|可|行|办|都|参加|算|不)"
            r"|满\d|岁|凡|只要|不限|所有|任何|欠费|实名|品牌|全球通|神州行|动感地带|套餐的|[一每]个?[人户]|客户|用户|单位|个人|在网"
        ),
        expression(rf"(?:客户|用户|号码)[^。；]{{0,12}}?(?:都?能|都?可以)(?:办|参加|享|开|买)|(?:用满|年满|入网满|在网满){_N}"),
        aside=expression("客户(?:经理|服务|端)|(?:尊敬的|请)客户"),
    ),
    "how_to_get": Aspect(
        Text("怎么办理", "how to get it"),
        expression(
            rf"{_CHANNEL}|搜|扫|拨|打开|点[击一两开“\"]|登录|回复|编辑|发送?[a-z\d“]|填|自动|不用办|不用(?:申请|操作|领)|设置|换上|联系|找|预约"
            r"|家里|家中|任[何意一]|哪里都|都[能可][^，。；]{0,3}办|带|看不到|师傅|工作人员|店员|代办"
        ),
        expression(rf"(?:{_CHANNEL})[^，。；]{{0,8}}?(?:办(?!公)|开通|订购|购买|报名|申请|参加)|搜“|确认两次|两次确认"),
        aside=expression(r"[^，。；！？]{0,20}短信(?:提醒|通知|告诉|告知)[^，。；！？]*"),
    ),
    "documents": Aspect(
        Text("带什么", "what to bring"),
        expression(
            rf"(?<![宽地])带(?!宽|来的)|{_PAPERS}|原件|照片|材料|资料|复印|空手|刷脸|人脸|出示|提供|准备|不用拿|不需要任何|本人(?:来|到)|[报说][^，。；]{0,6}号码"
        ),
        expression(r"(?<![宽地])带[好上着齐]?[^，。；]{0,8}?(?:证|护照|户口)|身份证原件"),
    ),
    "handling_time": Aspect(
        Text("办理要多久", "how long it takes"),
        expression(rf"{_N}(?:来|多|个)?(?:半)?(?:分|小时|刻|钟头|秒|天|工作日)|当场|马上|很快|立[即等刻]|半天|当[天日]"),
        expression(rf"{_N}(?:来|多)?分钟(?:左右|就能?)?(?:办[好完]|搞定)|(?:柜台|轮到您)[^，。；]{{0,8}}分钟"),
        aside=expression(
            r"[\d半几一二三四五六十]{1,4}个?(?:分钟|小时|秒|天|工作日)[之以]?内[^，。；]{0,6}(?:收到|到账|生效|答复|回|开通|短信)[^，。；]*"
            r"|(?:当[天日场]|立即|马上)(?:生效|能用|可用|到账|开始)"
        ),
    ),
    "without_queueing": Aspect(
        Text("不排队怎么办", "how to do without queueing"),
        expression(
            r"app|网|手机(?!卡|号)|客户端|小程序|公众号|微信|短信|编辑|回复|热线|电话|客服|自助|预约|不用|不必|不去|人少|上门|爱心|专[门人柜]|代办|优先|直接|家里|在家"
            r"|(?:^|[，。；])(?:能|行|可以|不能|没有|有)"
        ),
        expression(r"不用(?:排队|取号|到柜台|去营业厅)|免排队"),
    ),
    "takes_effect": Aspect(
        Text("什么时候生效", "when it starts"),
        expression(
            r"生效|起效|立[即刻马]|马上|即[时刻]|实时|随即|当[场天时日晚月]|次[日月]|下一?个?(?:月|账期)|月初|月底|第二天|[今明后]天|零点|凌晨|到账|起算|开始"
            rf"|{_N}(?:个)?(?:天|日|号|分钟|小时|工作日|秒|钟头|点(?!击|半?到))|就[能可会]|[装办]好[就当]|以后|之后|一刻|能用|可用|装好|到货|现在|随时生效"
        ),
        expression(
            r"(?:立[即刻]|马上|当[天场日时]|次[日月]|下个?月[^，。；]{0,8}?)[^，。；]{0,3}(?:生效|能用|可用|用上|到账|变|起效|开始)|生效"
        ),
        aside=expression(
            r"(?:早上?|上午|晚上?|下午|每天|周[一二三四五六日末])[^，。；]{0,12}点[^，。；]*|(?:大约|大概)?[\d几一二三四五六七八九十到]{0,9}分钟(?:就能?|左右)?办[好完]"
            r"|随时(?:可以|都?能)?(?:取消|退|停)[^，。；]*|直接[^，。；]{0,6}(?:扣|打|拨)[^，。；]*"
        ),
    ),
    "price": Aspect(
        Text("多少钱", "what it costs"),
        expression(
            r"[元块￥¥]|收[费钱取]?(?!到|据|货|件)|免|钱|折|费|价|积分|扣|分文|毛(?!病)|角(?!落)|不[用要]付|付(?!款码)|赠|不(?:多|另)收|抵"
        ),
        expression(r"每[个]?月(?:多?[付收加交扣])?[\d.]{1,9}元|[\d.]{1,9}元[/一每][个]?月|(?:一次|总共|一共)(?:付|交)?[\d.]{1,9}元|从话费里扣"),
        aside=expression(
            r"(?:花费?|消费|话费|低消|充值)(?:金额)?(?:要)?(?:满|够|达到|在|超过|不到)?[\d.]{1,9}(?:元|块)?(?:到[\d.]{1,9})?[元块]?(?:以上|以下|或更多|的)*"
            r"(?:客户|用户|号码)?|价值[\d.]{1,9}元"
        ),
    ),
    "price_after": Aspect(
        Text("优惠过后多少钱", "what it costs afterwards"),
        expression(
            rf"以后|之后|[^最前售]后(?!台|面)|满(?:了|{_N}|\d{{1,4}}个?[年月]|期)|过(?:了|后|完|期)|一过|期满|到期|恢复|起|开始|接着|原价|标准|第{_N}{{1,4}}[个年]"
            r"|次[年月]|涨|[不没][会]?(?:变|贵|涨)|照[旧样常]|还是|一直|仍|[更变]?贵|便宜|多\d|长期|永久|继续|续"
        ),
        expression(rf"第{_N}{{1,4}}个?[月年](?:起|开始)|以后(?:恢复|每月|按)|(?:满|过)[^，。；]{{0,6}}[年月](?:以|之)?后[^，。；]{{0,4}}\d{{1,4}}元|恢复(?:成|到)?[^，。；]{{0,4}}(?:元|原价)"),
        aside=expression(
            r"(?:办[好理完]?|开通|确认|付款|取消|退订|收到|签字)了?(?:以后|之后|后)|续(?:签|约)|满\d{1,4}(?:周?岁)|到期前[^，。；]*|号码[^，。；]{0,4}满[^，。；]*"
        ),
    ),
    "free_end": Aspect(
        Text("免费期结束以后怎样", "what happens after the free period"),
        expression(
            rf"以后|之后|满|到期|[扣收]|(?<!营业)停|续|提醒|取消|退订|[元块]|恢复|接着|自动|结束|不用|过[了后完]|第{_N}{{1,4}}个月|(?:^|[，。])(?:会|不会|不)"
        ),
        expression(r"免费期|试用期|免费的?月份|试用(?:结束|到期|满)"),
    ),
    "gift_collect": Aspect(
        Text("礼品怎么领", "how to get the gift"),
        expression(
            r"领|取(?!消|号)|拿|寄|邮(?!箱)|快递|送(?:到|货|上|达|您|给)|发[放到给货]|到账|配送|当场|带走|兑|换|上门|补|不用领|套餐里"
        ),
        expression(r"(?:礼品|赠品)[^，。；]{0,8}(?:领|寄|送到)|(?:领|寄)[^，。；]{0,6}(?:礼品|赠品)|[0-9]{1,4}天内[^。；]{0,12}领"),
    ),
    "sold_out": Aspect(
        Text("有多少、满了怎么办", "how many there are, and what then"),
        expression(
            r"满(?!\d|[一二三四五六七八九十])|[完光]|没[了有]|剩|名额|一共|总共|先[到办]|再|补|不[收发送能]|为止|售|[到缺]货|余|停|改|换|照[常样旧]|退|下[次个批一]|"
            r"\d[个份户台件套名张](?!月)|别的|其他|还[能有]"
        ),
        expression(rf"名额|(?:一共|共){_N}{{1,4}}[份户台件套]|[办送领]完|先[到办]先得"),
        aside=expression(r"满?\d{1,4}个月"),
    ),
    "existing_plan": Aspect(
        Text("原来的套餐怎么办", "what becomes of the plan one has"),
        expression(
            r"原来|老(?:套餐|的|号)|旧|现[在有](?:的|用)|换[成掉回]|停|保留|留[着到在一]|作废|失效|照[旧常样用]|继续|[不没]变|影响|还[在能是要]|自动|(?:用|算)到[^不]|跟|带到|接着|取消|不[用必]|套餐"
        ),
        expression(r"(?:原来的|老|旧|现在的)套餐"),
        aside=expression(r"新套餐|套餐(?:每月|一个月)|用到不|5g套餐每月"),
    ),
    "stacking": Aspect(
        Text("能不能和别的一起用", "what it goes together with"),
        expression(
            r"一起|一块|同时|叠加|冲突|共[享用]|[都仍还也][能可在]|分开|各[算是用]|只[能选用有]|优惠|影响|别的|其他|另[一外]|互斥|任选|选[一其个]|先|不[和跟与]|和[^，。]{0,12}(?:能|可|一)|等"
            r"|(?:^|[，。；])(?:能|可以|不能|不行|不可以|行|不会|会|当然)(?:[，。；！]|[和跟与])"
        ),
        expression(r"一起[用办享]|同时(?:享|办|用)|叠加"),
    ),
    "cancel": Aspect(
        Text("怎么取消", "how to cancel"),
        expression(
            r"取消|退|停(?!机|电|车)|关(?!注|于|系|键|门)|解[约除]|撤|注销|终止|换[成回别]|改回|不[想要再续用]|拆|删|(?:回复?|发)[^，。；]{0,4}[tnq]|qx|t[dk]|开关|作废|失效|到期(?!前)"
        ),
        expression(r"取消|退订"),
        aside=expression(r"不(?:用|再|要)(?:排队|重启|换|另|带|去|跑)|不[能可]取消|材料[^，。；]{0,6}打印|由柜台"),
        partly=expression(f"{_CHANNEL}|拨|回复"),
    ),
    "early_exit": Aspect(
        Text("提前不用要补多少", "what leaving early costs"),
        expression(
            r"补|赔|违约|剩|余下|没(?:用)?满|不满|未满|提前|一次(?:性)?付清|退|扣回|不(?:用|需|另)[^，。；]{0,2}[付交]|不收|解约|约定|少用|免[掉除]|每少|后悔|用[满够]|到期(?!前)|没有约"
        ),
        expression(r"违约金|没用满|剩[下余]?几个月|补\d{1,4}元"),
    ),
    "dispute": Aspect(
        Text("有疑问找谁", "whom to turn to"),
        expression(
            r"答复|回[您电复]|退|查|核[实对]|说[清明]|疑问|问题|处理|解决|受理|反映|投诉|不对|人工|登记|补[回还给]|返还|报修|师傅|投|诉|找|换|修|\d{5,}"
        ),
        expression(r"[天时内]{1,2}[^，。；]{0,4}(?:答复|回电话)|回电话|投诉"),
        partly=expression("热线|客服|电话|拨|营业厅|门店|柜台|app|微信|公众号|邮箱|@|在线"),
    ),
    "hours": Aspect(
        Text("几点开门", "when the hall is open"),
        expression(r"点|时|开门|上班|下班|关门|营业|全天|\d:\d|夜"),
        expression(r"(?:早上|上午|每天)[^，。；]{0,6}(?:点|\d:\d\d)[^，。；]{0,3}(?:开门|上班|营业|到)|开门|营业时间|上班时间"),
    ),
    "speed": Aspect(
        Text("网速有多快", "how fast it is"),
        expression(r"\d[mk兆]|速|快|慢|千兆"),
        expression(r"(?:网速|速度|网线)[^，。；]{0,10}\d{1,4}(?:m|兆)|测到\d{1,4}"),
    ),
    YES_OR_NO: Aspect(
        Text("能不能", "whether it is so"),
        expression(
            r"(?:^|[，。；！：\n]|都|就|也|还|仍|才|只|但|客户|用户|号码|的|它|您|我们)(?:能|可|行|会|要|是|有|没|无|不|对|好|当然|随时|只|必|需|暂|得|同|算|已|照|一样|够|肯定|差不多|包|免)"
            r"|不(?:能|可|会|用|要|行|必|需|是|收|变|影响|参加|支持|限|算|另|再)|[无没][有法需论]|如果|要是|除非|只要|凡|满|[的者]，|以[上下]|先|都|各"
        ),
        expression(_NEVER),
    ),
}  # fmt: skip
"""The aspects by name, those of topics by the topic's."""
