"""The fixed words of the guided script."""

from __future__ import annotations

from typing import NamedTuple

from campaigncheck.messages import Text

WHO = Text("先弄清楚：客户是谁？", "First of all: who is the customer?")
WHO_DO = Text(
    "问客户一两句，或者查一下号码，看他符合哪一条。", "Ask, or look the number up: which of these is the customer?"
)
WHO_MORE = Text("都不是，看后面几条", "None of these: see the others")
HAS_IT = Text("已经办了这个活动", "Has this campaign already")
UNSURE = Text("还不清楚，先听他想问什么", "Not known yet: first hear the question")
NOT_ONE = Text("都不符合，或者不在活动的地区、日期里", "None of these, or outside the places or dates")
OUTSIDE = Text("不在活动的地区、日期里", "Outside the places or dates")

CONCERN = Text("客户想问什么、想办什么？", "What does the customer want?")
HAS = Text("已经办了的客户：想问什么、想做什么？", "The customer has it already: what is wanted?")
USING = Text("用着有疑问", "Asks about using it")
CHANGE = Text("想换成别的", "Wants another one instead")
WHICH = Text("{concern}：问的是哪一件？", "{concern}: which question is it?")
WHICH_WORDING = Text("“{topic}”：最接近哪一种问法？", "“{topic}”: which wording comes closest?")
MORE = Text("都不是，看后面的", "None of these: see the next ones")
NONE = Text("都不是", "None of these")
ASKS_MISREAD = Text("“{phrase}”", "“{phrase}”")
ASKS_TERM = Text("“{term}”是什么意思", "what “{term}” means")
MISREAD = Text("客户对“{phrase}”有误会", "The customer misunderstands “{phrase}”")
TERM = Text("客户不懂“{term}”", "The customer does not know “{term}”")

BUY = Text("听明白了，要办", "Understood, wants it")
LATER = Text("听明白了，先不办", "Understood, not now")
GOT_IT = Text("听明白了，没有别的事", "Understood, nothing else")
UNCLEAR = Text("这里没讲清楚", "Not clear from this")
WRONG = Text("问的不是这个，回去重选", "Another question: choose again")
NOT_FOR_ME = Text("一听不符合条件", "Does not fulfil the conditions")
LEAVE = Text("确定要取消", "Wants to cancel")
STAY = Text("不取消了", "Stays")
CONTENT = Text("客户满意了", "The customer is content")
UPSET = Text("客户还是不满意", "The customer is not content")

DO = Text("照这样办", "How to do it")
DO_STEPS = Text("{name}：{takes}", "{name}: {takes}")
DO_NOTE = Text("{step}，{note}", "{step}, {note}")
DO_TOTAL = Text("一共：{total}。", "In all: {total}.")
DO_CHANNELS = Text("客户不在柜台的，也可以用：{channels}。", "Not at the counter: it is sold by {channels}.")
DONE_IT = Text("办好了", "Done")
NOT_DONE = Text("办不了", "It cannot be done")

STOP = Text("照这样取消", "How to cancel")
STOP_DO = Text(
    "问清楚确实要取消再办；办完告诉他哪天停。", "Make sure that it is wanted; then cancel, and say from when."
)
STOP_CHARGE = Text(
    "看下面“提前不用”一栏：要补钱的，先说清楚补多少，客户同意了再办；办完告诉他哪天停。",
    "See “Leaving early” below: say first what it costs; then cancel, and say from when.",
)
STOP_BY = Text("在这些地方取消：{channels}。", "Cancelled by: {channels}.")
STOP_BY_OFFER = Text("“{offer}”在这些地方取消：{channels}。", "“{offer}” is cancelled by: {channels}.")

CHANGE_TITLE = Text("想换成别的，照这样说", "Another one instead")
CHANGE_DO = Text(
    "先查清楚他现在办的是哪一种、约定到哪天，再看想换的能不能和它一起有。",
    "Look up first what the customer has and until when, and whether the other one may be had with it.",
)
CHANGE_CHARGE = Text(
    "换之前要先停现在的：要补钱的，先说清楚补多少，客户同意了再换。",
    "If the present one has to be stopped first, say what leaving early costs before anything is done.",
)
CHANGE_IT = Text("说清楚了，要换", "Understood, wants to change")
KEEP = Text("不换了", "Keeps what there is")

