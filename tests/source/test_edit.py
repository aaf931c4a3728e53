"""An edit changes what it says and nothing else: every other byte, every comment stays where it was."""

from __future__ import annotations

import re
from datetime import date, datetime
from difflib import unified_diff
from pathlib import Path as File
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigncheck.source.changes import Drop, EditError, Put
from campaigncheck.source.edit import edit
from campaigncheck.source.yamlpass import parse
from tests.source.writing import TEXTS, Path, Span, Written, documents

Change = Put | Drop
_COMMENT = re.compile("# [注x说]")
LONG = ["最" * 40, "高" * 40, "档" * 40]
PAGE = dedent(
    """\
    # 说明
    a: 1 # 一

    # 关于 b
    b:
      # 都是城市
      - 成都 # 省会
      # 关于自贡
      - 自贡
        # 自贡的补充
      # 还有别的
    c: {k: v, "l": 'm'} # 丙
    d: |
      正文

    e: [1, 2]
    f:
      - {n: 1}
      -   g: >-
            折行
            文字
          h: x
    i:
    """
)

# One change, and the lines that differ: "-" gone, "+" new.
LINES: list[tuple[str, Change, str]] = [
    # Scalars keep their place, their quotes and the comment behind them.
    (PAGE, Put(("a",), 5), "-a: 1 # 一\n+a: 5 # 一"),
    (PAGE, Put(("a",), 1), ""),
    (PAGE, Put(("a",), 1.0), "-a: 1 # 一\n+a: 1.0 # 一"),
    (PAGE, Put(("a",), True), "-a: 1 # 一\n+a: true # 一"),
    (PAGE, Put(("a",), None), "-a: 1 # 一\n+a: null # 一"),
    (PAGE, Put(("a",), "1"), '-a: 1 # 一\n+a: "1" # 一'),
    (PAGE, Put(("a",), "510000"), '-a: 1 # 一\n+a: "510000" # 一'),
    (PAGE, Put(("a",), ">=12"), '-a: 1 # 一\n+a: ">=12" # 一'),
    (PAGE, Put(("a",), "59..180"), "-a: 1 # 一\n+a: 59..180 # 一"),
    (PAGE, Put(("a",), "no"), '-a: 1 # 一\n+a: "no" # 一'),
    (PAGE, Put(("a",), "data.*"), '-a: 1 # 一\n+a: "data.*" # 一'),
    (PAGE, Put(("a",), "x: y"), '-a: 1 # 一\n+a: "x: y" # 一'),
    (PAGE, Put(("a",), "甲，乙"), "-a: 1 # 一\n+a: 甲，乙 # 一"),
    (PAGE, Put(("a",), "a, b"), "-a: 1 # 一\n+a: a, b # 一"),
    (PAGE, Put(("a",), "x\ny"), '-a: 1 # 一\n+a: "x\\ny" # 一'),
    (PAGE, Put(("a",), date(2027, 3, 1)), "-a: 1 # 一\n+a: 2027-03-01 # 一"),
    (PAGE, Put(("a",), "2027-03-01"), "-a: 1 # 一\n+a: 2027-03-01 # 一"),
    (PAGE, Put(("c", "l"), "新"), """-c: {k: v, "l": 'm'} # 丙\n+c: {k: v, "l": '新'} # 丙"""),
    (PAGE, Put(("c", "l"), "it's"), """-c: {k: v, "l": 'm'} # 丙\n+c: {k: v, "l": 'it''s'} # 丙"""),
    (PAGE, Put(("c", "k"), "a, b"), """-c: {k: v, "l": 'm'} # 丙\n+c: {k: "a, b", "l": 'm'} # 丙"""),
    ('a: "x"\n', Put(("a",), date(2027, 3, 1)), '-a: "x"\n+a: "2027-03-01"'),
    # Block texts stay block texts.
    (PAGE, Put(("d",), "一\n二\n"), "-  正文\n+  一\n+  二"),
    (PAGE, Put(("d",), "一"), "-d: |\n-  正文\n+d: |-\n+  一"),
    (PAGE, Put(("d",), 5), "-d: |\n-  正文\n+d: 5"),
    (PAGE, Put(("d",), "x\n\n"), '-d: |\n-  正文\n+d: "x\\n\\n"'),
    (PAGE, Put(("d",), " x\n"), '-d: |\n-  正文\n+d: " x\\n"'),
    (PAGE, Put(("f", 1, "g"), "一\n二"), "-        折行\n-        文字\n+        一\n+\n+        二"),
    ("a: x\nb: 1\n", Put(("a",), "x\n\ny\n"), "-a: x\n+a: |\n+  x\n+\n+  y"),
    ("a:\n    - |\n         x\n", Put(("a", 0), "y\n"), "-         x\n+         y"),
    # Lists and mappings in the place of something.
    (PAGE, Put(("b",), ["甲", "2"]), '-b:\n+b: [甲, "2"]\n-  - 成都 # 省会\n-  # 关于自贡\n-  - 自贡\n-    # 自贡的补充'),
    (PAGE, Put(("b",), []), "-b:\n+b: []\n-  - 成都 # 省会\n-  # 关于自贡\n-  - 自贡\n-    # 自贡的补充"),
    (PAGE, Put(("b",), {"x": [1]}), "-  - 成都 # 省会\n-  # 关于自贡\n-  - 自贡\n-    # 自贡的补充\n+  x: [1]"),
    ("b:\n- 1\nc: 2\n", Put(("b",), {"x": 1}), "-- 1\n+  x: 1"),
    ("b:\n- 1\nc: 2\n", Put(("b",), LONG), f"-- 1\n+- {LONG[0]}\n+- {LONG[1]}\n+- {LONG[2]}"),
    (PAGE, Put(("a",), LONG), f"-a: 1 # 一\n+a: # 一\n+  - {LONG[0]}\n+  - {LONG[1]}\n+  - {LONG[2]}"),
    (PAGE, Put(("e",), LONG), f"-e: [1, 2]\n+e: [{LONG[0]}, {LONG[1]}, {LONG[2]}]"),
    (PAGE, Put(("f", 1), ["甲", 2]), "-  -   g: >-\n-        折行\n-        文字\n-      h: x\n+  -   [甲, 2]"),
    (PAGE, Put(("f", 1), {"z": 1}), "-  -   g: >-\n-        折行\n-        文字\n-      h: x\n+  -   z: 1"),
    ('a: ["x.*"]\n', Put(("a",), ["y", "z"]), '-a: ["x.*"]\n+a: ["y", "z"]'),
    (PAGE, Put(("i",), "x"), "-i:\n+i: x"),
    (PAGE, Put(("i", "j", 0, "k"), 2), "-i:\n+i: {j: [{k: 2}]}"),
    # Something more.
    (PAGE, Put(("b", 2), "510300"), '+  - "510300"'),
    (PAGE, Put(("c", "n"), [1, "x]"]), """-c: {k: v, "l": 'm'} # 丙\n+c: {k: v, "l": 'm', n: [1, "x]"]} # 丙"""),
    (PAGE, Put(("e", 2), {"x": "y"}), "-e: [1, 2]\n+e: [1, 2, {x: y}]"),
    (PAGE, Put(("f", 0, "12"), 1), '-  - {n: 1}\n+  - {n: 1, "12": 1}'),
    (PAGE, Put(("f", 1, "j"), "x\ny\n"), "+      j: |\n+        x\n+        y"),
    (PAGE, Put(("f", 2), {"g": "x", "h": {"q": [1]}}), "+  -   g: x\n+      h: {q: [1]}"),
    (PAGE, Put(("f", 2), "x"), "+  -   x"),
    (PAGE, Put(("j", "k"), "x"), "+j: {k: x}"),
    (PAGE, Put(("j",), LONG), f"+j:\n+  - {LONG[0]}\n+  - {LONG[1]}\n+  - {LONG[2]}"),
    ("a: []\n", Put(("a", 0), "x"), "-a: []\n+a: [x]"),
    ("a: [ ]\n", Put(("a", 0), "x"), "-a: [ ]\n+a: [x]"),
    ("a: {} # 空\n", Put(("a", "b"), 1), "-a: {} # 空\n+a: {b: 1} # 空"),
    ("a: [x, ]\n", Put(("a", 1), "y"), "-a: [x, ]\n+a: [x, y ]"),
    ('a: ["x"]\n', Put(("a", 1), "y"), '-a: ["x"]\n+a: ["x", "y"]'),
    ("a:\n  - 'x'\n", Put(("a", 1), "y"), "+  - 'y'"),
    ("a: [\n  x, # 甲\n  y # 乙\n]\n", Put(("a", 2), "z"), "-  y # 乙\n+  y, # 乙\n+  z"),
    ("a: [\n  x,\n  y, # 乙\n]\n", Put(("a", 2), "z"), "+  z,"),
    ("a: [x,\n    y]\n", Put(("a", 2), "z"), "-    y]\n+    y,\n+    z]"),
    ("a: [x, y,\n    z]\n", Put(("a", 3), "w"), "-    z]\n+    z, w]"),
    ("a: [x, y,\n    z, # 丙\n    w]\n", Put(("a", 4), "v"), "-    w]\n+    w,\n+    v]"),
    ("- a: 1\n  # 深\n- b\n", Put((0, "c"), 2), "+  c: 2"),
    ("a:\n  b: 1\n  # 同列\nc: 2\n", Put(("a", "d"), 2), "+  d: 2"),
    ("a: |\n  x\n    \nb: 1\n\n", Put(("c",), 2), "+c: 2"),
    ("a: |\n  x\n    \n", Put(("b",), "x\n "), '+b: "x\\n "'),
    ("a: |+\n  x\n\n", Put(("b",), 2), "+b: 2"),
    ("a: 1\n\n# 末尾\n", Put(("b",), 2), "+b: 2"),
    ("a: 1\n...\n", Put(("b",), 2), "+b: 2"),
    ("a: [b: 1]\n", Put(("a", 0, "c"), 2), "-a: [b: 1]\n+a: [{b: 1, c: 2}]"),
    ("? a\n? b\n", Put(("a",), 2), "+: 2"),
    # Something less.
    (PAGE, Drop(("a",)), "-a: 1 # 一"),
    (PAGE, Drop(("b",)), "-# 关于 b\n-b:\n-  # 都是城市\n-  - 成都 # 省会\n-  # 关于自贡\n-  - 自贡\n-    # 自贡的补充\n-  # 还有别的"),
    (PAGE, Drop(("b", 0)), "-  - 成都 # 省会"),
    (PAGE, Drop(("b", 1)), "-  # 关于自贡\n-  - 自贡\n-    # 自贡的补充"),
    (PAGE, Drop(("c",)), """-c: {k: v, "l": 'm'} # 丙"""),
    (PAGE, Drop(("c", "k")), """-c: {k: v, "l": 'm'} # 丙\n+c: {"l": 'm'} # 丙"""),
    (PAGE, Drop(("c", "l")), """-c: {k: v, "l": 'm'} # 丙\n+c: {k: v} # 丙"""),
    (PAGE, Drop(("d",)), "-d: |\n-  正文"),
    (PAGE, Drop(("f", 1, "g")), "-  -   g: >-\n-        折行\n-        文字\n-      h: x\n+  -   h: x"),
    (PAGE, Drop(("f", 1, "h")), "-      h: x"),
    ("a:\n  # 甲\n  - x # 乙\nb: 1\n", Drop(("a", 0)), "-a:\n+a: []\n-  - x # 乙"),
    ("a: # 甲\n  x: 1\nb: 1\n", Drop(("a", "x")), "-a: # 甲\n-  x: 1\n+a: {} # 甲"),
    ("- x: 1 # 甲\n- y\n", Drop((0, "x")), "-- x: 1 # 甲\n+- {}"),
    ("# 甲\nx: 1 # 乙\n", Drop(("x",)), "-x: 1 # 乙\n+{}"),
    ("- x: 1 # 甲\n  # 乙\n  y: 2\n", Drop((0, "x")), "-- x: 1 # 甲\n-  # 乙\n+- # 乙"),
    ("a: [ x ] # 甲\n", Drop(("a", 0)), "-a: [ x ] # 甲\n+a: [] # 甲"),
    ("a: [ # 甲\n  x\n  ]\n", Drop(("a", 0)), "-  x"),
    ("a: [x, y, z]\n", Drop(("a", 1)), "-a: [x, y, z]\n+a: [x, z]"),
    ("a: [x, y,\n    z]\n", Drop(("a", 1)), "-a: [x, y,\n+a: [x,"),
    ("a: [x, y,\n    z]\n", Drop(("a", 2)), "-a: [x, y,\n-    z]\n+a: [x, y]"),
    ("a: [x,\n    y]\n", Drop(("a", 0)), "-a: [x,\n-    y]\n+a: [y]"),
    ("a: [\n  x, # 甲\n  # 关于乙\n  y\n]\n", Drop(("a", 0)), "-  x, # 甲"),
    ("a: [\n  x, # 甲\n  # 关于乙\n  y\n]\n", Drop(("a", 1)), "-  x, # 甲\n+  x # 甲\n-  y"),
    ("a: [x, y, # 甲乙\n    z]\n", Drop(("a", 1)), "-a: [x, y, # 甲乙\n+a: [x,  # 甲乙"),
    ("a: [b: 1]\n", Drop(("a", 0, "b")), "-a: [b: 1]\n+a: [{}]"),
    ("a: |+\n  x\nb: 1\n\nc: 2\n", Drop(("b",)), "-b: 1\n-"),
    ("a: |\n  x\nb:\n  - 1\n  # 深\nc: 2\n", Drop(("b",)), "-b:\n-  - 1\n-  # 深"),
    ("a: 1\n\nb: 2\n", Drop(("b",)), "-\n-b: 2"),
    # Anchors whose value nothing else shares.
    ("a: &x 1\nb: *x\n", Put(("b",), 2), "-b: *x\n+b: 2"),
    ("a: &x 1\nb: *x\n", Drop(("b",)), "-b: *x"),
    ("a: &x {n: 1}\nb: [*x, *x]\n", Put(("b", 2), 2), "-b: [*x, *x]\n+b: [*x, *x, 2]"),
    ("a: &x [n]\nb: 2\n", Put(("a", 1), 2), "-a: &x [n]\n+a: &x [n, 2]"),
    ("a: &x # 甲\n  - n\nb: 2\n", Put(("a",), 2), "-a: &x # 甲\n-  - n\n+a: &x 2 # 甲"),
    ("a: &x\nb: 2\n", Put(("a",), 2), "-a: &x\n+a: &x 2"),
]  # fmt: skip


