"""SPEC004: something that no catalogue knows: a region, hall, product, step, attribute, value, parent, topic."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from fnmatch import fnmatchcase

from campaigncheck.catalogue.load import Catalogues
from campaigncheck.catalogue.models import Products
from campaigncheck.language.expressions import expression
from campaigncheck.messages import Message, Text
from campaigncheck.rulekit.rule import CampaignView, PortfolioView, Problem, Rule, Sample
from campaigncheck.source.place import Path
from campaigncheck.spec.load import nearest_name
from campaigncheck.understand.conditions import ConditionFault
from campaigncheck.understand.references import FaultKind, ReferenceFault

_UNKNOWN = Text("没有叫“{name}”的{what}", "there is no {what} “{name}”")
_FORMER = Text("“{name}”（{title}）已经不是现行的行政区划代码", "“{name}” ({title}) is no current region code")
_FORMER_SINCE = Text(
    "“{name}”（{title}）{left} 年起不再是现行的行政区划代码",
    "“{name}” ({title}) has been no current region code since {left}",
)
_SUCCESSOR_HINT = Text("现在用 {names}，请改成新代码。", "It is now {names}: use the new code.")
_NO_SUCCESSOR_HINT = Text("请按现行区划改写；可以先写它所在的市的代码。", "Use the current code, or that of its city.")
_CODE = Text("{code}（{name}）", "{code} ({name})")
_NEAREST_HINT = Text("是不是想写“{nearest}”？", "Did you mean “{nearest}”?")
_LIST_HINT = Text("可以写的有：{names}。", "These are known: {names}.")
_FILE_HINT = Text("请对照 {file}；新的要先加进去。", "See {file}; new ones are added there first.")
_VALUE = Text("{what}没有“{given}”这个取值", "{what} has no value “{given}”")
_BOOL_HINT = Text("请写 true 或 false（不加引号）。", "Write true or false, without quotes.")
_RANGE = Text("看不懂{what}的条件“{given}”", "“{given}” is no condition on {what}")
_BLOCK = Text(
    "{what}的条件没有加引号，YAML 把 > 当成了换行文本的标记",
    "the condition on {what} needs quotes: YAML takes > for a text block",
)
_RANGE_HINT = Text(
    '写一个数，或带引号的范围：">=12"、"<60"、58..128（含两头）。',
    'Write a number, or a range in quotes: ">=12", "<60", 58..128 (ends included).',
)
_PATTERN = Text(
    "模式“{name}”对不上任何{what}，永远不会生效", "the pattern “{name}” matches no {what} and can never apply"
)
_PARENT_HINT = Text("请检查 parent 的编号，省级营销案要和本案在同一个仓库里。",
                    "Check the id: the provincial campaign has to be in the same repository.")  # fmt: skip

_REFERENCES: dict[FaultKind, tuple[Text, Text]] = {
    "unknown": (
        Text("营销案里没有“{name}”，填不进回答", "the spec has no “{name}” to fill in"),
        Text("可以引用的有：{known}。", "These can be referred to: {known}."),
    ),
    "private": (
        Text("“{name}”是给程序看的，不能填进回答", "“{name}” is for programs, and is not filled in"),
        Text("把要说的话直接写出来。可以引用的有：{known}。", "Say it in words. These can be referred to: {known}."),
    ),
    "wide": (
        Text("引用要用半角的大括号，现在是全角的", "these braces are full-width, so nothing is filled in"),
        Text("写成 {{{{ price.then }}}} 的样子。", "Write a reference like {{{{ price.then }}}}."),
    ),
    "several": (
        Text("“{name}”在几项优惠里不一样，不知道填哪一个", "“{name}” differs between the offers: which one is meant?"),
        Text("写明是哪项优惠：{known}。", "Say of which offer: {known}."),
    ),
    "empty": (
        Text("“{name}”在营销案里没有值，填不进回答", "“{name}” has no value in the spec, so nothing can be filled in"),
        Text("先在营销案里写上它的值，或者把这句话改掉。", "Give it a value in the spec, or say something else here."),
    ),
    "open": (
        Text("“{{{{”后面没有“}}}}”，不知道要填什么", "“{{{{” without “}}}}”: it is not clear what is to be filled in"),
        Text("引用写成 {{{{ price.then }}}} 的样子。", "Write a reference like {{{{ price.then }}}}."),
    ),
    "misplaced": (
        Text(
            "这里不能引用营销案里的值，客户会看到原样的大括号",
            "nothing is filled in here: customers would see the braces",
        ),
        Text(
            "直接写出要说的话；只有 faq 的 a、short 和 answers 的 answer 可以引用。",
            "Write it out; only a and short of faq, and answer of answers, can refer to values.",
        ),
    ),
}
_REFERENCE_NEAREST = Text("是不是想写 {{{{ {nearest} }}}}？", "Did you mean {{{{ {nearest} }}}}?")
_NAMED = 21
"""How many names a hint lists."""
_HALLS_FILE = "rules/network/halls.csv"
_WILD = expression(r"[*?\[]")
_REGION = Text("行政区划代码", "region code")
_HALL = Text("营业厅", "hall")
_PRODUCT = Text("产品", "product")
_STEP = Text("办理步骤", "step")
_ATTRIBUTE = Text("客户属性", "customer attribute")
_TOPIC = Text("FAQ 主题", "FAQ topic")
_ITEM = Text("准备事项", "readiness item")
_PARENT = Text("上级营销案", "parent campaign")


def check(view: CampaignView) -> Iterator[Problem]:
    """Yield every name that the catalogues do not know."""
    campaign, catalogues = view.campaign, view.catalogues
    yield from _regions(view)
    if campaign.halls:
        yield from _listed(campaign.halls, ("halls",), catalogues.network.listed, _HALL, _HALLS_FILE)
    for index, trial in enumerate(campaign.handling.trials):
        if trial.hall not in catalogues.network.listed:
            path = ("handling", "trials", index, "hall")
            yield from _one(trial.hall, path, catalogues.network.listed, _HALL, _HALLS_FILE)
    yield from _audiences(view)
    for reference in view.meaning.references:
        yield _reference(reference)
    products, usual = catalogues.products, catalogues.products.patterns
    for number, offer in enumerate(campaign.offers):
        at: Path = ("offers", number)
        if offer.product not in products.products:
            yield from _one(offer.product, (*at, "product"), products.products, _PRODUCT, "rules/products.yaml")
        if not usual.issuperset(offer.excludes):
            yield from _patterns(offer.excludes, (*at, "excludes"), products)
        if not usual.issuperset(offer.stacks_with):
            yield from _patterns(offer.stacks_with, (*at, "stacks_with"), products)
    topics, steps, items = catalogues.faq.topics, catalogues.steps.steps, catalogues.readiness.items
    for number, entry in enumerate(campaign.faq):
        if entry.topic not in topics:
            yield from _one(entry.topic, ("faq", number, "topic"), topics, _TOPIC, "rules/faq.yaml")
    for number, step in enumerate(campaign.handling.steps):
        if step.step not in steps:
            yield from _one(step.step, ("handling", "steps", number, "step"), steps, _STEP, "rules/steps.yaml")
        if step.halls:
            path = ("handling", "steps", number, "halls")
            yield from _listed(step.halls, path, catalogues.network.listed, _HALL, _HALLS_FILE)
    for name in campaign.readiness:
        if name not in items:
            yield from _one(name, ("readiness", name), items, _ITEM, "rules/readiness.yaml", key=True)


def _regions(view: CampaignView) -> Iterator[Problem]:
    campaign, known = view.campaign, view.catalogues.regions.regions
    if campaign.owner.region not in known:
        yield _unknown_region(campaign.owner.region, ("owner", "region"), view.catalogues)
    for part, codes in (("include", campaign.regions.include), ("exclude", campaign.regions.exclude)):
        for index, code in enumerate(codes):
            if code not in known:
                yield _unknown_region(code, ("regions", part, index), view.catalogues)


def _unknown_region(code: str, path: Path, catalogues: Catalogues) -> Problem:
    former = catalogues.former.get(code)
    if former is None:
        hint = _suggest(code, catalogues.regions.regions, "rules/regions.csv")
        return Problem(path, _UNKNOWN(name=code, what=_REGION), hint)
    message = _FORMER_SINCE if former.left else _FORMER
    names = [_CODE(code=item, name=catalogues.regions.name(item)) for item in former.successors]
    hint = _SUCCESSOR_HINT(names=names) if names else _NO_SUCCESSOR_HINT()
    return Problem(path, message(name=code, title=former.name, left=former.left), hint)


def _listed(names: Sequence[str], path: Path, known: Collection[str], what: Text, file: str) -> Iterator[Problem]:
    for index, name in enumerate(names):
        yield from _one(name, (*path, index), known, what, file)


def _one(name: str, path: Path, known: Collection[str], what: Text, file: str, key: bool = False) -> Iterator[Problem]:
    if name not in known:
        yield Problem(path, _UNKNOWN(name=name, what=what), _suggest(name, known, file), key=key)


def _suggest(name: str, known: Iterable[str], file: str) -> Message:
    nearest = nearest_name(name, known)
    if nearest:
        return _NEAREST_HINT(nearest=nearest)
    names = list(known)
    return _LIST_HINT(names=names) if 0 < len(names) <= 20 else _FILE_HINT(file=file)


def _audiences(view: CampaignView) -> Iterator[Problem]:
    for path, fault in view.meaning.faults:
        if fault.kind in ("unknown_attribute", "unknown_value", "bad_range"):
            yield _fault(view.catalogues, fault, path)


def _fault(catalogues: Catalogues, fault: ConditionFault, path: Path) -> Problem:
    if fault.kind == "unknown_attribute":
        hint = _suggest(fault.attribute, catalogues.domain, "rules/attributes.yaml")
        return Problem(path, _UNKNOWN(name=fault.attribute, what=_ATTRIBUTE), hint, key=True)
    label = catalogues.attributes.attributes[fault.attribute].label.text
    if fault.kind == "bad_range":
        given = str(fault.given)
        # An unquoted > begins a text block in YAML, and what comes of it is empty or several lines.
        block = not given.strip() or "\n" in given
        return Problem(path, (_BLOCK if block else _RANGE)(what=label, given=given), _RANGE_HINT())
    values = catalogues.domain[fault.attribute].values
    message = _VALUE(what=label, given=str(fault.given))
    if values == (False, True):
        return Problem(path, message, _BOOL_HINT())
    return Problem(path, message, _suggest(str(fault.given), [str(value) for value in values], "rules/attributes.yaml"))


def _reference(fault: ReferenceFault) -> Problem:
    message, hint = _REFERENCES[fault.kind]
    nearest = nearest_name(fault.name, fault.known) if fault.kind == "unknown" else None
    if nearest:
        hint = _REFERENCE_NEAREST
    facts = {"name": fault.name, "nearest": nearest, "known": list(fault.known[:_NAMED])}
    return Problem(fault.path, message(**facts), hint(**facts), span=fault.span)


def _patterns(patterns: Sequence[str], path: Path, products: Products) -> Iterator[Problem]:
    known: Iterable[str]
    for index, pattern in enumerate(patterns):
        if not pattern.startswith("campaign:") and not any(fnmatchcase(item, pattern) for item in products.products):
            known = products.lines if _WILD.search(pattern) else products.products
            hint = _suggest(pattern, known, "rules/products.yaml")
            yield Problem((*path, index), _PATTERN(name=pattern, what=_PRODUCT), hint)


def check_portfolio(view: PortfolioView) -> Iterator[Problem]:
    """Yield every parent that no campaign of the repository is."""
    ids = {known.id for known in view.known}
    for known in view.known:
        if known.parent is not None and known.parent not in ids:
            nearest = nearest_name(known.parent, ids - {known.id})
            hint = _NEAREST_HINT(nearest=nearest) if nearest else _PARENT_HINT()
            yield Problem(("parent",), _UNKNOWN(name=known.parent, what=_PARENT), hint, spec=known.path)


RULE = Rule(
    id="SPEC004",
    title=Text("目录里没有的名称", "a name that no catalogue knows"),
    severity="error",
    why=Text(
        "写错的代码和名称不会参加检查：地区代码错一位，冲突就查不到；属性名写错，客户范围就变成了所有人。",
        "A wrong name takes no part in any check: one wrong digit in a region code hides a conflict.",
    ),
    source=Text(
        "rules/ 里的各个目录；行政区划代码按 GB/T 2260 现行版。",
        "The catalogues in rules/; region codes by GB/T 2260, current edition.",
    ),
    passing=Sample('regions: {include: ["510100"]}\n'),
    failing=Sample('regions: {include: ["510124"]}\n', places=((1, 21),)),
    check=check,
    check_portfolio=check_portfolio,
)
