"""From plain values to a :class:`Campaign`, or to everything that does not fit, in plain words."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, TypeVar, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from campaigncheck.messages import Message, Text, figure
from campaigncheck.source.errors import RefusalError
from campaigncheck.source.place import Path
from campaigncheck.source.yamlpass import parse
from campaigncheck.spec.types import FIRST_DAY, LAST_DAY, SITE_PATTERN

M = TypeVar("M", bound=BaseModel)


class ShapeProblem(NamedTuple):
    """One way in which values do not fit their model (rule SPEC002)."""

    path: Path
    key: bool
    message: Message
    hint: Message


def fit(model: type[M], value: Any) -> M | list[ShapeProblem]:
    """Validate plain values; return the model or every problem, in order of place."""
    try:
        return model.__pydantic_validator__.validate_python(value)  # type: ignore[no-any-return]
    except ValidationError as error:
        return _problems(model, value, error)


def _problems(model: type[BaseModel], value: Any, error: ValidationError) -> list[ShapeProblem]:
    found: dict[Path, ShapeProblem] = {}
    for item in error.errors(include_url=False):
        loc = tuple(step for step in item["loc"] if step not in _NO_STEPS)
        path, _ = _existing(value, loc)
        if _of_other_branch(value, path, item["loc"]):
            continue
        at = loc if item["type"] in ("missing", "extra_forbidden") else path
        if at not in found:
            found[at] = _problem(model, value, path, loc, dict(item))
    return list(found.values())


_SCALARS = ("str", "bool", "int", "float")
_UNION_TAGS = frozenset({*_SCALARS, "list[union[str,bool,int,float]]"})
_NO_STEPS = frozenset({"[key]", *_UNION_TAGS})
"""What pydantic adds to a location that is no step into the values."""


def _of_other_branch(value: Any, path: Path, loc: tuple[int | str, ...]) -> bool:
    """Whether an error is of the branch of a union that is not meant: a scalar's where a list is given."""
    return loc[-1] in _SCALARS and "list" not in str(loc[-3:]) and isinstance(_at(value, path), list)


def _existing(value: Any, loc: Path) -> tuple[Path, Path]:
    """Split a location into the steps that the values have and the rest."""
    for depth, step in enumerate(loc):
        if isinstance(step, int):
            known = isinstance(value, list) and step < len(value)
        else:
            known = isinstance(value, dict) and step in value
        if not known:
            return loc[:depth], loc[depth:]
        value = value[step]
    return loc, ()


def _problem(model: type[BaseModel], value: Any, path: Path, loc: Path, item: dict[str, Any]) -> ShapeProblem:
    kind = item["type"]
    if kind == "missing":
        name = str(loc[-1])
        example = _example(model, loc)
        return ShapeProblem(path, True, MISSING(name=name), MISSING_HINT(name=name, example=example))
    if kind == "extra_forbidden":
        return ShapeProblem(path, True, *_unknown_key(model, loc))
    given = _at(value, path)
    key = item["loc"][-1] == "[key]"
    if given is None and not key:
        return ShapeProblem(path, True, EMPTY_VALUE(name=_name(path)), EMPTY_VALUE_HINT())
    explain = _EXPLANATIONS.get(kind, _other)
    message, hint = explain(given if not key else path[-1], item)
    return ShapeProblem(path, key, message, hint)


def _at(value: Any, path: Path) -> Any:
    for step in path:
        value = value[step]
    return value


def _name(path: Path) -> str:
    return next((step for step in reversed(path) if isinstance(step, str)), "")


def _example(model: type[BaseModel], loc: Path) -> str:
    """Give an example line for a missing field, from the models' own examples."""
    parent = _model_at(model, loc[:-1])
    field = parent.model_fields.get(str(loc[-1])) if parent else None
    return f"{loc[-1]}: {_example_of(field) if field else '…'}"


def _example_of(field: FieldInfo) -> str:
    """Write an example of a field; of a part, one of each field it needs."""
    if field.examples:
        return _written(field.examples[0])
    part = _inner(field.annotation)
    needed = {name: inner for name, inner in part.model_fields.items() if inner.is_required()} if part else {}
    if not needed:
        return "…"
    shown = "{" + ", ".join(f"{name}: {_example_of(inner)}" for name, inner in needed.items()) + "}"
    return f"[{shown}]" if get_origin(field.annotation) is list else shown