def differences(before: str, after: str) -> str:
    """Return the lines that differ, gone before new, in the order they stand in the text."""
    lines = list(unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0))
    return "\n".join(line for line in lines[2:] if not line.startswith("@@"))


@pytest.mark.parametrize(("text", "change", "lines"), LINES, ids=[str(row[1])[:60] for row in LINES])
def test_one_change_and_the_lines_that_differ(text: str, change: Change, lines: str) -> None:
    assert differences(text, edit(text, [change])) == lines


@pytest.mark.parametrize(
    ("before", "change", "after"),
    [
        ("a: 1", Put(("b",), 2), "a: 1\nb: 2"),
        ("a: 1\r\nb: 2", Put(("c", "d"), 2), "a: 1\r\nb: 2\r\nc: {d: 2}"),
        ("a: 1\r\nb:\r\n- 2\r\n", Put(("b", 1), "x\ny\n"), "a: 1\r\nb:\r\n- 2\r\n- |\r\n  x\r\n  y\r\n"),
        ("a: 1\nb: 2", Drop(("b",)), "a: 1"),
        ("a: 1  \n\nb: 2\n", Drop(("b",)), "a: 1  \n"),
        ("a: 1\r\n\r\nb: 2\r\n", Drop(("b",)), "a: 1\r\n"),
        ("a: |\n  x\nb: 2", Drop(("b",)), "a: |\n  x\n"),
        ("a: >\n  x", Put(("b",), 2), "a: >-\n  x\nb: 2"),
        ("a:\n  - b: |+\n      x", Put(("c",), 2), "a:\n  - b: |-\n      x\nc: 2"),
        ("a:\n  - b: |+\n      x\n\n# 末尾\n", Put(("a", 1), 2), "a:\n  - b: |+\n      x\n\n  - 2\n# 末尾\n"),
        ("a: 1\u2028b: 2\r\n", Put(("c",), 2), "a: 1\u2028b: 2\r\nc: 2\r\n"),
        ("a: 1", Put(("a",), "x\n"), 'a: "x\\n"'),
        ("a:\n  - 1", Put(("a",), 2), "a: 2"),
    ],
)
def test_line_ends_and_the_end_of_the_file(before: str, change: Change, after: str) -> None:
    assert edit(before, [change]) == after


