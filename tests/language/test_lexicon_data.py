"""The lexicons of LANG001 and LANG003: every entry finds its own sample and spares its trap."""

import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

RULES = Path(__file__).parents[2] / "rules"
GLOSSARY: dict[str, Any] = yaml.safe_load((RULES / "glossary.yaml").read_text(encoding="utf-8"))
WORDING: dict[str, Any] = yaml.safe_load((RULES / "wording.yaml").read_text(encoding="utf-8"))
GROUPS = {"network", "tariff", "contract", "number", "broadband"}
GROUPS |= {"roaming", "vas", "device", "process", "counter"}
FIELDS = {
    "terms": {"plain", "explain", "group", "fires"},
    "forbidden": {"law", "why", "instead", "fires"},
}
OPTIONAL = {"variants", "severity", "allow", "trap", "exact"}

Entry = dict[str, Any]
Span = tuple[int, int]


def norm(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def names(term: str, entry: Entry) -> list[str]:
    return [norm(name) for name in [term, *entry.get("variants", [])]]


def spans(text: str, phrase: str) -> Iterator[Span]:
    start = text.find(phrase)
    while start >= 0:
        yield start, start + len(phrase)
        start = text.find(phrase, start + 1)


def is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def stands_alone(text: str, span: Span) -> bool:
    """Latin letters and digits next to a Latin term make it another word."""
    start, end = span
    joined_before = start > 0 and is_latin(text[start]) and is_latin(text[start - 1])
    joined_after = end < len(text) and is_latin(text[end - 1]) and is_latin(text[end])
    return not (joined_before or joined_after)


def occurrences(text: str, phrases: Iterable[str]) -> list[Span]:
    return [span for phrase in phrases for span in spans(text, norm(phrase)) if stands_alone(text, span)]


def longer(spans_around: Iterable[Span], inner: Span) -> bool:
    start, end = inner
    return any(a <= start and end <= b and b - a > end - start for a, b in spans_around)


def found(text: str, entries: dict[str, Entry], everyday: list[str]) -> set[str]:
    """Terms in a text; an occurrence inside a longer known word, or a phrase its entry allows, is none."""
    text = norm(text)
    hits = [(span, term) for term, entry in entries.items() for span in occurrences(text, names(term, entry))]
    known = occurrences(text, everyday) + [span for span, _ in hits]
    return {term for span, term in hits if not longer(known + occurrences(text, entries[term].get("allow", [])), span)}


CASES = [
    pytest.param(kind, term, entry, id=term)
    for kind, entries in (("terms", GLOSSARY["terms"]), ("forbidden", WORDING["forbidden"]))
    for term, entry in entries.items()
]
ENTRIES = {"terms": GLOSSARY["terms"], "forbidden": WORDING["forbidden"]}
EVERYDAY = {"terms": GLOSSARY["everyday"], "forbidden": []}


@pytest.mark.parametrize(("kind", "term", "entry"), CASES)
def test_entry_is_complete(kind: str, term: str, entry: Entry) -> None:
    assert FIELDS[kind] <= entry.keys() <= FIELDS[kind] | OPTIONAL
    assert ("allow" in entry) == ("trap" in entry)
    assert entry.get("severity", "warning") == "warning"
    assert entry.get("group") in (GROUPS if kind == "terms" else {None})


@pytest.mark.parametrize(("kind", "term", "entry"), CASES)
def test_entry_fires_on_its_sample(kind: str, term: str, entry: Entry) -> None:
    assert term in found(entry["fires"], ENTRIES[kind], EVERYDAY[kind])


@pytest.mark.parametrize(("kind", "term", "entry"), CASES)
def test_entry_spares_its_trap(kind: str, term: str, entry: Entry) -> None:
    trap = entry.get("trap")
    if trap is None:
        return
    assert any(name in norm(trap) for name in names(term, entry))
    assert found(trap, ENTRIES[kind], EVERYDAY[kind]) == set()


@pytest.mark.parametrize(("kind", "term", "entry"), CASES)
def test_allowed_phrases_are_longer_than_the_term(kind: str, term: str, entry: Entry) -> None:
    for phrase in map(norm, entry.get("allow", [])):
        assert any(name in phrase and name != phrase for name in names(term, entry)), phrase


@pytest.mark.parametrize(("term", "entry"), list(GLOSSARY["terms"].items()))
def test_explanation_is_free_of_terms(term: str, entry: Entry) -> None:
    for field in ("plain", "explain"):
        assert found(entry[field], GLOSSARY["terms"], GLOSSARY["everyday"]) == set(), field


@pytest.mark.parametrize(("kind", "least"), [("terms", 300), ("forbidden", 80)])
def test_lexicon_is_large_and_unambiguous(kind: str, least: int) -> None:
    all_names = [name for term, entry in ENTRIES[kind].items() for name in names(term, entry)]
    assert len(ENTRIES[kind]) >= least
    assert sorted(all_names) == sorted(set(all_names))
    assert all(isinstance(term, str) for term in ENTRIES[kind])


def test_everyday_words_are_no_terms() -> None:
    everyday = [norm(word) for word in GLOSSARY["everyday"]]
    all_names = {name for term, entry in GLOSSARY["terms"].items() for name in names(term, entry)}
    assert len(everyday) == len(set(everyday))
    assert not all_names & set(everyday)
    for word in GLOSSARY["everyday"]:
        assert found(word, GLOSSARY["terms"], []) == set(), word


def test_sources_are_named() -> None:
    for lexicon in (GLOSSARY, WORDING):
        assert lexicon["about"]["title"]
        assert lexicon["about"]["source"]
