"""Some characters of a text are replaced: its style, its line breaks, its escapes and all around it stay."""

from __future__ import annotations

import re
from textwrap import dedent

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from campaigncheck.source.changes import Amend, EditError, Put
from campaigncheck.source.edit import edit
from campaigncheck.source.written import reads
from campaigncheck.source.yamlpass import parse
from tests.source.writing import TEXTS, Path, Written, documents

PAGE = dedent(
    """\
    a: 装FTTR吗 # 一
    b: 'it''s FTTR'
    c: "\\"FTTR\\"\\n\\
      \\u88C5 FTTR了" # 三
    d: |
      先说

        装FTTR吗
    e: >-
      装一套
      FTTR，

      每月
    f: {g: 装FTTR吗, h: [ "FTTR" ]} # 六
    i:
      - 第一行
        FTTR
        第三行 # 九
    j: &n FTTR
    k: &m FTTR
    l: *m
    o: {p: &q {r: FTTR}, s: *q}
    t: 5
    """
)


def amend(path: Path, new: str, at: int = 0) -> Amend:
    """Replace the term in the text at a path, the ``at``-th time it is used."""
    text = PAGE_VALUE
    for step in path:
        text = text[step]
    start = -1
    for _ in range(at + 1):
        start = str(text).index("FTTR", start + 1)
    return Amend(path, start, start + 4, "FTTR", new)


PAGE_VALUE = parse(PAGE)


@pytest.mark.parametrize(
    ("change", "before", "after"),
    [
        (amend(("a",), "光纤"), "装FTTR吗 # 一", "装光纤吗 # 一"),
        (amend(("a",), "FTTR: 光纤"), "装FTTR吗 # 一", '"装FTTR: 光纤吗" # 一'),
        (amend(("a",), "x #"), "装FTTR吗 # 一", '"装x #吗" # 一'),
        (amend(("b",), "o'f"), "'it''s FTTR'", "'it''s o''f'"),
        (amend(("b",), "x\ny"), "'it''s FTTR'", '"it\'s x\\ny"'),
        (amend(("c",), "“a\\b”"), '"\\"FTTR\\"\\n\\', '"\\"“a\\\\b”\\"\\n\\'),
        (amend(("c",), "光纤", 1), "  \\u88C5 FTTR了", "  \\u88C5 光纤了"),
        (amend(("d",), "光纤"), "    装FTTR吗", "    装光纤吗"),
        (amend(("d",), "# x: y"), "    装FTTR吗", "    装# x: y吗"),
        (Amend(("d",), 12, 13, "\n", ""), "d: |\n", "d: |-\n"),
        (amend(("e",), "光纤（快）"), "  FTTR，", "  光纤（快），"),
        (amend(("f", "g"), "光纤，x"), "{g: 装FTTR吗,", "{g: 装光纤，x吗,"),
        (amend(("f", "g"), "a, b"), "{g: 装FTTR吗,", '{g: "装a, b吗",'),
        (amend(("f", "h", 0), "光纤"), '[ "FTTR" ]', '[ "光纤" ]'),
        (amend(("i", 0), "光纤"), "    FTTR\n", "    光纤\n"),
        (amend(("j",), "光纤"), "&n FTTR", "&n 光纤"),
    ],
)
def test_one_place_changes_and_no_other(change: Amend, before: str, after: str) -> None:
    assert PAGE.count(before) == 1
    assert edit(PAGE, [change]) == PAGE.replace(before, after)


def test_several_in_one_text_are_made_from_the_back() -> None:
    page = "a: >\n  FTTR和FTTR\n  和FTTR\n"
    changes = [Amend(("a",), at, at + 4, "FTTR", "光纤") for at in (11, 5, 0)]
    assert edit(page, changes) == "a: >\n  光纤和光纤\n  和光纤\n"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (amend(("k",), "光纤"), "/k is shared"),
        (Amend(("l",), 0, 4, "FTTR", "x"), "/l is shared"),
        (Amend(("o", "p", "r"), 0, 4, "FTTR", "x"), "/o/p is shared"),
        (Amend(("o", "s", "r"), 0, 4, "FTTR", "x"), "/o/s is shared"),
        (Amend(("a",), 0, 4, "FTTR", "x"), "/a no longer reads “FTTR”"),
        (Amend(("a",), 1, 99, "FTTR吗", "x"), "/a no longer reads"),
        (Amend(("t",), 0, 1, "5", "x"), "/t no longer reads"),
        (Amend(("z",), 0, 1, "F", "x"), "/z no longer reads"),
        (Amend(("i", 7), 0, 1, "F", "x"), "/i/7 no longer reads"),
        (Amend((), 0, 1, "F", "x"), "as a whole"),
        (amend(("a",), "\ud800"), "cannot be written"),
    ],
)
def test_what_cannot_be_amended_is_refused(change: Amend, why: str) -> None:
    with pytest.raises(EditError) as refused:
        edit(PAGE, [change])
    assert why in refused.value.message.render("en")


