"""What a repository's catalogues are refused for, the built-in ones are free of."""

from __future__ import annotations

import pytest

from campaigncheck.catalogue import models
from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import contradictions
from campaigncheck.source.document import Document
from campaigncheck.source.document import read as read_text
from campaigncheck.spec.load import fit


def read(name: str, old: str = "", new: str = "") -> tuple[models.Entry, Document]:
    """A built-in catalogue, with something in it replaced."""
    value, document = RuleFiles.at(None).yaml(name)
    if old:
        assert old in document.text
        value, document = read_text(document.text.replace(old, new, 1), document.path)
    fitted = fit(models.CATALOGUES[name], value)
    assert isinstance(fitted, models.Entry)
    return fitted, document


@pytest.mark.parametrize("name", models.CATALOGUES)
def test_the_built_in_catalogues_contradict_nothing(name: str) -> None:
    assert contradictions(name, *read(name)) == []


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("glossary", "allow: [最低消费, ", "allow: [最低价, "),
        ("wording", "    then: '(?!您手", "    then: '(?!您手(["),
        ("steps", "[0.3, 0.5, 1.0]", "[0.3, 0.2, 1.0]"),
    ],
)
def test_and_would_be_found_out_if_they_did(name: str, old: str, new: str) -> None:
    assert len(contradictions(name, *read(name, old, new))) == 1