def test_changes_are_made_one_after_the_other() -> None:
    steps: list[Change] = [Drop(("b", 0)), Put(("b", 1), "泸州"), Drop(("b", 0)), Drop(("b", 0)), Put(("b", 0), "南充")]
    assert edit("a: 1\nb:\n  - 成都\n  - 自贡\n", steps) == "a: 1\nb: [南充]\n"


@pytest.mark.parametrize(
    ("text", "change", "reason"),
    [
        ("a: 1\n", Drop(("b",)), "/b does not exist, so it cannot be deleted"),
        ("a: [1]\n", Drop(("a", 1)), "/a/1 does not exist"),
        ("a: [1]\n", Drop(("a", -1)), "/a/-1 does not exist"),
        ("a: 1\n", Drop(("a", "b")), "/a/b does not exist"),
        ("a: 1\n", Put(("a", "b"), 1), "/a/b cannot be set: what holds it"),
        ("a: [1]\n", Put(("a", "b"), 1), "/a/b cannot be set: what holds it"),
        ("a: {b: 1}\n", Put(("a", 0), 1), "/a/0 cannot be set: what holds it"),
        ("a: [1]\n", Put(("a", 2), 1), "/a/2 would leave a gap"),
        ("a: [1]\n", Put(("a", -1), 1), "/a/-1 would leave a gap"),
        ("a: 1\n", Put(("b", 1), 1), "/b/1 would leave a gap"),
        ("a: 1\n", Put((), {}), "the document as a whole"),
        ("a: 1\n", Drop(()), "the document as a whole"),
        ("a: &x {n: 1}\nb: *x\n", Put(("a", "n"), 2), "/a is shared"),
        ("a: &x {n: {m: 1}}\nb: *x\n", Put(("a", "n", "k"), 2), "/a is shared"),
        ("a: &x {n: 1}\nb: *x\n", Put(("b", "n"), 2), "/b is shared"),
        ("a: &x {n: 1}\nb: *x\n", Put(("a",), 2), "/a is shared"),
        ("a: {n: &x 1}\nb: *x\n", Drop(("a",)), "/a is shared"),
        ("a: 1\n", Put(("a",), 0.1 + 0.2), "0.30000000000000004 is no value"),
        ("a: 1\n", Put(("a",), float("nan")), "nan is no value"),
        ("a: 1\n", Put(("a",), 10**18), "1000000000000000000 is no value"),
        ("a: 1\n", Put(("a",), datetime(2027, 1, 1)), "is no value"),
        ("a: 1\n", Put(("a",), [{1: 2}]), "is no value"),
        ("a: 1\n", Put(("a",), "\ud800"), "/a cannot be written"),
        ("a: 1\n", Put(("<<",), {}), "/<< cannot be written"),
        ("a: [1\n", Put(("a",), 1), "cannot be read to begin with"),
        ("", Put(("a",), 1), "cannot be read to begin with: the file is empty"),
    ],
)
def test_what_cannot_be_done_is_refused(text: str, change: Change, reason: str) -> None:
    with pytest.raises(EditError, match=re.escape(reason)) as refusal:
        edit(text, [change])
    assert refusal.value.message.render("zh") != refusal.value.message.render("en")