@st.composite
def amendments(draw: st.DrawFn) -> tuple[Written, Amend]:
    """Documents in all styles, with some characters of one text in them."""
    written = draw(documents())
    texts = [path for path in written.characters if isinstance(value(written, path), str)]
    assume(texts)
    path = draw(st.sampled_from(texts))
    text = str(value(written, path))
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, len(text)))
    return written, Amend(path, start, end, text[start:end], draw(TEXTS))


def value(written: Written, path: Path) -> object:
    """Return the value at a path of a document."""
    found = written.value
    for step in path:
        found = found[step]
    return found


@given(amendments())
def test_an_amended_text_reads_as_meant_and_nothing_around_it_changes(given: tuple[Written, Amend]) -> None:
    written, change = given
    text = value(written, change.path)
    assert isinstance(text, str)
    after = edit(written.text, [change])
    meant = edit(written.text, [Put(change.path, text[: change.start] + change.new + text[change.end :])])
    assert repr(parse(after)) == repr(parse(meant))
    start, end = written.values[change.path]
    assert after.startswith(written.text[:start].rstrip(" "))
    assert after.endswith(written.text[end:])


@given(documents(), st.data())
def test_words_within_a_line_change_no_other_character(written: Written, data: st.DataObject) -> None:
    texts = {path: str(value(written, path)) for path in written.characters}
    words = [
        (path, word) for path, text in texts.items() for word in re.finditer(r"[^ \n\r\t\x85\u2028\u2029]{3,}", text)
    ]
    assume(words)
    path, word = data.draw(st.sampled_from(words))
    start = data.draw(st.integers(word.start() + 1, word.end() - 2))
    end = data.draw(st.integers(start + 1, word.end() - 1))
    after = edit(written.text, [Amend(path, start, end, texts[path][start:end], "新词")])
    offsets = written.characters[path]
    assert after.startswith(written.text[: offsets[start]] + "新词")
    assert after.endswith(written.text[offsets[end] :])


@st.composite
def many_amendments(draw: st.DrawFn) -> tuple[Written, list[Amend]]:
    """Documents in all styles, and changes of several texts that keep apart, each text from the back."""
    written = draw(documents())
    changes: list[Amend] = []
    for path in written.characters:
        text = str(value(written, path))
        if isinstance(value(written, path), str):
            cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=4)), reverse=True)
            pairs = zip(cuts[1::2], cuts[::2], strict=False)
            changes += [Amend(path, low, high, text[low:high], draw(TEXTS)) for low, high in pairs]
    return written, changes


@given(many_amendments())
def test_many_at_once_read_as_one_after_the_other(given: tuple[Written, list[Amend]]) -> None:
    written, changes = given
    one_by_one = written.text
    for change in changes:
        one_by_one = edit(one_by_one, [change])
    assert repr(parse(edit(written.text, changes))) == repr(parse(one_by_one))


def test_many_texts_are_read_back_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    page = "".join(f"k{index}: 装FTTR吗 # {index}\n" for index in range(60)) + "z: ３００\n"
    changes = [Amend((f"k{index}",), 1, 5, "FTTR", "光纤") for index in range(60)] + [
        Amend(("z",), 0, 3, "３００", "300")
    ]
    calls: list[str] = []

    def counted(text: str, meant: object) -> bool:
        calls.append(text)
        return reads(text, meant)

    monkeypatch.setattr("campaigncheck.source.edit.reads", counted)
    assert edit(page, changes) == page.replace("FTTR", "光纤").replace("３００", '"300"')
    assert len(calls) == 1


def test_all_that_cannot_be_amended_is_named() -> None:
    changes = [amend(("a",), "光纤"), amend(("k",), "光纤"), Amend(("l",), 0, 4, "FTTR", "x")]
    with pytest.raises(EditError) as refused:
        edit(PAGE, changes)
    assert {path: why.render("en")[:12] for path, why in refused.value.refused.items()} == {
        ("k",): "/k is shared",
        ("l",): "/l is shared",
    }


def test_one_that_reads_back_wrongly_only_among_others_is_made_alone() -> None:
    page = "a: {? k : FTTR, b: FTTR}\nc: FTTR\n"
    changes = [Amend(path, 0, 4, "FTTR", "a, b") for path in (("a", "k"), ("a", "b"), ("c",))]
    assert edit(page, changes) == 'a: {? k : "a, b", b: "a, b"}\nc: a, b\n'
