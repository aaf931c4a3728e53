"""What ``campaigncheck new`` asks, in this order; options answer beforehand."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, timedelta
from typing import NamedTuple, TypeVar

from campaigncheck.beginning.answers import CONTACT, DEPARTMENT, Answers
from campaigncheck.beginning.choices import KINDS, PER, channels, products
from campaigncheck.catalogue.load import Catalogues
from campaigncheck.catalogue.places import short
from campaigncheck.catalogue.readings import first_initials
from campaigncheck.cli import new_readers as read
from campaigncheck.cli.new_asking import Asking, Question
from campaigncheck.messages import Message, Text
from campaigncheck.starter.example import period

T = TypeVar("T")

_LASTS = timedelta(days=60)

_REGION = Text("在哪里办？", "Where does it run?")
_REGION_ALLOWED = Text(
    "写地名、代码或拼音都行，如 成都、510100、chengdu、cd",
    "A name, a part of it, a code, or pinyin: 成都, 510100, chengdu, cd",
)
_TITLE = Text("活动叫什么？", "What is it called?")
_TITLE_ALLOWED = Text("客户看到的名称，最多 200 个字", "As customers will see it, at most 200 characters")
_DEPARTMENT = Text("哪个部门负责？", "Which department runs it?")
_DEPARTMENT_ALLOWED = Text("部门名称", "Its name")
_CONTACT = Text("有问题找谁？", "Whom to ask about it?")
_CONTACT_ALLOWED = Text("邮箱或电话", "An address or a number")
_KIND = Text("是哪一种优惠？", "What kind of offer is it?")
_PRODUCT = Text("是什么产品？", "Which product?")
_ONE_OF = Text("写代码、名称或拼音：{names}", "A code, a name or pinyin: {names}")
_PRICE = Text("客户付多少钱？", "What do customers pay?")
_PRICE_ALLOWED = Text("写元，如 20 或 9.9；不收钱写 0", "Yuan, as 20 or 9.9; 0 if it is free")
_PER = Text("怎么收？", "How is it paid?")
_MONTHS = Text("合约要用满几个月？", "How many months does the contract last?")
_FREE = Text("头几个月不收钱？", "How many months are free?")
_MONTHS_ALLOWED = Text("1 到 600 的整数", "A whole number from 1 to 600")
_GIFT = Text("送什么？", "What is the gift?")
_GIFT_ALLOWED = Text("客户看得懂的名称，如 路由器", "As customers call it, such as 路由器")
_QUANTITY = Text("一共备了多少份？", "How many are there?")
_COUNT_ALLOWED = Text("1 到 1000000000 的整数", "A whole number from 1 to 1000000000")
_START = Text("从哪天开始？", "When does it start?")
_END = Text("到哪天结束？", "When does it end?")
_DAY_ALLOWED = Text("写成 2027-01-15 的样子，含当天", "Like 2027-01-15, that day included")
_CHANNELS = Text("在哪些渠道办？", "On which channels?")
_CHANNELS_ALLOWED = Text("可以写几个，用逗号隔开：{names}", "One or more, separated by commas: {names}")
_CODE = Text("发什么短信办理？", "What do customers send to order it by SMS?")
_CODE_ALLOWED = Text("字母和数字，最多 20 个", "Letters and digits, at most 20")
_UPTAKE = Text("预计一共办多少笔？", "How many orders are expected in all?")
_ID = Text("营销案编号用什么？", "What is its id?")
_ID_ALLOWED = Text(
    "小写字母、数字和短横线，3 到 64 个字符，全库唯一", "Lower-case letters, digits, hyphens; 3 to 64; unique"
)
_LISTED = Text("{code}（{name}）", "{code} ({name})")
_MOST = 1_000_000_000

Given = Mapping[str, str | None]


class Around(NamedTuple):
    """What is known before anything is asked."""

    catalogues: Catalogues
    known: Collection[str]
    today: date
    region: str | None


def ask_all(asking: Asking, given: Given, around: Around) -> Answers | None:
    """Ask what no option says; None while options are missing and nobody can be asked."""
    return _Interview(asking, given, around).answers()


class _Interview:
    def __init__(self, asking: Asking, given: Given, around: Around) -> None:
        self.asking, self.given, self.around = asking, given, around

    def answers(self) -> Answers | None:
        tree = self.around.catalogues.regions
        home = tree.name(self.around.region) if self.around.region else None
        region = self._ask("region", _REGION(), _REGION_ALLOWED(), home, lambda said: read.region(said, tree))
        department = self._line("department", _DEPARTMENT(), _DEPARTMENT_ALLOWED(), DEPARTMENT)
        contact = self._line("contact", _CONTACT(), _CONTACT_ALLOWED(), CONTACT)
        title = self._line("title", _TITLE(), _TITLE_ALLOWED())
        kind = self._choice("kind", _KIND(), KINDS, "discount")
        product = self._choice("product", _PRODUCT(), products(self.around.catalogues))
        price, per = self._price()
        months, free, gift, quantity = self._of_kind(kind)
        start, end = self._days()
        ways = self._channels()
        code = self._code(title, ways)
        uptake = self._count("uptake", _UPTAKE(), "1000")
        wanted = self._id(region, product, start)
        if not (region and title and kind and product and start and end and ways and wanted):
            return None
        return Answers(
            wanted, title, region, product, kind, price or 0.0, per or "month", start, end, ways, department or "",
            contact or "", uptake or 0, months or 0, free or 0, gift or "", quantity or 0, code or "",
        )  # fmt: skip

    def _ask(
        self, name: str, text: Message, allowed: Message, default: str | None, reader: Callable[[str], T]
    ) -> T | None:
        return self.asking.ask(Question(f"--{name}", text, allowed, default), self.given.get(name), reader)

    def _line(self, name: str, text: Message, allowed: Message, default: str | None = None) -> str | None:
        return self._ask(name, text, allowed, default, read.line)

    def _count(self, name: str, text: Message, default: str | None) -> int | None:
        return self._ask(name, text, _COUNT_ALLOWED(), default, lambda said: read.whole(said, 1, _MOST))

    def _choice(self, name: str, text: Message, choices: Mapping[str, Text], default: str | None = None) -> str | None:
        allowed = _ONE_OF(names=_names(choices))
        return self._ask(name, text, allowed, default, lambda said: read.choice(said, choices))

    def _price(self) -> tuple[float | None, str | None]:
        price = self._ask("price", _PRICE(), _PRICE_ALLOWED(), None, read.price)
        return price, self._choice("per", _PER(), PER, "month") if price else None

    def _of_kind(self, kind: str | None) -> tuple[int | None, int | None, str | None, int | None]:
        """Ask what only offers of one kind have."""
        months = self._months("contract-months", _MONTHS(), "12") if self._has(kind, "contract") else None
        free = self._months("free-months", _FREE(), "1") if self._has(kind, "trial") else None
        gift = self._line("gift", _GIFT(), _GIFT_ALLOWED()) if self._has(kind, "gift") else None
        return months, free, gift, self._count("quantity", _QUANTITY(), "1000") if gift else None

    def _has(self, kind: str | None, part: str) -> bool:
        option = {"contract": "contract-months", "trial": "free-months", "gift": "gift"}[part]
        return kind == part or self.given.get(option) is not None

    def _months(self, name: str, text: Message, default: str) -> int | None:
        return self._ask(name, text, _MONTHS_ALLOWED(), default, lambda said: read.whole(said, 1, 600))

    def _days(self) -> tuple[date | None, date | None]:
        first, _ = period(self.around.today, self.around.catalogues.calendar)
        start = self._ask("start", _START(), _DAY_ALLOWED(), first.isoformat(), read.day)
        last = (start + _LASTS).isoformat() if start else None
        return start, self._ask("end", _END(), _DAY_ALLOWED(), last, lambda said: read.day(said, start))

    def _channels(self) -> tuple[str, ...] | None:
        ways = channels()
        allowed = _CHANNELS_ALLOWED(names=_names(ways))
        return self._ask("channel", _CHANNELS(), allowed, "hall, app", lambda said: read.several(said, ways))

    def _code(self, title: str | None, ways: tuple[str, ...] | None) -> str | None:
        if not ways or "sms" not in ways:
            return None
        letters = first_initials(title or "").upper()[:10] or None
        return self._ask("code", _CODE(), _CODE_ALLOWED(), letters, lambda said: read.line(said, 20))

    def _id(self, region: str | None, product: str | None, start: date | None) -> str | None:
        default = None
        if region and product and start:
            letters = first_initials(short(self.around.catalogues.regions.name(region)))
            made = f"{letters}-{start.year}-{product.replace('.', '-')}"[:60]
            default = read.free_id(made, self.around.known)
        return self._ask("id", _ID(), _ID_ALLOWED(), default, lambda said: read.new_id(said, self.around.known))


def _names(choices: Mapping[str, Text]) -> list[Message]:
    return [_LISTED(code=code, name=text) for code, text in choices.items()]