# The specs of the repository.

CAMPAIGNS = sorted((File(__file__).parents[2] / "campaigns").glob("*/*.yaml"))


def of_campaign(tree: Any) -> list[Change]:
    """Return what a coordinator would change in any campaign."""
    offer = next((n for n, offer in enumerate(tree["offers"]) if "stacks_with" not in offer), 0)
    return [
        Put(("period", "end"), date(2028, 2, 29)),
        Put(("regions", "include", len(tree["regions"]["include"])), "310101"),
        Put(("regions", "exclude"), ["510100"]),
        Drop(("regions", "include", 0)),
        Put(("offers", offer, "stacks_with"), ["broadband.*", "tv.basic"]),
        Put(("audience", 0, "tenure_months"), ">=12"),
        Put(("audience", len(tree["audience"])), {"age": "18..60"}),
        Put(("demand", "channel_share"), {"hall": 0.2, "app": 0.8}),
        Put(("demand", "uptake"), 12),
        Drop(("texts", 0)),
        Drop(("offers", 0, "product")),
        Drop(("terms",)) if "terms" in tree else Drop(("faq", 1)),
    ]


@pytest.mark.parametrize("file", CAMPAIGNS, ids=lambda file: file.stem)
def test_campaigns_change_in_few_lines(file: File) -> None:
    before = file.read_text(encoding="utf-8")
    value = parse(before)
    for change in of_campaign(value):
        plain = change.value.isoformat() if isinstance(change, Put) and isinstance(change.value, date) else None
        meant = changed(value, change._replace(value=plain) if isinstance(change, Put) and plain else change)
        once = edit(before, [change])
        assert same(parse(once), meant)
        gone, new = (re.findall(rf"^\{sign}", differences(before, once), re.M) for sign in "-+")
        assert len(new) <= 1
        assert len(gone) <= 1 or isinstance(change, Drop), change
    text = edit(before, of_campaign(value))
    assert comments_of(text) == comments_of(before)