def _written(example: Any) -> str:
    """Write a value as YAML in flow style; text that would be read as something else in quotes."""
    if isinstance(example, list):
        return "[" + ", ".join(map(_written, example)) + "]"
    if isinstance(example, dict):
        return "{" + ", ".join(f"{_written(name)}: {_written(value)}" for name, value in example.items()) + "}"
    if isinstance(example, str):
        return example if _needs_no_quotes(example) else json.dumps(example, ensure_ascii=False)
    return json.dumps(example) if example is None or isinstance(example, bool) else str(example)


def _needs_no_quotes(text: str) -> bool:
    try:
        return bool(parse(f"k: [{text}]") == {"k": [text]})
    except RefusalError:
        return False


def _unknown_key(model: type[BaseModel], loc: Path) -> tuple[Message, Message]:
    name = str(loc[-1])
    parent = _model_at(model, loc[:-1])
    fields = list(parent.model_fields) if parent else []
    nearest = nearest_name(name, fields)
    if nearest:
        return UNKNOWN_KEY(name=name), DID_YOU_MEAN(nearest=nearest)
    return UNKNOWN_KEY(name=name), UNKNOWN_KEY_HINT(fields=fields)


def nearest_name(name: str, names: Iterable[str]) -> str | None:
    """Return the known name most like a misspelt one, if any is like it at all; the first of several in order."""
    from rapidfuzz import fuzz, process  # only needed where something is wrong

    known = sorted(names)
    folded = [item.casefold() for item in known]
    match = process.extractOne(name.casefold(), folded, scorer=fuzz.ratio, score_cutoff=60)
    return known[match[2]] if match else None


def _model_at(model: type[BaseModel], loc: Path) -> type[BaseModel] | None:
    """Follow a location through the models' annotations."""
    current: type[BaseModel] | None = model
    container = False
    for step in loc:
        if container:  # an item of a list, or the key of an entry, of ``current``
            container = False
            continue
        field = current.model_fields.get(str(step)) if current else None
        if field is None:
            return None
        current = _inner(field.annotation)
        container = get_origin(field.annotation) in (list, dict)
    return current


