"""The automaton against looking for every word at every place."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain, pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import load_catalogues
from campaigncheck.catalogue.models import About, ForbiddenEntry, Glossary, TermEntry, VagueEntry, Wording
from campaigncheck.language.fold import fold
from campaigncheck.language.lexicon import Lexicon
from campaigncheck.language.passages import passages, read
from campaigncheck.spec.load import fit
from campaigncheck.spec.model import Campaign
from tests.spec.specs import FULL, changed

ABOUT = About(title="词表", source="测试")
CAMPAIGNS = sorted((Path(__file__).parents[2] / "campaigns").glob("*/*.yaml"))


class Found(NamedTuple):
    """An entry at a place."""

    kind: str
    entry: str
    start: int
    end: int


def word_of_trade(variants: list[str], allow: list[str]) -> TermEntry:
    return TermEntry(plain="大白话", explain="解释", group="network", fires="x", variants=variants, allow=allow)


def forbidden(variants: list[str], allow: list[str]) -> ForbiddenEntry:
    return ForbiddenEntry(law="法", why="因为", instead="改成", fires="x", variants=variants, allow=allow)


def spots(text: str, word: str) -> list[tuple[int, int]]:
    """Every place of a word in a text, both folded; Latin letters and digits beside its own make it another word."""
    found = []
    for start in range(len(text) - len(word) + 1):
        end = start + len(word)
        if text[start:end] == word and not _goes_on(text, start - 1, start) and not _goes_on(text, end - 1, end):
            found.append((start, end))
    return found


def _goes_on(text: str, left: int, right: int) -> bool:
    return (
        left >= 0 and right < len(text) and all(char.isascii() and char.isalnum() for char in (text[left], text[right]))
    )


def spellings(word: str) -> set[str]:
    """A word, and how it looks with spaces between Latin and Chinese."""
    folded = fold(word)
    spaced = folded[:1]
    for before, char in pairwise(folded):
        seam = {_script(before), _script(char)} == {"latin", "chinese"}
        spaced += " " * seam + char
    return {folded, spaced}


def _script(char: str) -> str:
    return "latin" if "!" <= char <= "~" else "chinese" if "\u4e00" <= char <= "\u9fff" else "other"


def sections(wording: Wording) -> dict[str, Mapping[str, ForbiddenEntry | VagueEntry]]:
    return {"forbidden": wording.forbidden, "ambiguous": wording.ambiguous, "conditional": wording.conditional}


def naive(glossary: Glossary, wording: Wording, text: str) -> list[Found]:
    """Look for every word of every entry, drop what is covered, and of what overlaps keep the first and longest."""
    text = fold(text)
    places: list[tuple[str, str, list[str], list[str]]] = [
        ("term", name, [name, *item.variants], item.allow) for name, item in glossary.terms.items()
    ]
    for kind, entries in sections(wording).items():
        places += [(kind, name, [name, *item.variants], item.allow) for name, item in entries.items()]
    every = {
        kind: [
            spot
            for one, _, words, _ in places
            if one == kind
            for word in words
            for way in spellings(word)
            for spot in spots(text, way)
        ]
        for kind in ("term", "forbidden", "ambiguous", "conditional")
    }
    everyday = [spot for word in glossary.everyday for way in spellings(word) for spot in spots(text, way)]
    found = set()
    for kind, name, words, allow in places:
        allowed = [spot for word in allow for way in spellings(word) for spot in spots(text, way)]
        for start, end in chain.from_iterable(spots(text, way) for word in words for way in spellings(word)):
            longer = any(a <= start and end <= b and b - a > end - start for a, b in (*every[kind], *allowed))
            known = kind == "term" and any(a <= start and end <= b for a, b in everyday)
            if not longer and not known:
                found.add(Found(kind, name, start, end))
    return apart(sorted(found, key=lambda item: (item.start, -item.end, item.entry)))


def apart(found: list[Found]) -> list[Found]:
    """Grow each stretch by names of its entry that overlap it; drop the other overlapping ones."""
    kept: list[Found] = []
    for item in found:
        under = [other for other in kept if other.kind == item.kind and item.start < other.end]
        if not under:
            kept.append(item)
        elif under[-1].entry == item.entry:
            kept[kept.index(under[-1])] = under[-1]._replace(end=max(under[-1].end, item.end))
    return kept


def hits(lexicon: Lexicon, text: str) -> list[Found]:
    return [Found(*hit) for hit in lexicon.find_folded(fold(text)) if hit.kind != "trigger"]


WORD = st.text("网关卡aB5５", min_size=1, max_size=4)
ENTRY = st.tuples(st.lists(WORD, max_size=2), st.lists(WORD, max_size=2))


@given(
    st.dictionaries(WORD, ENTRY, min_size=1, max_size=4),
    st.dictionaries(WORD, ENTRY, min_size=1, max_size=2),
    st.lists(WORD, max_size=3),
    st.text("网关卡aB5５ ，", max_size=25),
)
@settings(max_examples=500)
def test_the_automaton_finds_what_looking_everywhere_finds(
    terms: dict[str, tuple[list[str], list[str]]],
    phrases: dict[str, tuple[list[str], list[str]]],
    everyday: list[str],
    text: str,
) -> None:
    glossary = Glossary(
        about=ABOUT, terms={name: word_of_trade(*item) for name, item in terms.items()}, everyday=everyday
    )
    wording = Wording(about=ABOUT, forbidden={name: forbidden(*item) for name, item in phrases.items()})
    assert sorted(hits(Lexicon(glossary, wording), text)) == sorted(naive(glossary, wording, text))


CATALOGUES = load_catalogues(RuleFiles.at(None))
LEXICON = Lexicon(CATALOGUES.glossary, CATALOGUES.wording)
SHOWN = [text for term in CATALOGUES.glossary.terms.values() for text in (term.fires, term.trap or "")]
SHOWN += [
    text
    for entries in sections(CATALOGUES.wording).values()
    for phrase in entries.values()
    for text in (phrase.fires, phrase.trap or "")
]


@given(st.lists(st.sampled_from(SHOWN), min_size=1, max_size=3).map(" ".join))
@settings(max_examples=40)
def test_it_does_so_with_the_real_words(text: str) -> None:
    assert hits(LEXICON, text) == naive(CATALOGUES.glossary, CATALOGUES.wording, text)


PHRASES = [word for name, entry in CATALOGUES.wording.forbidden.items() for word in (name, *entry.variants)]
CHINESE = [word for word in PHRASES if all("\u4e00" <= char <= "\u9fff" for char in word)]


@given(st.sampled_from(CHINESE), st.sampled_from([" ", "  ", "\u3000", "\u200b", "\ufeff"]), st.data())
def test_forbidden_wording_is_found_whatever_stands_between_its_characters(
    word: str, gap: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(1, len(word) - 1))
    text = f"看，{word[:at]}{gap}{word[at:]}，好"
    found = [hit for hit in LEXICON.find(text) if hit.kind == "forbidden"]
    assert found, "part of it may be forbidden already, or all of it"
    assert all(2 <= hit.start < hit.end <= len(text) - 2 for hit in found)
    if not any(hit.kind == "forbidden" for part in (word[:at], word[at:]) for hit in LEXICON.find(part)):
        across = (hit.start < 2 + at < hit.end for hit in found)
        assert any(across)


@given(st.lists(st.sampled_from(SHOWN), min_size=1, max_size=3).map("，".join))
def test_a_text_without_gaps_is_read_once(text: str) -> None:
    if "\u3000" not in text and " " not in text:
        assert LEXICON.find(text) == LEXICON.find_folded(fold(text))


def test_a_space_makes_no_term_of_two_words_and_what_nobody_sees_hides_none() -> None:
    assert LEXICON.find("手机套 外出也能用") == []
    assert [hit.entry for hit in LEXICON.find("装FT\u200bTR") if hit.kind == "term"] == ["FTTR"]


def test_a_term_is_known_by_all_its_names() -> None:
    for name, entry in CATALOGUES.glossary.terms.items():
        assert all(LEXICON.term(word) is entry for word in (name, *entry.variants))
    assert LEXICON.term("不是术语") is None


def test_explanations_and_prepared_phrases_are_passages() -> None:
    spec = changed(FULL, ("terms",), {"FTTR": "由GPON下挂"})
    spec = changed(spec, ("answers",), [{"phrase": "国家级FTTR", "answer": "到每个房间。"}])
    campaign = fit(Campaign, spec)
    assert isinstance(campaign, Campaign)
    texts = {path: (text, sheet) for path, text, sheet, *_ in passages(campaign)}
    assert texts[("terms", "FTTR")] == ("由GPON下挂", True)
    assert texts[("answers", 0, "phrase")] == ("国家级FTTR", True)
    order = list(texts)
    assert order.index(("answers", 0, "answer")) == order.index(("answers", 0, "phrase")) + 1


def test_reading_all_passages_at_once_is_reading_each() -> None:
    spec = changed(FULL, ("summary",), "装 FTTR，携号转网，全国第一。")
    spec = changed(
        spec, ("texts",), [{"channel": "sms", "text": SHOWN[index]} for index in range(0, 60, 2) if SHOWN[index]]
    )
    campaign = fit(Campaign, spec)
    assert isinstance(campaign, Campaign)
    together = read(campaign, LEXICON).hits
    assert together == tuple(
        (at, hit) for at, passage in enumerate(passages(campaign)) for hit in LEXICON.find(passage.text)
    )
    assert len({at for at, _ in together}) > 20


@pytest.mark.parametrize("file", CAMPAIGNS, ids=lambda file: file.stem)
def test_every_text_of_a_campaign_is_a_passage_with_its_path(file: Path) -> None:
    value = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    spec = {**FULL, **{key: value.get(key, []) for key in ("texts", "answers", "faq")}, "title": value["title"]}
    campaign = fit(Campaign, spec)
    assert isinstance(campaign, Campaign)
    texts = {passage.path: passage.text for passage in passages(campaign)}
    assert texts[("title",)] == value["title"]
    for index, item in enumerate(value.get("faq", [])):
        assert (texts[("faq", index, "q")], texts[("faq", index, "a")]) == (item["q"], item["a"])
    for index, item in enumerate(value.get("texts", [])):
        assert texts[("texts", index, "text")] == item["text"]