def comments_of(text: str) -> list[str]:
    return re.findall(r"(?:^|\s)(# .*)", text)


# Any change to any document.


def changed(tree: Any, change: Change) -> Any:
    """Return what a change makes of a plain value; every step but the last is there."""
    step, rest = change.path[0], change.path[1:]
    copy: Any = dict(tree) if isinstance(tree, dict) else list(tree)
    if rest:
        copy[step] = changed(copy[step], change._replace(path=rest))
    elif isinstance(change, Drop):
        del copy[step]
    elif isinstance(copy, list) and step == len(copy):
        copy.append(change.value)
    else:
        copy[step] = change.value
    return copy


def paths(tree: Any, path: Path = ()) -> list[Path]:
    """Return the paths of all values below the top."""
    steps = tree if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ()
    return [found for step in steps for found in [(*path, step), *paths(tree[step], (*path, step))]]


def at(tree: Any, path: Path) -> Any:
    for step in path:
        tree = tree[step]
    return tree


FLOATS = st.floats(allow_nan=False, allow_infinity=False).filter(lambda number: len(repr(number)) <= 18)
LEAVES: st.SearchStrategy[Any] = (
    TEXTS
    | st.sampled_from([None, True, False, "true", "~", "510000", ">=12", "12:30", "2027-03-01", "[a", "a: b", "-"])
    | st.integers(-(10**16), 10**17)
    | FLOATS
)
KEYS = TEXTS.filter(lambda key: key != "<<" and len(key) < 40)
VALUES: st.SearchStrategy[Any] = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=6
)


