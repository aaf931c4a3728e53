"""Writes YAML in every style and remembers, of each character of each value, where it went.

This emitter shares nothing with the loader: it makes the source from the value, so both what has to
be read and where it stands are known beforehand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

Path = tuple[str | int, ...]
Span = tuple[int, int]

PLAIN_VALUES: dict[str, Any] = {
    "12": 12, "-7": -7, "+3": 3, "012": 12, "0o17": 15, "0x1F": 31, "1.5": 1.5, "-.5": -0.5, "2e3": 2000.0, "1.": 1.0,
    "true": True, "False": False, "null": None, "~": None,
    "yes": "yes", "on": "on", "2027-01-05": "2027-01-05", "1_000": "1_000", "12:30": "12:30", "58..128": "58..128",
    ".inf": ".inf", ".nan": ".nan", "0b1": "0b1", "1234567890123456789": "1234567890123456789", "10m": "10m",
}  # fmt: skip
"""Unquoted scalars and what the core schema of YAML 1.2 makes of them."""

ODD_SCALARS = {"+3", "012", "0o17", "0x1F", "False", "~", ".inf", ".nan", "1234567890123456789"}
_UNSEEN = frozenset("&!?*#~")

CHARACTERS = "abzAZ059" + "价格宽带元月，。：“”（）％" + "é\u0301\u20e3" + "😀\U0002070e" + "'\"\\:#&*!|>%@`-?,[]{}<=~."
WORDS = st.text(CHARACTERS, min_size=1, max_size=5)
SENTENCES = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)
PARAGRAPHS = st.lists(
    st.tuples(SENTENCES, st.sampled_from(["\n", "\n\n", "\n\n\n", "\n  "])), min_size=1, max_size=4
).map(lambda parts: "".join(sentence + gap for sentence, gap in parts))
ANYTHING = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufeff\ufffe\uffff"), max_size=8)
AFTER_BLANK_LINES = st.tuples(st.sampled_from(["\n", "\n\n"]), PARAGRAPHS | SENTENCES).map("".join)
TEXTS = SENTENCES | PARAGRAPHS | PARAGRAPHS.map(str.strip) | AFTER_BLANK_LINES | ANYTHING
_RESOLVED = re.compile(r"[-+.]?[0-9.]|[~]|$|(?:null|true|false)$", re.IGNORECASE)
_UNPRINTABLE = re.compile("[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_ESCAPES = {"\0": "0", "\a": "a", "\b": "b", "\t": "t", "\n": "n", "\v": "v", "\f": "f", "\r": "r", "\x1b": "e",
            '"': '"', "\\": "\\", " ": " ", "\x85": "N", "\xa0": "_", "\u2028": "L", "\u2029": "P", "/": "/"}  # fmt: skip


@dataclass(frozen=True)
class Unquoted:
    """A value that is no text, or would not be if it were quoted; as written."""

    text: str


@dataclass
class Sheet:
    """A document being written: its text so far, and where everything went."""

    draw: DrawFn
    eol: str
    ordinary: bool = False
    text: str = ""
    characters: dict[Path, list[int]] = field(default_factory=dict)
    values: dict[Path, Span] = field(default_factory=dict)
    keys: dict[Path, Span] = field(default_factory=dict)

    def put(self, text: str) -> None:
        """Write something that is part of no value."""
        self.text += text

    def note(self, path: Path, written: str) -> None:
        """Write one character of a value in its written form."""
        self.characters[path].append(len(self.text))
        self.text += written

    def choose(self, *options: Any) -> Any:
        """Choose one of several ways to go on."""
        return self.draw(st.sampled_from(options))

    def anchor(self) -> str:
        """Return an anchor of a name of its own, if it may stand here."""
        return "" if self.ordinary else f"&a{len(self.text)}"

    def fold(self, breaks: int, indent: int) -> None:
        """Break the line once or several times, with blanks that do not count around the breaks."""
        for _ in range(breaks):
            self.put(self.choose("", "", " ") + self.eol)
        self.put(" " * (indent + self.choose(0, 0, 1, 3)))


@dataclass(frozen=True)
class Written:
    """A finished document."""

    text: str
    value: Any
    characters: dict[Path, list[int]]
    values: dict[Path, Span]
    keys: dict[Path, Span]


def _trees(ordinary: bool) -> SearchStrategy[Any]:
    texts = TEXTS.filter(_UNSEEN.isdisjoint) if ordinary else TEXTS
    scalars = [text for text in PLAIN_VALUES if not (ordinary and text in ODD_SCALARS)]
    return st.recursive(
        texts | st.sampled_from([Unquoted(text) for text in scalars]),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_keys(ordinary), inner, max_size=4),
        max_leaves=12,
    )


def _keys(ordinary: bool) -> SearchStrategy[str]:
    if ordinary:
        return WORDS.filter(_UNSEEN.isdisjoint) | st.sampled_from(["id", "价格", "12", "true", "null"])
    return (SENTENCES | ANYTHING | st.sampled_from(list(PLAIN_VALUES))).filter(
        lambda key: key != "<<" and len(key) < 40
    )


def plain_value(tree: Any) -> Any:
    """Return what a loader has to read."""
    if isinstance(tree, Unquoted):
        return PLAIN_VALUES[tree.text]
    if isinstance(tree, dict):
        return {key: plain_value(item) for key, item in tree.items()}
    return [plain_value(item) for item in tree] if isinstance(tree, list) else tree


@st.composite
def documents(draw: DrawFn, ordinary: bool = False) -> Written:
    """Documents in all styles, with line ends of all kinds; ``ordinary``: without what few people write."""
    tree = draw(st.dictionaries(_keys(ordinary), _trees(ordinary), min_size=1, max_size=4))
    sheet = Sheet(draw, "\n" if ordinary else draw(st.sampled_from(["\n", "\r\n", "\r"])), ordinary)
    sheet.put(sheet.choose("", "", "" if ordinary else "---" + sheet.eol, "# 说明：a: b" + sheet.eol, sheet.eol))
    if sheet.choose(True, True, False):
        _block(sheet, tree, (), 0)
    else:
        _flow(sheet, tree, (), 1)
        sheet.put(sheet.eol)
    return Written(sheet.text, plain_value(tree), sheet.characters, sheet.values, sheet.keys)


def _block(sheet: Sheet, tree: Any, path: Path, indent: int, compact: bool = False) -> None:
    """Write a non-empty collection in block style; ``compact``: its first entry goes on in this line."""
    start = len(sheet.text) if compact else len(sheet.text) + indent
    items = list(tree.items()) if isinstance(tree, dict) else list(enumerate(tree))
    for number, (step, item) in enumerate(items):
        if number or not compact:
            sheet.put(" " * indent)
        if isinstance(tree, dict):
            _block_key(sheet, step, (*path, step), indent)
        else:
            sheet.put("-")
        _block_value(sheet, item, (*path, step), indent, in_list=isinstance(tree, list))
    sheet.values[path] = (start, max(sheet.values[(*path, step)][1] for step, _ in items))


def _block_key(sheet: Sheet, key: str, path: Path, indent: int) -> None:
    explicit = sheet.choose(False, False, False, not sheet.ordinary)
    if explicit:
        sheet.put("? ")
    _key(sheet, key, path, flow=False)
    if explicit:
        sheet.put(sheet.choose("", " ", " # x") + sheet.eol + " " * indent + ":")
    else:
        sheet.put(sheet.choose("", "", " ") + ":")


def _key(sheet: Sheet, key: str, path: Path, flow: bool) -> None:
    start = len(sheet.text)
    style = sheet.choose(*_line_styles(key, flow, key=True))
    _scalar(sheet, style, key, (*path, "<key>"), None)
    del sheet.characters[(*path, "<key>")], sheet.values[(*path, "<key>")]
    sheet.keys[path] = (start, len(sheet.text))


def _block_value(sheet: Sheet, tree: Any, path: Path, indent: int, in_list: bool) -> None:
    """Write a value after ``key:`` or ``-`` up to the end of its line."""
    if isinstance(tree, dict | list) and tree and sheet.choose(True, True, False):
        _nested(sheet, tree, path, indent, in_list)
        return
    style = None
    if tree == Unquoted("~") and sheet.choose(True, False):
        sheet.values[path] = (len(sheet.text), len(sheet.text))
        sheet.put(sheet.choose("", " ") + sheet.eol)
        return
    sheet.put(sheet.choose(" ", " ", "   ") + sheet.choose("", "", "", f"{sheet.anchor()} "))
    if isinstance(tree, str):
        style = sheet.choose(*_line_styles(tree, flow=False), *_block_styles(tree))
        _scalar(sheet, style, tree, path, indent)
    else:
        _flow(sheet, tree, path, indent + 1)
    if style not in ("|", ">"):
        sheet.put(sheet.choose("", "", " # 注：b: c", "  ") + sheet.eol)
        sheet.put(sheet.choose("", "", sheet.eol, "# 注" + sheet.eol))


def _nested(sheet: Sheet, tree: Any, path: Path, indent: int, in_list: bool) -> None:
    if in_list and sheet.choose(True, False):
        gap = sheet.choose(1, 1, 3)
        sheet.put(" " * gap)
        _block(sheet, tree, path, indent + 1 + gap, compact=True)
        return
    sheet.put(sheet.choose("", "", f" {sheet.anchor()}", " # 注") + sheet.eol)
    less = isinstance(tree, list) and not in_list and sheet.choose(True, False)
    _block(sheet, tree, path, indent if less else indent + sheet.choose(1, 2, 4))


def _flow(sheet: Sheet, tree: Any, path: Path, indent: int) -> None:
    """Write a value that is followed by a comma, a bracket, or the end of the line."""
    start = len(sheet.text)
    if isinstance(tree, str):
        _scalar(sheet, sheet.choose(*_line_styles(tree, flow=True)), tree, path, indent)
        return
    if isinstance(tree, Unquoted):
        sheet.put(tree.text)
    else:
        pairs = isinstance(tree, dict)
        sheet.put("{" if pairs else "[")
        for number, (step, item) in enumerate(tree.items() if pairs else enumerate(tree)):
            sheet.put("," if number else "")
            _gap(sheet, indent)
            if pairs:
                _key(sheet, step, (*path, step), flow=True)
                sheet.put(": ")
            _flow(sheet, item, (*path, step), indent)
            _gap(sheet, indent)
        sheet.put("}" if pairs else "]")
    sheet.values[path] = (start, len(sheet.text))


def _gap(sheet: Sheet, indent: int) -> None:
    way = sheet.choose("", " ", " ", "break", "comment", "comment below")
    if way in ("", " "):
        sheet.put(way)
        return
    sheet.put((" # 注" if way == "comment" else "") + sheet.eol + " " * indent)
    if way == "comment below":
        sheet.put("# 注：a: b" + sheet.eol + " " * indent)


def _line_styles(text: str, flow: bool, key: bool = False) -> list[str]:
    """Return the styles in which a text can be written on one line or several, but not as a block."""
    styles = ['"']
    if key and "\n" in text:
        return styles
    if key and text in PLAIN_VALUES:
        return ["plain", "plain", '"', "'"]
    if not _UNPRINTABLE.search(text) and not re.search(r" \n|\n |^\n|\n$", text):
        styles.append("'")
        if _plain(text, flow):
            styles += ["plain", "plain"]
    return styles


def _plain(text: str, flow: bool) -> bool:
    if text != text.strip(" ") or _RESOLVED.match(text) or re.search(r":(?:\s|$)|[\s]#", text):
        return False
    if flow and re.search(r"[,\[\]{}?]|:(?![0-9A-Za-z])", text):
        return False
    return text[0] not in "-?:,[]{}#&*!|>'\"%@`"


def _block_styles(text: str) -> list[str]:
    """Return the block styles that can hold a text."""
    if _UNPRINTABLE.search(text) or not text.strip() or re.search(r" (?:\n|$)", text):
        return []
    return ["|", "|", ">"]


def _scalar(sheet: Sheet, style: str, text: str, path: Path, indent: int | None) -> None:
    """Write a text; without ``indent`` it has to stay on one line."""
    start = len(sheet.text)
    sheet.characters[path] = []
    if style in ("|", ">"):
        _block_scalar(sheet, style, text, path, indent or 0)
        sheet.values[path] = (start, len(sheet.text.rstrip()))
        return
    quote = "" if style == "plain" else style
    sheet.put(quote)
    while (index := len(sheet.characters[path])) < len(text):
        if indent is None or not _folded(sheet, text, index, path, indent + 1, quote):
            _character(sheet, text[index], path, indent, quote)
    sheet.put(quote)
    sheet.values[path] = (start, len(sheet.text))


def _folded(sheet: Sheet, text: str, index: int, path: Path, indent: int, quote: str) -> bool:
    """Write a single space, or a run of newlines, as a line break (one more than the newlines), if it can be."""
    blanks = re.match(r" |\n+", text[index:])
    if blanks is None or index == 0 or text[index - 1] in " \n":
        return False
    end = index + blanks.end()
    if end == len(text) or text[end] in " \n" or (text[end] == "#" and not quote):
        return False
    must = text[index] == "\n" and quote != '"'
    if not (must or sheet.choose(False, True)):
        return False
    sheet.characters[path] += [len(sheet.text)] * blanks.end()
    sheet.fold(1 if text[index] == " " else blanks.end() + 1, indent)
    return True


def _character(sheet: Sheet, char: str, path: Path, indent: int | None, quote: str) -> None:
    """Write one character in its line, in double quotes in one of its escaped forms."""
    if quote != '"':
        sheet.note(path, "''" if char == quote else char)
        return
    continued = indent is not None and sheet.choose(*[False] * 9, True)
    if continued:
        sheet.put("\\" + sheet.eol + " " * ((indent or 0) + 1))
    escaped = bool(_UNPRINTABLE.match(char)) or char in '"\\\n' or (continued and char == " ")
    ways = [] if escaped else [char] * 8
    ways += ["\\" + _ESCAPES[char]] if char in _ESCAPES else []
    ways += [rf"\x{ord(char):02x}"] if ord(char) < 1 << 8 else []
    ways += [rf"\u{ord(char):04X}"] if ord(char) < 1 << 16 else []
    sheet.note(path, sheet.choose(*ways, rf"\U{ord(char):08x}"))


def _block_scalar(sheet: Sheet, style: str, text: str, path: Path, indent: int) -> None:
    body = text.rstrip("\n")
    chomp = {0: "-", 1: sheet.choose("", "+")}.get(len(text) - len(body), "+")
    width = sheet.choose(1, 2, 4)
    digit = str(width) if text.lstrip("\n")[0] == " " or sheet.choose(False, True) else ""
    sheet.put(style + sheet.choose(chomp + digit, digit + chomp) + sheet.choose("", "", " # 注") + sheet.eol)
    _blank_lines(sheet, len(text) - len(text.lstrip("\n")), path, indent + width)
    lines = re.findall(r"([^\n]+)(\n*)", text)
    for (line, run), (after, _) in zip(lines, [*lines[1:], ("", "")], strict=True):
        sheet.put(" " * (indent + width))
        _block_line(sheet, style, line, path, indent + width)
        spare = style == ">" and after != "" and not line.startswith(" ") and not after.startswith(" ")
        sheet.characters[path] += [len(sheet.text)] * len(run)
        sheet.put(sheet.eol * (len(run) + spare))
    if chomp != "+":
        sheet.put(sheet.eol * (chomp == "-") + sheet.choose("", "", sheet.eol))


def _blank_lines(sheet: Sheet, number: int, path: Path, indent: int) -> None:
    """Write the newlines that a text begins with; blanks up to the indentation do not count."""
    for _ in range(number):
        sheet.put(" " * sheet.choose(0, 0, 1, indent))
        sheet.note(path, sheet.eol)


def _block_line(sheet: Sheet, style: str, line: str, path: Path, indent: int) -> None:
    for index, char in enumerate(line):
        around = line[max(0, index - 1) : index + 2].replace(char, "", 1) if char == " " else ""
        if style == ">" and not line.startswith(" ") and len(around.strip()) == 2 and sheet.choose(False, True):
            sheet.characters[path].append(len(sheet.text))
            sheet.put(sheet.eol + " " * indent)
        else:
            sheet.note(path, char)
