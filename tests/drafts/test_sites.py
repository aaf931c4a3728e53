"""What a site adds to the catalogues is drafted, too: in its own words, or as a gap."""

from __future__ import annotations

from pathlib import Path

from campaigncheck.drafts.draft import drafts
from campaigncheck.rulekit.sample import complete
from tests.drafts.drafting import examined, examiner

ATTRIBUTES = """\
extends: builtin
attributes:
  rooms: {label: {zh: 房间数, en: rooms}, type: number, unit: {zh: 间, en: rooms}}
  phones: {label: {zh: 手机数, en: phones}, type: number}
  house: {label: {zh: 住房, en: housing}, type: enum, values: [own, let], names: {own: 自己的房子}}
  member: {label: {zh: 会员, en: member}, type: boolean}
  debt: {label: {zh: 有欠费, en: in debt}, negated: {zh: 没有欠费, en: not in debt}, type: boolean}
"""
FAQ = "extends: builtin\ntopics:\n  warranty: {title: {zh: 坏了怎么修, en: repairs}, when: [always]}\n"
SPEC = """\
id: subject
channels: [app]
audience:
  - {rooms: ">=3", phones: [1, "<9"], house: own}
  - {member: true, debt: false}
  - {member: false, debt: [true, false]}
"""


def test_topics_and_attributes_of_a_site(tmp_path: Path) -> None:
    (tmp_path / "attributes.yaml").write_text(ATTRIBUTES, encoding="utf-8")
    (tmp_path / "faq.yaml").write_text(FAQ, encoding="utf-8")
    by = examiner(tmp_path)
    found = drafts(examined({"subject.yaml": complete(SPEC)}, by), "subject", by)
    said = {entry.topic: (entry.q, entry.a) for entry in found.entries}
    assert said["warranty"] == ("坏了怎么修？", "【草稿】（请写明：坏了怎么修）")
    assert said["eligibility"][1] == (
        "【草稿】下面任意一种客户都可以办：\n房间数满 3 间，手机数 1 或者手机数不到 9，住房是自己的房子；\n"
        "会员，没有欠费；\n不是“会员”，有欠费或者没有欠费。\n这次只在成都市办。"
    )