@st.composite
def changes(draw: st.DrawFn, tree: Any) -> Change:
    """Changes that can be made to a value: setting, adding, deleting, anywhere in it."""
    existing = paths(tree)
    collections = [path for path in [(), *existing] if isinstance(at(tree, path), dict | list)]
    old: bool = draw(st.booleans())
    if existing and old:
        path = draw(st.sampled_from(existing))
        return Drop(path) if draw(st.booleans()) else Put(path, draw(VALUES))
    path = draw(st.sampled_from(collections))
    holder = at(tree, path)
    step: str | int = draw(KEYS) if isinstance(holder, dict) else len(holder)
    return Put((*path, step), draw(VALUES))


def same(first: Any, second: Any) -> bool:
    """Equality that tells 1, 1.0 and True apart, and the order of keys."""
    return repr(first) == repr(second)


def without_last_break(text: str) -> str:
    """Return the text without the line break at its end, if that does not change its value."""
    shorter = re.sub(r"(?:\r\n|\r|\n)\Z", "", text)
    return shorter if same(parse(shorter), parse(text)) else text


@given(documents(), st.booleans(), st.data())
def test_the_edited_text_reads_as_the_changed_value(written: Written, shorter: bool, data: st.DataObject) -> None:
    text, value = without_last_break(written.text) if shorter else written.text, written.value
    for _ in range(data.draw(st.integers(1, 3))):
        change = data.draw(changes(value))
        text, value = edit(text, [change]), changed(value, change)
        assert same(parse(text), value)


@given(documents(), st.data())
def test_other_entries_stay_as_they_are(written: Written, data: st.DataObject) -> None:
    change = data.draw(changes(written.value))
    text = edit(written.text, [change])
    for depth, step in enumerate(change.path):
        siblings = [path for path in written.values if path[:-1] == change.path[:depth] and path and path[-1] != step]
        for path in siblings:
            source = written.text[slice(*whole(written, path))]
            assert source in text, path


