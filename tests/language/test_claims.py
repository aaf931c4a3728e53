"""Answers that agree and answers that do not, as the counters of this field know them."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigncheck.language import stances as module
from campaigncheck.language.amounts import Figure
from campaigncheck.language.claims import FiguresDiffer, StancesDiffer, claims, disagreement

AGREE = [
    # the same figure, written another way
    ("每月二十元", "每月20元"),
    ("每月20元", "每月２０．００元"),
    ("月费29.9元", "月费二十九块九"),
    ("补卡收5毛", "补卡收0.5元"),
    ("送¥30话费", "送三十元话费"),
    ("预存1万元", "预存10000元"),
    ("预存10,000元", "预存一万元"),
    ("合约一年", "合约12个月"),
    ("用满一年半", "用满18个月"),
    ("在网一年零三个月", "在网15个月"),
    ("半年后恢复原价", "6个月后恢复原价"),
    ("两天内到账", "48小时内到账"),
    ("一周内送到", "7天内送到"),
    ("大约半小时装好", "大约30分钟装好"),
    ("办理要一刻钟", "办理要15分钟"),
    ("流量1G", "流量1024M"),
    ("宽带1000兆", "千兆宽带"),
    ("每月送2GB流量", "每月送2048MB流量"),
    ("打八五折", "打8.5折"),
    ("半价", "五折"),
    ("优惠百分之十", "优惠10%"),
    ("年满六十周岁", "年满60岁"),
    ("3月31日截止", "2027年3月31日截止"),
    ("2027-03-31截止", "二〇二七年三月三十一日截止"),
    ("营业时间8:00-20:00", "早上八点到晚上八点营业"),
    ("下午2点到5点可以办", "14:00到17:00可以办"),
    ("每人限2个", "每人限两个"),
    # one says less
    ("到账要3天", "到账要3天，短信会通知，最晚不超过下月5日"),
    ("每月20元", "前12个月每月20元，以后每月30元"),
    ("分12期或24期", "分12期、每期100元"),
    ("随时可以取消，打客服热线就行", "可以取消"),
    # another thing altogether
    ("每月20元", "头一年一共240元"),
    ("优惠期每月20元", "到期后恢复每月30元"),
    ("补卡工本费10元", "每月收20元"),
    ("违约金100元", "每月50元"),
    ("副卡每张10元", "主卡58元"),
    ("到期前7天发短信提醒", "退款30天内到账"),
    ("最多3个号码", "每人限领2个礼品"),
    ("下载速率300M", "流量用满100M"),
    ("国内通话送100分钟", "国际通话送20分钟"),
    # three working days are not three days, nor compared with them
    ("3个工作日退到话费里", "5天退到话费里"),
    # what is no figure
    ("5G套餐", "4G套餐"),
    ("5G网络也能用，送30G流量", "送30G流量"),
    ("拨打10086", "拨打4001234567"),
    ("打13800138000元旦照常", "元旦照常，20元"),
    ("有一个优惠", "有两个优惠"),
    ("一个月20元，签12个月", "每月20元，签一年"),
    ("24小时客服热线，48小时内回电", "两天内回电"),
    ("一般两三天到账", "一般3天到账"),
    ("十几元一张", "15元一张"),
    ("二十多元", "28元"),
    ("第一次免登记", "每人3次"),
    ("客户十分满意", "客户满意，20分钟办完"),
    ("按用多少算，比如用了3天收3元", "按用多少算，例如用了10天收10元"),
    ("一次性交清", "交清，共3次"),
    ("统一价格", "价格30元"),
    # the same meaning in other words
    ("办好当天生效", "办理后马上开始用"),
    ("下个月1日生效", "次月开始使用"),
    ("不能和其他优惠同时享受", "不可与其它优惠叠加"),
    ("不能叠加", "二选一"),
    ("可以叠加", "互不影响"),
    ("不收手续费", "免手续费"),
    ("没有违约金", "不用交违约金"),
    ("到期自动续订", "期满自动续约"),
    ("到期就自动取消", "到期不再续"),
    ("不用到营业厅", "网上就能办"),
    ("只能本人到营业厅办", "必须机主本人来营业厅办理"),
    ("必须带身份证原件", "复印件不行，要原件"),
    ("钱不退", "概不退款"),
    ("流量月底清零", "没用完的流量不能结转"),
    ("不限速", "用多少都不会降速"),
    ("随时可以取消", "想停就能退订"),
    ("没有合约期", "不签合约"),
    # denials, doubled and otherwise
    ("不是不能退", "可以退"),
    ("没有不能取消的", "可以取消"),
    ("不得不收手续费", "收手续费5元"),
    ("不仅可以叠加，还送流量", "可以叠加"),
    ("不但不收手续费，还送话费", "不收手续费"),
    ("不一定要到营业厅", "要到营业厅"),
    # questions, conditions, parts
    ("能不能叠加看当天安排", "可以叠加"),
    ("能退吗？看情况。", "不退"),
    ("如果没带证件，就不能代办", "可以代办"),
    ("未满16岁的，不能取消", "可以取消"),
    ("除非欠费，不能取消", "可以取消"),
    ("只有金卡客户可以叠加", "不能叠加"),
    ("合约期内不能取消", "可以取消"),
    ("满一年才可以取消", "不能取消"),
    ("一部分可以叠加，一部分不可以叠加", "不能叠加"),
    ("有的套餐不能退", "可以退"),
    ("没有身份证就不能代办", "可以代办"),
    ("可以叠加，宽带优惠除外", "不能叠加"),
    ("同一类优惠不能叠加", "可以叠加"),
    ("前三个月免费办理", "办理要收费"),
    ("可以当天生效，也可以次月生效", "次月生效"),
    ("当天申请，次月生效", "次月生效"),
    ("当月取消仍可用到月底，次月失效", "当天生效"),
    # the other thing is another matter
    ("手续费不退", "预存款可以退"),
    ("取消原套餐次月生效", "新套餐当天生效"),
    ("不能和宽带优惠叠加", "可以和积分权益叠加"),
    ("取消自动续约可以打电话", "到期自动取消"),
    ("用不完的流量可以转赠", "流量不能分期"),
    ("带身份证原件", "要带身份证"),
    ("可以不叠加", "可以叠加"),
    ("手续费不退", "收手续费5元"),
    ("不退手续费", "收手续费5元"),
    ("60岁以上可以办", "60岁以下的不能办"),
    ("短信0.1元一条", "短信每条一毛"),
    ("20块一张", "20元一张"),
    ("不是当天生效，是下月生效", "下月生效"),
    ("不可以不带身份证", "要带身份证"),
    ("取消自动续订不收手续费", "自动续订可以关掉"),
    ("可以到营业厅办", "不用到营业厅"),
    ("当月生效", "当天生效"),
    ("到期不会自动取消", "到期自动续约"),
    ("月底不会清零", "可以结转"),
    ("全国都不能用", "只限省内使用"),
    ("同一条宽带只能用一个优惠", "可以和流量优惠叠加"),
    # answers as they stand in FAQ sheets
    ("前12个月每月30元，第13个月起每月50元", "头一年每月30块，满一年后恢复到每月五十元"),
    ("办理成功后24小时内生效", "一天之内生效"),
    ("提前退订要按剩余月份交违约金，每月10元", "提前解约每少用一个月付十元违约金"),
    ("发送QX到10086取消，立即生效", "打10086取消，当天生效"),
    ("您可以在App上取消，也可以到营业厅取消", "去营业厅或者打热线都能取消"),
    ("不用到营业厅排队，App上就能办", "App、热线都可以办，来厅办也行"),
    ("需本人携带有效身份证到营业厅办理", "本人带身份证原件来营业厅"),
    ("本人来不了的，可以请家人带两个人的身份证代办", "家人能代办，要带双方身份证"),
    ("代办需要带双方身份证原件", "代办要带您和他的身份证"),
    ("优惠不可与同类优惠叠加", "同类优惠只能选一个"),
    ("送的流量当月有效，月底清零", "当月没用完的流量不结转到下月"),
    ("超出套餐的流量每GB收5元", "超出后5元1G"),
    ("流量用完后限速到1Mbps，不另外收费", "用完流量只降速，不收钱"),
    ("年满60周岁的老人可以办", "60岁以上的客户都能办"),
    ("6个月内不得取消", "半年之内不能取消，之后可以随时取消"),
    ("没有合约期，随时可退订", "无合约，想退就退"),
    ("领完为止，先到先得", "送完就没有了"),
    ("每月最低消费58元", "每月保底58元"),
    ("手机款先付，不退", "手机拆封后不能退"),
    ("退款3到5个工作日到账", "5个工作日内到账"),
    ("到期前短信提醒，回复N不再续", "到期自动续订一年，提前30天短信提醒"),
    ("不办也不影响现在的套餐", "原套餐不受影响"),
    ("安装免费，但设备押金100元，退还设备时押金全退", "免费安装，押金100元可退"),
    ("不收安装费，只收100元押金", "押金100元，安装费全免"),
    ("如不需要，可以取消", "不能自动取消，需要您发短信取消"),
    ("一张身份证最多办5张卡", "同一证件限办五张"),
    ("每月1号自动扣10元", "每月1日从话费扣10元"),
    ("新老客户都可以办", "老用户也能参加"),
    ("外省号码不可以办理", "本省号码才可以办"),
    ("无需更换手机卡", "不用换卡"),
    ("到期后如不续订，恢复原套餐每月59元", "到期自动恢复59元套餐"),
    ("可用于全国，港澳台除外", "全国通用，不含港澳台"),
    ("不可以提前取消，除非搬家", "搬家可以提前取消"),
    ("每天9点到18点", "早上9点到下午6点"),
    ("周一至周五9:00-18:00，周末10:00-17:00", "工作日早九点到晚六点"),
    ("这是指用完套餐里的流量以后另外收的钱", "套餐里的流量用完了，再用的要另外付钱"),
    ("就是网速会变慢，不会断网", "用完以后网速变慢"),
    ("不限速，但超过100G会降到1M", "用到100G以后降速"),
    ("1.5倍积分", "积分多送一半"),
    ("三个月内换机不收费", "满三个月可以免费换机"),
    ("下单后7天送到", "一个星期送到"),
    ("购机款2999元，合约24个月", "手机2999元，合约两年，每月最低消费99元"),
    ("您拿到短信验证码后输入", "不用输验证码"),
    ("办理不需要另外交钱", "办理不用额外付费"),
    ("不能退，也不能换", "不支持退换"),
    ("办了不能换套餐吗？可以换。", "可以换套餐"),
    ("没有额外费用", "不收费"),
    ("0元开通", "免费开通"),
    ("首月免费，次月起每月10元", "第一个月免费，从第2个月起10元一个月"),
    ("一次办理最长用3年", "最多三年"),
    ("不会自动续费，到期要重新办", "到期自动失效"),
    ("办好后三十天内带身份证来领，每人1个", "30天之内凭身份证领，每人一个，过期不补"),
    ("不需要您做什么，自动生效", "次月自动生效"),
    ("流量不能转赠，可以共享给副卡", "流量能共享，不能转给别人"),
    ("不能共享热点吗？能共享", "可以共享"),
    ("打客服热线不能退，要到营业厅退", "到营业厅可以退"),
    ("网上不能取消，营业厅可以取消", "到营业厅可以取消"),
    ("线上无法退订，请到营业厅办理", "到营业厅可以退订"),
    ("短信取消不了的话打热线", "可以打热线取消"),
    ("号码不变，手机不用换", "不用换手机"),
    ("不用担心收手续费", "不收手续费"),
    ("没有人会收您手续费", "不收手续费"),
    ("谁收手续费都是违规的", "不收手续费"),
    ("别让人收您的手续费", "不收手续费"),
    ("不支持和学生优惠叠加；和家庭优惠可以叠加", "可以和家庭优惠叠加"),
    ("两项都能享受，不过不能重复享受同一项", "可以同时享受两项"),
    ("押金退机时退", "押金可退"),
    ("礼品不能退换，话费可以退", "话费可以退"),
    ("需要时可以预约", "不需要预约"),
    ("可以预约，也可以直接来", "不用预约"),
    ("不排队：先在App预约", "需要提前预约"),
    ("带上身份证，不用原件，照片也行", "不用带身份证原件"),
    ("一年内最多办2次", "每年两次"),
    ("二十四期免息，每期125元", "分24期，每期125元，一共3000元"),
    ("1000M宽带", "1000Mbps宽带"),
    ("首年每月30元", "第一年每个月30元"),
    ("三十天", "30日内"),
    ("5天内", "五日内"),
    ("100M以上", "100兆"),
    ("双十一当天生效", "11月11日生效"),
    ("赠送12个月视频会员，每月1次领取", "视频会员一年，每月自动到账"),
    ("副卡不收月费，每张收10元功能费", "副卡月费0元"),
    ("每月10元，扣12次", "共120元，分12个月扣"),
    ("国际漫游要先开通，不开通不能用", "漫游要提前开"),
    ("不会重复收费", "不收费"),
    ("不会乱收费", "要收费的项目会先告诉您"),
    ("要收费会先告诉您", "不收费"),
    ("没有隐藏收费", "按月收费"),
    ("停机后不收费", "每月收费30元"),
    ("两人同行一人免费", "免费"),
    ("免费送货上门", "运费10元由我们出"),
    ("不收运费", "免费寄送"),
    ("到期前3天会再发一次", "到期前3天提醒"),
    ("6月1日至8月31日", "6-8月"),
    ("6月到8月", "六月至八月"),
    ("2027年1月1日0点", "2027年1月1日零点起"),
    ("半年30元", "6个月30元"),
    ("18周岁以上", "年满18岁"),
    ("第二天到账", "1天内到账"),
    ("本人或家人带证件都可以办", "可以代办"),
    ("本人必须在场，家人可以陪同帮忙办", "必须本人"),
]
DISAGREE: list[tuple[str, str, Any, Any]] = [
    # figures: text, text, what only the first says, what only the second says
    ("每月20元", "每月30元", [(20, "元")], [(30, "元")]),
    ("每月20元", "一个月二十五块", [(20, "元")], [(25, "元")]),
    ("月费29.9元", "月费二十九元", [(29.9, "元")], [(29, "元")]),
    ("月费29块9", "月费29块5", [(29.9, "元")], [(29.5, "元")]),
    ("违约金每月15元", "违约金每月十元", [(15, "元")], [(10, "元")]),
    ("补卡工本费10元", "补卡工本费20元", [(10, "元")], [(20, "元")]),
    ("预存1万元", "预存一千元", [(10_000, "元")], [(1000, "元")]),
    ("0元购机", "99元购机", [(0, "元")], [(99, "元")]),
    ("副卡每张10元", "副卡一张收15元", [(10, "元")], [(15, "元")]),
    ("合约一年", "合约24个月", [(12, "月")], [(24, "月")]),
    ("约定用满一年半", "约定用满两年", [(18, "月")], [(24, "月")]),
    ("半年后恢复原价", "3个月后恢复原价", [(6, "月")], [(3, "月")]),
    ("优惠12-24个月", "优惠12-36个月", [(24, "月")], [(36, "月")]),
    ("从第13个月起每月30元", "从第7个月起每月30元", [(13, "第几月")], [(7, "第几月")]),
    ("从第 13 个月起每月30元", "从第7个月起每月30元", [(13, "第几月")], [(7, "第几月")]),
    ("两天内到账", "72小时内到账", [(2, "天")], [(3, "天")]),
    ("一周内退到话费里", "15天内退到话费里", [(7, "天")], [(15, "天")]),
    ("3个工作日到账", "五个工作日到账", [(3, "工作日")], [(5, "工作日")]),
    ("到期前30天提醒", "到期前7天提醒", [(30, "天")], [(7, "天")]),
    ("3日内领取", "5日内领取", [(3, "天")], [(5, "天")]),
    ("10分钟办完", "半小时办完", [(10, "分钟")], [(30, "分钟")]),
    ("2小时内回电", "30分钟内回电", [(120, "分钟")], [(30, "分钟")]),
    ("每月送10G流量", "每月送20G流量", [(10_000, "M")], [(20_000, "M")]),
    ("宽带500M", "千兆宽带", [(500, "M")], [(1000, "M")]),
    ("用完后限速1Mbps", "用完后限速128Kbps", [(1, "M")], [(0.128, "M")]),
    ("送2GB流量", "送1024M流量", [(2000, "M")], [(1000, "M")]),
    ("打8折", "打八五折", [(8, "折")], [(8.5, "折")]),
    ("退百分之八十", "退50%", [(80, "%")], [(50, "%")]),
    ("每人限办一张", "每人限办两张", [(1, "张")], [(2, "张")]),
    ("最多3个号码", "最多5个号码", [(3, "个")], [(5, "个")]),
    ("每月可以改2次", "每月可以改一次", [(2, "次")], [(1, "次")]),
    ("年满60岁", "年满六十五周岁", [(60, "岁")], [(65, "岁")]),
    ("3月31日截止", "2027年4月30日截止", [(331, "日期")], [(430, "日期")]),
    ("每月1日扣费", "每月5号扣费", [(1, "号")], [(5, "号")]),
    ("营业时间8:00-20:00", "早上九点到晚上八点营业", [(8, "钟点")], [(9, "钟点")]),
    ("1000积分换一次", "2000积分换一次", [(1000, "积分")], [(2000, "积分")]),
    ("分12期", "分24期", [(12, "期")], [(24, "期")]),
    ("家庭最多5人", "家庭最多8人", [(5, "人")], [(8, "人")]),
    ("境外每天25元", "境外每天30元", [(25, "元")], [(30, "元")]),
    ("拨打10086，每月20元", "拨打10086，每月30元", [(20, "元")], [(30, "元")]),
    ("5G套餐每月送30G", "5G套餐每月送40G", [(30_000, "M")], [(40_000, "M")]),
    ("共五百份", "共三百份", [(500, "份")], [(300, "份")]),
    # opposite statements: text, text, the matter, what the first says
    ("办好当天生效", "下个月1日生效", "当天生效", True),
    ("次月生效", "马上就能用", "当天生效", False),
    ("办完立即生效", "次日生效", "当天生效", True),
    ("取消后当天生效", "取消后次月生效", "取消当天生效", True),
    ("不收手续费", "收手续费5元", "收手续费", False),
    ("手续费全免", "手续费10元", "收手续费", False),
    ("没有违约金", "要付违约金", "收违约金", False),
    ("免安装费", "安装费100元", "收安装费", False),
    ("不收手续费和工本费", "要交工本费", "收工本费", False),
    ("没有合约期", "有合约期", "有合约期", False),
    ("60岁以上可以办", "六十岁以下可以办", "60岁以上", True),
    ("开通免费", "开通要收费", "收费", False),
    ("办理不收钱", "办理要另外收费", "收费", False),
    ("查询免费", "查询要收5元", "收费", False),
    ("可以叠加", "不能同时享受", "可以叠加", True),
    ("能和宽带优惠一起用", "与其他优惠互斥", "可以叠加", True),
    ("可与其他活动同享", "只能选一个", "可以叠加", True),
    ("不与其他优惠叠加", "支持叠加", "可以叠加", False),
    ("要本人到营业厅", "不用到营业厅", "需要到厅", True),
    ("必须到厅办理", "足不出户", "需要到厅", True),
    ("只能去营业厅办", "手机上就能办", "需要到厅", True),
    ("可以代办", "必须本人办理", "可以代办", True),
    ("家里人可以替您办", "不能代办", "可以代办", True),
    ("代办不了", "可以由家人代办", "可以代办", False),
    ("到期自动续", "到期自动取消", "自动续约", True),
    ("期满自动续订", "不会自动续订", "自动续约", True),
    ("到期后自动顺延", "到期就停", "自动续约", True),
    ("可以退", "不退", "可以退款", True),
    ("钱可以全额退", "概不退还", "可以退款", True),
    ("退不了", "能退", "可以退款", False),
    ("随时可以取消", "不能取消", "可以取消", True),
    ("打电话就能退订", "中途无法退订", "可以取消", True),
    ("可以提前解约", "不得提前解约", "可以提前解约", True),
    ("带身份证", "不用带身份证", "需要证件", True),
    ("要出示证件", "无需证件", "需要证件", True),
    ("必须带身份证原件", "复印件也可以", "需要证件原件", True),
    ("没用完的流量可以结转", "没用完的流量月底清零", "可以结转", True),
    ("流量可以留到下个月", "流量不结转", "可以结转", True),
    ("用完后限速", "不限速", "限速", True),
    ("可以转让", "不得转让", "可以转让", True),
    ("支持分期", "不支持分期", "可以分期", True),
    ("可以换套餐", "不能换套餐", "可以改套餐", True),
    ("能开发票", "不能开发票", "可以开发票", True),
    ("老用户也可以办", "只限新用户", "老用户可以办", True),
    ("外地号码不能参加", "外地号码也能办", "外地号码可以办", False),
    ("要换卡", "不用换卡", "需要换卡", True),
    ("需要换手机", "不需要换手机", "需要换手机", True),
    ("要换号", "号码不变", "需要换号", True),
    ("需预存话费", "无需预存", "需要预存", True),
    ("不用排队", "需要排队", "需要排队", False),
    ("要提前预约", "无须预约", "需要预约", True),
    ("全国通用", "只限省内使用", "全国可用", True),
    ("周末照常办", "周末不办", "周末可以办", True),
    ("可以邮寄", "不能邮寄", "可以寄送", True),
    ("可以补领", "不补领", "可以补领", True),
    ("家人可以共享流量", "流量不能共享", "可以共享", True),
    ("不能重复参加", "可以重复参加", "可以重复参加", False),
    ("需要换 SIM 卡", "不用换卡", "需要换卡", True),
    ("在 App 上就能办", "必须到厅", "需要到厅", False),
    # answers as they stand in FAQ sheets
    ("到期后自动续约一年", "到期后不自动续约", "自动续约", True),
    ("合约期24个月", "合约期为一年", [(24, "月")], [(12, "月")]),
    ("退款七个工作日内到账", "退款15个工作日内到账", [(7, "工作日")], [(15, "工作日")]),
    ("App办理免费", "App办理要收5元", "收费", False),
    ("优惠可以和宽带优惠一起享受", "不可以跟宽带优惠同时享受", "可以叠加", True),
    ("即时生效", "下月1日生效", "当天生效", True),
    ("没用完的可以转到下个月", "用不完月底作废", "可以结转", True),
    ("不要求本人到场", "必须本人到场", "可以代办", True),
    ("家属可以代领", "礼品不能代领", "可以代办", True),
    ("用完后另外收费，每G 5元", "用完后不另收费，只降速", "收费", True),
    ("老客户也能参加", "老客户不能参加", "老用户可以办", True),
    ("取消不收违约金", "取消要付违约金200元", "收违约金", False),
    ("提前退要赔钱", "提前退不用赔钱", "收违约金", True),
    ("支持异地办理", "不支持异地办理", "可以异地办理", True),
    ("违约金按剩余月数每月20元", "违约金按剩余月数每月30元", [(20, "元")], [(30, "元")]),
    ("每人限领一份", "每人可领两份", [(1, "份")], [(2, "份")]),
    ("需要携带户口本", "不需要户口本", "需要证件", True),
    ("周末不营业", "周末正常营业", "周末可以办", False),
    ("能叠加", "不叠加", "可以叠加", True),
    ("不能一起用", "能一起用", "可以叠加", False),
    ("要收手续费", "没有手续费", "收手续费", True),
    ("支持退订", "不支持退订", "可以取消", True),
    ("需要换SIM卡", "不用换SIM卡", "需要换卡", True),
    ("要交押金", "不用押金", "收押金", True),
    ("办了马上能用", "办了第二天才能用", "当天生效", True),
    ("本月生效", "下月生效", "当月生效", True),
    ("每月扣1次", "每月扣2次", [(1, "次")], [(2, "次")]),
    ("6月到8月", "7月到9月", [(6, "月份"), (8, "月份")], [(7, "月份"), (9, "月份")]),
    ("到8月31日", "到9月30日", [(831, "日期")], [(930, "日期")]),
    ("1人1张", "1人2张", [(1, "张")], [(2, "张")]),
    ("用满20G后限速到1M", "用满30GB后限速到1M", [(20_000, "M")], [(30_000, "M")]),
    ("晚上8点关门", "晚上9点关门", [(20, "钟点")], [(21, "钟点")]),
    ("代办不行，必须本人亲自来", "本人来就行，代办也可以", "可以代办", False),
    ("取消次月生效", "取消立即生效", "取消当天生效", False),
    ("积分可以转让给家人", "积分不可转让", "可以转让", True),
    # traps on the way
    ("不但可以退，还送话费", "不能退", "可以退款", True),
    ("不仅不能叠加，也不能转让", "可以叠加", "可以叠加", False),
    ("能不能叠加？可以叠加。", "不能叠加", "可以叠加", True),
    ("可以不用带身份证", "要带身份证", "需要证件", False),
    ("可以打客服热线取消", "取消不了", "可以取消", True),
]


@pytest.mark.parametrize(("first", "second"), AGREE)
def test_answers_that_agree(first: str, second: str) -> None:
    assert disagreement(first, second) is None
    assert disagreement(second, first) is None


@pytest.mark.parametrize(("first", "second", "here", "there"), [case for case in DISAGREE if isinstance(case[2], list)])
def test_figures_that_differ(first: str, second: str, here: list[Any], there: list[Any]) -> None:
    found = disagreement(first, second)
    assert found is not None
    assert found.stance is None
    assert found.figures == FiguresDiffer(tuple(Figure(*one) for one in here), tuple(Figure(*one) for one in there))
    assert any(char in "0123456789一二三四五六七八九十两半千百" for char in first[slice(*found.first)])
    assert any(char in "0123456789一二三四五六七八九十两半千百" for char in second[slice(*found.second)])


@pytest.mark.parametrize(("first", "second", "matter", "side"), [case for case in DISAGREE if isinstance(case[2], str)])
def test_statements_that_are_opposite(first: str, second: str, matter: str, side: bool) -> None:
    found = disagreement(first, second)
    assert found is not None
    assert (found.figures, found.stance) == (None, StancesDiffer(matter, side, not side))
    assert first[slice(*found.first)]
    assert second[slice(*found.second)]


def test_the_tables_are_large_enough() -> None:
    assert len(AGREE) >= 60
    assert len(DISAGREE) >= 60


READ = [
    ("每月２９．９元", {(29.9, "元")}),
    ("１.2万元", {(12_000, "元")}),
    ("三块五，另加2角", {(3.5, "元"), (0.2, "元")}),
    ("三块五个月付清", {(3, "元"), (5, "月")}),
    ("两年半", {(30, "月")}),
    ("一个半月", {(1.5, "月")}),
    ("上半年办的，下半年用", set()),
    ("36小时", {(36 * 60, "分钟")}),
    ("24小时内到账", {(1, "天")}),
    ("全天24小时，24小时自助", set()),
    ("3天到5天，3-5天", {(3, "天"), (5, "天")}),
    ("2027年3月31日", {(331, "日期"), (3, "月份"), (2027, "年份")}),
    ("2027年起", {(2027, "年份")}),
    ("3月起", {(3, "月份")}),
    ("下月1日零点", {(1, "号")}),
    ("下个月 1 日零点", {(1, "号")}),
    ("每月 29.9 元、送 5 GB", {(29.9, "元"), (5000, "M")}),
    ("3日内", {(3, "天")}),
    ("提前3日", {(3, "天")}),
    ("8:30-20:00", {(8.5, "钟点"), (20, "钟点")}),
    ("晚上八点半", {(20.5, "钟点")}),
    ("下午2点到5点半", {(14, "钟点"), (17.5, "钟点")}),
    ("以下三点要记住", set()),
    ("拨10086，4008001234，021-12345678，13800138000", set()),
    ("发KD300到10086", set()),
    ("5G套餐、4G网络", set()),
    ("送5G流量", {(5000, "M")}),
    ("1T云盘", {(1_000_000, "M")}),
    ("85折或八五折", {(8.5, "折")}),
    ("三分之一", set()),
    ("第13个月", {(13, "第几月")}),
    ("第三次、第二个", set()),
    ("几十元、上百元、两三个", set()),
    ("每差一个月收12元", {(12, "元")}),
    ("提前一个月说", {(1, "月")}),
    ("积分1000分", {(1000, "积分")}),
    ("比如3天收9元。实际5元", {(5, "元")}),
    ("2027-03-05", {(305, "日期"), (3, "月份"), (2027, "年份")}),
    ("次日、次月、一次性", set()),
    ("", set()),
]


@pytest.mark.parametrize(("text", "figures"), READ)
def test_figures_are_read(text: str, figures: set[tuple[float, str]]) -> None:
    assert claims(text).figures == {Figure(*figure) for figure in figures}


def test_the_words_that_differ_are_pointed_at() -> None:
    first, second = "办好就能用。每月从话费里扣二十元，随时可以取消。", "每月3０元"
    found = disagreement(first, second)
    assert found is not None
    assert (first[slice(*found.first)], second[slice(*found.second)]) == ("二十元", "3０元")
    assert disagreement(second, first) == (FiguresDiffer((Figure(30, "元"),), (Figure(20, "元"),)), None, *found[:1:-1])
    stance = disagreement("宽带和手机一起办，不能和其他优惠叠加。", "本优惠可叠加")
    assert stance is not None
    assert (stance.stance, stance.first, stance.second) == (StancesDiffer("可以叠加", False, True), (9, 18), (3, 6))


FIGURES = st.builds(
    lambda number, unit: f"{number}{unit}",
    st.integers(2, 60) | st.sampled_from(["两", "十二", "二十", "29.9", "1.5万"]),
    st.sampled_from(["元", "个月", "天", "个工作日", "小时", "G流量", "次", "张", "%", "岁", "年"]),
)
CONTEXTS = st.sampled_from(
    ["每月", "一共", "到期前", "优惠期", "违约金", "最多", "每人限", "退款", "从第", "比如", "如果", ""]
)
STATEMENTS = st.sampled_from(
    [text for case in DISAGREE for text in case[:2]] + [text for pair in AGREE for text in pair]
)
TEXTS = st.lists(st.builds(str.__add__, CONTEXTS, FIGURES) | STATEMENTS | st.text(max_size=6), max_size=4).map(
    "，".join
)


@given(TEXTS, TEXTS)
def test_swapping_the_answers_swaps_what_is_found(first: str, second: str) -> None:
    found, other = disagreement(first, second), disagreement(second, first)
    if found is None or other is None:
        assert found is other
        return
    assert (found.first, found.second) == (other.second, other.first)
    if found.figures and other.figures:
        assert found.figures == other.figures[::-1]
    else:
        assert found.stance
        assert other.stance == (found.stance.matter, found.stance.there, found.stance.here)


@given(TEXTS, TEXTS)
def test_what_is_pointed_at_is_in_the_texts_and_claimed(first: str, second: str) -> None:
    found = disagreement(first, second)
    if found is None:
        return
    assert 0 <= found.first[0] < found.first[1] <= len(first)
    assert 0 <= found.second[0] < found.second[1] <= len(second)
    if found.figures:
        assert set(found.figures.here) <= claims(first).figures - claims(second).figures
        assert set(found.figures.there) <= claims(second).figures - claims(first).figures
        assert len({figure.unit for side in found.figures for figure in side}) == 1
    if found.stance:
        assert (found.stance.matter, found.stance.here) in claims(first).stances
        assert (found.stance.matter, found.stance.there) in claims(second).stances


@given(TEXTS)
def test_an_answer_agrees_with_itself_and_with_silence(text: str) -> None:
    assert disagreement(text, text) is None
    assert disagreement(text, text + "。") is None
    assert disagreement(text, "") is None


@given(TEXTS, TEXTS, st.sampled_from(["感谢您的来电。", "您好！", "祝您生活愉快。", "工作人员很高兴帮忙。\n"]))
def test_pleasantries_change_nothing(first: str, second: str, pleasantry: str) -> None:
    assert claims(pleasantry + first) == claims(first)
    found, before = disagreement(pleasantry + first, second), disagreement(first, second)
    assert (found and found[:2]) == (before and before[:2])


@given(st.integers(2, 9999), st.sampled_from(["元", "天", "次", "岁", "个工作日", "张"]), st.integers(2, 9999))
def test_how_a_figure_is_written_changes_nothing(number: int, unit: str, other: int) -> None:
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))
    there = f"限{other}{unit}"
    for text in (
        f"限{number}{unit}",
        f"限{wide}{unit}",
        f"限 {number} {unit}",
        f"限{number:,}{unit}",
        f"限{number}.00{unit}",
    ):
        assert claims(text) == claims(f"限{number}{unit}")
        assert disagreement(text, f"限{number}{unit}") is None
        assert (disagreement(text, there) is None) == (number == other)


@given(
    st.text(
        "零一二两三十百千万亿点0123456789.,:：-—到年月日号元块角天次个G%折半第几不没可能以要收退叠加取消。，？",
        max_size=30,
    )
)
def test_any_heap_of_words_can_be_read(text: str) -> None:
    found = claims(text)
    assert not {(matter, not side) for matter, side in found.stances} & found.stances
    other = disagreement(text, "每月20元，可以退，不能叠加")
    assert other is None or other.first[1] <= len(text)


def test_the_first_letters_of_all_matters_are_known() -> None:
    """The matcher looks only where a matter can begin, so a word that begins otherwise would never be found."""
    parse = import_module("re._parser").parse
    begun = {letter for _, _, words in module._MATTERS for letter in _beginnings(parse(words))[0]}
    assert set(module._FIRST) == begun


def _beginnings(parsed: Any) -> tuple[set[str], bool]:
    """Return the letters that a parsed pattern can begin with, and whether it can match nothing."""
    letters: set[str] = set()
    for name, value in ((str(code), value) for code, value in parsed):
        if name.startswith(("ASSERT", "AT")):
            continue
        found, empty = _beginnings_of(name, value)
        letters |= found
        if not empty:
            return letters, False
    return letters, True


def _beginnings_of(name: str, value: Any) -> tuple[set[str], bool]:
    if name == "LITERAL":
        return {chr(value)}, False
    if name == "IN":
        assert {str(code) for code, _ in value} == {"LITERAL"}
        return {chr(code) for _, code in value}, False
    if name == "BRANCH":
        branches = [_beginnings(branch) for branch in value[1]]
        return set().union(*(found for found, _ in branches)), any(empty for _, empty in branches)
    assert name in ("SUBPATTERN", "MAX_REPEAT", "MIN_REPEAT"), name
    found, empty = _beginnings(value[-1])
    return found, empty or (name != "SUBPATTERN" and value[0] == 0)