REFUSE = Text("客户不在这个活动的范围里", "This campaign is not for this customer")
REFUSE_SAY = Text(
    "不好意思，这个活动这次是给这些客户的：{groups}。您现在还不符合。我帮您看看别的活动，有适合您的就告诉您。",
    "I am sorry: this campaign has conditions ({groups}) that do not fit you yet. "
    "Let me see whether another one suits you.",
)
REFUSE_SAY_SOME = Text(
    "不好意思，这个活动这次只给一部分客户，您现在还不符合。我帮您看看别的活动，有适合您的就告诉您。",
    "I am sorry: this campaign is for some customers only, and not for you. Let me see whether another one suits you.",
)
REFUSE_SAY_WHERE = Text(
    "不好意思，这个活动这次办的地方是{places}，时间是 {period}，您这边现在还办不了。我帮您看看别的活动，有适合您的就告诉您。",
    "I am sorry: this campaign is for {places}, {period}. Let me see whether another one suits you.",
)
EITHER = Text("{first}；或者{second}", "{first}; or {second}")
REFUSE_DO = Text("看一看目录里正在进行的活动，有没有适合他的。", "Look through the other campaigns that are live.")
REFUSE_NOTE = Text(
    "要是活动还没开始，把开始的日期告诉他。", "If it has not started yet, tell the customer when it does."
)
ACCEPTS = Text("客户接受了", "The customer accepts")
DISPUTES = Text("客户说自己符合，要核实", "The customer says otherwise; to be verified")

ASK = Text("这里没有现成的答案：找人问", "No answer here: ask somebody")
ASK_SAY = Text(
    "这个问题我现在答不准，不想说错了耽误您。我马上问清楚再答复您。",
    "I do not want to tell you anything wrong. Let me find out and come back to you.",
)
ASK_DO = Text("把客户的原话和号码记下来，一起报过去。", "Write down the customer's own words and number.")
DONE = Text("说完了", "Closing")
DONE_SAY = Text("您还有别的要问吗？", "Is there anything else?")
DONE_DO = Text("有，就点上面的“换个问题”；没有，就谢谢客户。", "If so, choose “Another question” above.")

ANOTHER = Text("换个问题", "Another question")
ANOTHER_HAS = Text("换个问题（已经办了的客户）", "Another question (has it already)")
AGAIN = Text("重新开始", "Start again")

PAGE: dict[str, Text] = {
    "guide": Text("引导话术", "Guided script"),
    "say": Text("照着说", "Say"),
    "do": Text("你要做的", "Do"),
    "next": Text("接下来", "Next"),
    "choose": Text("选一个", "Choose one"),
    "misread": Text("容易误会", "Can be misread"),
    "term": Text("词语", "Word"),
    "answer": Text("单子上这样写", "On the sheet"),
    "at_hand": Text("手边的资料", "At hand"),
    "step": Text("第 {number} 步", "Step {number}"),
    "end": Text("到这里就完了", "This is an end"),
    "as_step": Text("照第 {number} 步的话说。", "Say what stands in step {number}."),
    "go": Text("转第 {number} 步", "go to step {number}"),
    "trail": Text("往回走", "Go back"),
}
"""Fixed words of the page."""


class Concern(NamedTuple):
    """Something customers come with: its name, the topics it covers, and the rows of the price table that go with it."""

    name: str
    label: Text
    topics: tuple[str, ...]
    rows: tuple[str, ...]


CONCERNS: tuple[Concern, ...] = (
    Concern(
        "want",
        Text("想办", "Wants it"),
        ("eligibility", "how_to_get", "documents", "handling_time", "without_queueing", "sold_out"),
        ("audience", "opt_in_code", "confirm", "quota"),
    ),
    Concern("price", Text("问价钱", "Asks the price"), ("price", "price_after", "free_end"), ("now", "later")),
    Concern(
        "fit",
        Text("问办了以后怎么样", "Asks what changes"),
        ("takes_effect", "existing_plan", "gift_collect", "stacking"),
        ("product", "takes_effect", "gift", "excludes", "stacks_with"),
    ),
    Concern(
        "leave",
        Text("想取消、不想用了", "Wants to leave"),
        ("cancel", "early_exit"),
        ("contract", "early_exit", "renewal", "cancel"),
    ),
    Concern("complain", Text("不满意、要投诉", "Complains"), ("dispute",), ()),
)
"""What customers come with, in the order in which it is offered; a topic of none of these is offered by its title."""

WORDS = Text("听不懂、想岔了", "Does not understand a word, or misunderstands")
OTHER = Text("别的事", "Something else")