def _inner(annotation: Any) -> Any:
    """Find the model inside ``list[M]``, ``dict[str, M]``, ``M | None`` and annotations."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        found = _inner(argument)
        if found is not None:
            return found
    return None


MISSING = Text("缺少“{name}”", "“{name}” is missing")
MISSING_HINT = Text("请加上这个字段，例如：{example}", "Add the field, for example: {example}")
UNKNOWN_KEY = Text("没有叫“{name}”的字段", "there is no field “{name}”")
UNKNOWN_KEY_HINT = Text("这里可以写的字段有：{fields}。", "The fields allowed here are: {fields}.")
DID_YOU_MEAN = Text("是不是想写“{nearest}”？", "Did you mean “{nearest}”?")
EMPTY_VALUE = Text("“{name}”后面是空的", "“{name}” has no value")
EMPTY_VALUE_HINT = Text(
    "写上内容，或者把这一行删掉；空列表写成 []。", "Write a value or delete the line; an empty list is []."
)
BAD_CHOICE = Text("“{given}”不在可选的值里", "“{given}” is not one of the allowed values")
BAD_CHOICE_HINT = Text("可选的值：{choices}。", "Allowed: {choices}.")
NEED_TEXT = Text("这里要写文字，现在写的是{kind}", "text is expected here, this is {kind}")
NEED_TEXT_NUMBER_HINT = Text(
    '不加引号的 {given} 会被当成数字（开头的 0 会丢），请写成 "{quoted}"。',
    'Without quotes {given} is a number (leading zeros are lost): write "{quoted}".',
)
NEED_TEXT_HINT = Text("请写成一段文字，必要时加引号。", "Write it as text, in quotes if need be.")
NEED_NUMBER = Text("这里要写数字，现在写的是{kind}", "a number is expected here, this is {kind}")
NEED_NUMBER_HINT = Text(
    "只写数字，不要带单位、引号和千分位，例如 {example}。",
    "Write the bare number, no unit, quotes or separators, such as {example}.",
)
NEED_WHOLE = Text("这里要写整数", "a whole number is expected here")
NEED_LIST = Text("这里要写一个列表，现在写的是{kind}", "a list is expected here, this is {kind}")
NEED_LIST_HINT = Text(
    "即使只有一项也写成列表，例如 [{example}]。", "Write a list even for one item, such as [{example}]."
)
NEED_MAPPING = Text("这里要写成“字段: 值”，现在写的是{kind}", "“field: value” is expected here, this is {kind}")
NEED_MAPPING_HINT = Text(
    "换行缩进写各个字段，或写成 {{字段: 值}}。", "Indent the fields below, or write {{field: value}}."
)
NEED_BOOL = Text("这里要写 true 或 false", "true or false is expected here")
NEED_BOOL_HINT = Text(
    "YAML 1.2 里 yes、no、on、off 都是普通文字，请写 true 或 false。",
    "In YAML 1.2 yes, no, on and off are text: write true or false.",
)
NEED_VALUE = Text("这里要写一个值或一个列表，现在写的是{kind}", "a value or a list is expected here, this is {kind}")
NEED_VALUE_HINT = Text(
    '写一个值、一个列表或一个带引号的范围，例如 ">=12"。', 'Write a value, a list, or a range in quotes such as ">=12".'
)
BAD_DATE = Text("“{given}”不是日期", "“{given}” is not a date")
BAD_DATE_HINT = Text("日期写成“年-月-日”，例如 {example}。", "Write dates as YYYY-MM-DD, such as {example}.")
NO_SUCH_DAY = Text("没有 {given} 这一天", "there is no day {given}")
NO_SUCH_DAY_HINT = Text("请对照日历改成真实的日期。", "Check the calendar.")
FAR_DAY = Text("{given} 的年份不合理", "{given} is in an unlikely year")
FAR_DAY_HINT = Text(
    "日期要在 {first} 年到 {last} 年之间，请检查年份。", "Dates lie in the years {first} to {last}: check the year."
)
BAD_FORM = Text("“{given}”的写法不对", "“{given}” is not in the right form")
BAD_FORM_HINT = Text("应当{form}。", "It should be {form}.")
TOO_LONG = Text("文字太长，最多 {limit} 个字", "the text is too long: at most {limit} characters")
TOO_LONG_HINT = Text("请精简，或拆成几段。", "Shorten it or split it up.")
TOO_SHORT = Text("这里不能是空的", "this must not be empty")
TOO_SHORT_HINT = Text("写上内容，或者删掉这个字段。", "Write something, or delete the field.")
TOO_FEW = Text("列表至少要有 {limit} 项", "the list needs {limit} or more entries")
TOO_MANY = Text("列表最多 {limit} 项", "the list may have no more than {limit} entries")
LIST_SIZE_HINT = Text("现在有 {actual} 项。", "It has {actual} now.")
TOO_SMALL = Text("数字太小，最小是 {limit}", "the number is too small: at least {limit}")
NOT_OVER = Text("数字要大于 {limit}", "the number has to be over {limit}")
TOO_BIG = Text("数字太大，最大是 {limit}", "the number is too large: at most {limit}")
RANGE_HINT = Text("请检查单位和小数点。", "Check unit and decimal point.")
SHARE_HINT = Text(
    "比例写成 0 到 1 之间的小数，例如 {example}。", "Write shares as decimals from 0 to 1, such as {example}."
)
OTHER = Text("这个值不符合要求", "this value does not fit")
OTHER_HINT = Text("字段的要求可以用 campaigncheck schema 查看。（{detail}）", "See `campaigncheck schema`. ({detail})")

_KINDS: tuple[tuple[type, Text], ...] = (
    (bool, Text("真假值", "true/false")),
    (int, Text("数字", "a number")),
    (float, Text("数字", "a number")),
    (str, Text("文字", "text")),
    (list, Text("列表", "a list")),
    (dict, Text("一组字段", "a group of fields")),
)
_NOTHING = Text("空值", "empty")

_FORMS: dict[str, Text] = {
    "^[a-z0-9-]{3,64}$": Text("是 3 到 64 个小写字母、数字或短横线", "3 to 64 lower-case letters, digits or hyphens"),
    "^[a-z0-9-]{1,64}$": Text("是 1 到 64 个小写字母、数字或短横线", "1 to 64 lower-case letters, digits or hyphens"),
    "^[0-9]{6}$": Text('是 6 位数字的行政区划代码，例如 "510100"', 'a region code of 6 digits such as "510100"'),
    SITE_PATTERN: Text(
        "是 http:// 或 https:// 开头的网址，例如 https://example.com/faq/",
        "an address that begins with http:// or https://, such as https://example.com/faq/",
    ),
    "hours": Text('写成起止时刻，例如 "08:00-20:00"', 'a span of hours such as "08:00-20:00"'),
    "product": Text("是用点分级的产品编号，例如 broadband.300m", "a dotted product path such as broadband.300m"),
    "name": Text("是小写字母和数字，用下划线或短横线连接", "lower-case letters and digits joined by _ or -"),
}


def _kind(given: Any) -> Text:
    return next((text for kind, text in _KINDS if isinstance(given, kind)), _NOTHING)


def _shown(given: Any) -> str:
    """Write what is given as it stands in a spec, shortened if need be."""
    return _shorten(given if isinstance(given, str) else _written(given))


def _shorten(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "…"


def _choice(given: Any, item: dict[str, Any]) -> tuple[Message, Message]:
    choices = re.findall(r"'([^']*)'|\b(\d+)\b", item["ctx"]["expected"])
    names = [text or number for text, number in choices]
    if isinstance(given, str) and given in names:
        return NEED_NUMBER(kind=_kind(given)), NEED_NUMBER_HINT(example=given)
    nearest = nearest_name(str(given), names)
    hint = DID_YOU_MEAN(nearest=nearest) if nearest else BAD_CHOICE_HINT(choices=names)
    return BAD_CHOICE(given=_shown(given)), hint


def _is_number(given: Any) -> bool:
    return isinstance(given, int | float) and not isinstance(given, bool)


def _text(given: Any, item: dict[str, Any]) -> tuple[Message, Message]:
    if not _is_number(given):
        return NEED_TEXT(kind=_kind(given)), NEED_TEXT_HINT()
    if isinstance(given, int) and 1900_00_00 < given < 2200_00_00 and str(item["loc"][-1]) in _DAYS:
        return _date_form(given, item)
    quoted = f"{given:06d}" if _is_region(item) and isinstance(given, int) else str(given)
    return NEED_TEXT(kind=_kind(given)), NEED_TEXT_NUMBER_HINT(given=str(given), quoted=quoted)


_DAYS = frozenset({"start", "end", "on", "done", "submitted"})


def _is_region(item: dict[str, Any]) -> bool:
    return any(step in ("region", "include", "exclude") for step in item["loc"])


_SHARES = frozenset({"share", "channel_share", "passed"})
_UNITS = {"": 1, "%": 0.01, "％": 0.01, "成": 0.1, "万": 10_000}


def _is_share(item: dict[str, Any]) -> bool:
    return any(step in _SHARES for step in item["loc"])


def _meant(given: Any) -> float | None:
    """Return the number that somebody means who writes ``1,000``, ``40%`` or ``1.2万``."""
    match = re.search(r"([0-9]{1,9}(?:\.[0-9]{1,6})?)([%％成万]?)", re.sub("[,，_ ]", "", str(given)))
    return float(match[1]) * _UNITS[match[2]] if match else None


def _share(given: Any) -> str:
    """Return the share that is meant; a bare number over 1 is taken for a percentage."""
    number = _meant(given)
    if number is not None and 1 < number <= 100 and not re.search("[%％成]", str(given)):
        number /= 100
    return figure(number, 6) if number is not None and number <= 1 else "0.6"


def _number(given: Any, item: dict[str, Any]) -> tuple[Message, Message]:
    number = _meant(given)
    example = _share(given) if _is_share(item) else "12" if number is None else figure(number, 6)
    return NEED_NUMBER(kind=_kind(given)), NEED_NUMBER_HINT(example=example)


def _whole_number(given: Any, item: dict[str, Any]) -> tuple[Message, Message]:
    number = _meant(given)
    message = NEED_WHOLE() if isinstance(given, float) else NEED_NUMBER(kind=_kind(given))
    return message, NEED_NUMBER_HINT(example="12" if number is None else str(round(number)))


def _list(given: Any, item: dict[str, Any]) -> tuple[Message, Message]:
    code = isinstance(given, int) and _is_region(item)
    example = _shorten(_written(str(given) if code else given))
    return NEED_LIST(kind=_kind(given)), NEED_LIST_HINT(example=example)


def _mapping(given: Any, item: dict[str, Any]) -> tuple[Message, Message]:
    return NEED_MAPPING(kind=_kind(given)), NEED_MAPPING_HINT()


def _bool(given: Any, item: dict[str, Any]) -> tuple[Message, Message]:
    return NEED_BOOL(), NEED_BOOL_HINT()


def _date_form(given: Any, item: dict[str, Any]) -> tuple[Message, Message]:
    match = re.fullmatch(r"\D*(\d{4})\D?(\d{1,2})\D?(\d{1,2})(?:\D.*)?", str(given), re.DOTALL)
    example = "2027-01-05"
    if match:
        year, month, day = (int(part) for part in match.groups())
        example = f"{year:04d}-{month:02d}-{day:02d}"
    return BAD_DATE(given=_shown(given)), BAD_DATE_HINT(example=example)


def _no_such_day(given: Any, item: dict[str, Any]) -> tuple[Message, Message]:
    return NO_SUCH_DAY(given=_shown(given)), NO_SUCH_DAY_HINT()


def _pattern(given: Any, item: dict[str, Any]) -> tuple[Message, Message]:
    pattern = item["ctx"]["pattern"]
    if "[0-9]{4}" in pattern:
        return _date_form(given, item)
    kind = "hours" if ":" in pattern else "product" if r"\." in pattern else "name"
    form = _FORMS.get(pattern, _FORMS[kind])
    return BAD_FORM(given=_shown(given)), BAD_FORM_HINT(form=form)


def _sized(message: Text, name: str) -> Callable[[Any, dict[str, Any]], tuple[Message, Message]]:
    def explain(given: Any, item: dict[str, Any]) -> tuple[Message, Message]:
        limit = item["ctx"][name]
        return message(limit=float(limit)), LIST_SIZE_HINT(actual=len(given))

    return explain


def _bounded(message: Text, name: str) -> Callable[[Any, dict[str, Any]], tuple[Message, Message]]:
    def explain(given: Any, item: dict[str, Any]) -> tuple[Message, Message]:
        if isinstance(given, str):
            return FAR_DAY(given=given), FAR_DAY_HINT(first=FIRST_DAY.year, last=LAST_DAY.year)
        hint = SHARE_HINT(example=_share(given)) if _is_share(item) else RANGE_HINT()
        return message(limit=float(item["ctx"][name])), hint

    return explain


def _string_too_long(given: Any, item: dict[str, Any]) -> tuple[Message, Message]:
    return TOO_LONG(limit=item["ctx"]["max_length"]), TOO_LONG_HINT()


def _string_too_short(given: Any, item: dict[str, Any]) -> tuple[Message, Message]:
    return TOO_SHORT(), TOO_SHORT_HINT()


def _scalar(given: Any, item: dict[str, Any]) -> tuple[Message, Message]:
    if item["loc"][-1] in _SCALARS and isinstance(given, dict | list):
        return NEED_VALUE(kind=_kind(given)), NEED_VALUE_HINT()
    return _text(given, item)


def _other(given: Any, item: dict[str, Any]) -> tuple[Message, Message]:
    return OTHER(), OTHER_HINT(detail=item["msg"])


_EXPLANATIONS: dict[str, Callable[[Any, dict[str, Any]], tuple[Message, Message]]] = {
    "literal_error": _choice,
    "string_type": _scalar,
    "int_type": _whole_number,
    "float_type": _number,
    "list_type": _list,
    "dict_type": _mapping,
    "model_type": _mapping,
    "bool_type": _bool,
    "date_from_datetime_parsing": _no_such_day,
    "string_pattern_mismatch": _pattern,
    "too_short": _sized(TOO_FEW, "min_length"),
    "too_long": _sized(TOO_MANY, "max_length"),
    "greater_than_equal": _bounded(TOO_SMALL, "ge"),
    "greater_than": _bounded(NOT_OVER, "gt"),
    "less_than_equal": _bounded(TOO_BIG, "le"),
    "string_too_long": _string_too_long,
    "string_too_short": _string_too_short,
}