def whole(written: Written, path: Path) -> Span:
    """Return where an entry stands, with its key."""
    start, end = written.values[path]
    return written.keys.get(path, (start,))[0], end


@given(documents(), st.data())
def test_other_comments_stay(written: Written, data: st.DataObject) -> None:
    change = data.draw(changes(written.value))
    text = edit(written.text, [change])
    spans = [*written.values.values(), *written.keys.values()]
    start, end = whole(written, change.path) if change.path in written.values else (0, 0)
    before = max((span[1] for span in spans if span[1] <= start), default=0)
    behind = min((span[0] for span in spans if span[0] >= end), default=len(written.text))
    removed = written.text[before:behind] if end else ""
    assert comments(text) >= comments(written.text) - comments(removed)


def comments(text: str) -> int:
    return len(_COMMENT.findall(text))


@given(documents(), LEAVES, st.data())
def test_a_scalar_is_replaced_where_it_stands(written: Written, value: Any, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from([()] + [path for path in written.values if path and is_scalar(written, path)]))
    if not path:
        return
    text = edit(written.text, [Put(path, value)])
    start, end = written.values[path]
    assert text.startswith(written.text[:start].rstrip(" "))
    assert text.endswith(written.text[end:])


def is_scalar(written: Written, path: Path) -> bool:
    return not isinstance(at(written.value, path), dict | list)


@given(documents(), st.booleans(), st.data())
def test_line_ends_are_kept(written: Written, shorter: bool, data: st.DataObject) -> None:
    before = without_last_break(written.text) if shorter else written.text
    after = edit(before, [data.draw(changes(written.value))])
    breaks = re.findall(r"\r\n|\r|\n", before)
    assert set(re.findall(r"\r\n|\r|\n", after)) <= set(breaks[:1] or ["\n"])


NEW = {"一": "x", "二": "y: z", "三": "三" * 90}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: 1\n", f'a: 1\nt:\n  一: x\n  二: "y: z"\n  三: {"三" * 90}\n'),
        ("t:\n  k: v # 注\na: 1\n", f't:\n  k: v # 注\n  一: x\n  二: "y: z"\n  三: {"三" * 90}\na: 1\n'),
        ("t: {k: v} # 注\n", f't: {{k: v, 一: x, 二: "y: z", 三: {"三" * 90}}} # 注\n'),
        ("t: {\n  k: v, # 注\n}\n", f't: {{\n  k: v, # 注\n  一: x,\n  二: "y: z",\n  三: {"三" * 90},\n}}\n'),
        ("t: {}\n", f't: {{一: x, 二: "y: z", 三: {"三" * 90}}}\n'),
        ("t: {二: q}\n", f't: {{二: "y: z", 一: x, 三: {"三" * 90}}}\n'),
        ("t:\n  k: |+\n    v\n\n", f't:\n  k: |+\n    v\n\n  一: x\n  二: "y: z"\n  三: {"三" * 90}\n'),
        ("t:\n  k: |\n    v", f't:\n  k: |-\n    v\n  一: x\n  二: "y: z"\n  三: {"三" * 90}'),
    ],
)
def test_new_keys_of_one_mapping_are_added_in_one_pass(before: str, after: str) -> None:
    assert edit(before, [Put(("t", key), value) for key, value in NEW.items()]) == after


@given(documents(), st.lists(st.tuples(st.sampled_from(["甲", "乙", "丙", "丁"]), TEXTS), max_size=5))
def test_keys_added_together_read_as_added_one_by_one(written: Written, new: list[tuple[str, str]]) -> None:
    holders = [path for path, found in _mappings(written.value)]
    for path in holders[:3]:
        changes = [Put((*path, key), value) for key, value in new]
        one_by_one = written.text
        for change in changes:
            one_by_one = edit(one_by_one, [change])
        assert repr(parse(edit(written.text, changes))) == repr(parse(one_by_one))


def _mappings(value: Any, path: Path = ()) -> list[tuple[Path, Any]]:
    """Every mapping of a value, with its path."""
    if isinstance(value, dict):
        below = [found for key, member in value.items() for found in _mappings(member, (*path, key))]
        return [(path, value), *below]
    if isinstance(value, list):
        return [found for index, member in enumerate(value) for found in _mappings(member, (*path, index))]
    return []
