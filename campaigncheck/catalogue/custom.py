"""``custom/*.yaml``: a site's own rules, as they are written; what their expressions mean is left to others."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.models import Both, Entry, RuleId, Severity
from campaigncheck.catalogue.problems import CatalogueError, CatalogueProblem, misfits, problem
from campaigncheck.messages import Message, Text
from campaigncheck.source.document import Document
from campaigncheck.source.place import Path
from campaigncheck.spec.load import fit

Scope = Literal["campaign", "offer", "text", "faq", "pair"]
"""What a rule looks at, one at a time."""

MAX_EXPRESSION = 1_000
"""Characters of one expression."""

Expression = Annotated[str, Field(min_length=1, max_length=MAX_EXPRESSION)]
Sentence = Annotated[str, Field(min_length=1, max_length=500)]
Pointer = Annotated[str, Field(max_length=200, pattern=r"^(/[^/\r\n]+)*$")]
Position = Annotated[int, Field(ge=1, le=100_000)]
Place = Annotated[list[Position], Field(min_length=2, max_length=2)]
Spec = Annotated[str, Field(min_length=1, max_length=20_000)]

_TWICE = Text("规则 {rule} 写了两次，另一处在 {place}", "the rule {rule} is there twice: see {place}")
_TWICE_HINT = Text("给其中一条换个编号。", "Give one of them another id.")


class Sentences(Entry):
    """One sentence in both languages; what stands in braces is an expression, two braces are one."""

    zh: Sentence
    en: Sentence


class FiringSample(Entry):
    """A spec in which the rule fires; ``places`` are line and column of its findings there."""

    spec: Spec
    others: list[Spec] = Field(default_factory=list, max_length=5)
    places: list[Place] = Field(min_length=1, max_length=50)


class PassingSample(Entry):
    """A spec in which the rule does not fire."""

    spec: Spec
    others: list[Spec] = Field(default_factory=list, max_length=5)


class Samples(Entry):
    """What a rule has to find, and what it must not."""

    fires: list[FiringSample] = Field(min_length=1, max_length=20)
    passes: list[PassingSample] = Field(min_length=1, max_length=20)


class CustomRule(Entry):
    """One rule: it fires where ``when`` is true of what it is ``for``; ``at`` says where there."""

    id: RuleId
    title: Both
    severity: Severity
    for_: Scope = Field(alias="for")
    when: Expression
    at: Pointer = ""
    message: Sentences
    hint: Sentences
    why: Sentences
    source: Sentences
    samples: Samples


class CustomRules(Entry):
    """A file of ``custom/``: one or more rules."""

    rules: list[CustomRule] = Field(min_length=1, max_length=200)


class Written(NamedTuple):
    """A rule, and where it is written."""

    rule: CustomRule
    document: Document
    path: Path

    def problem(
        self, message: Message, hint: Message, path: Path = (), span: tuple[int, int] | None = None
    ) -> CatalogueProblem:
        """Return a problem of the rule, or of a part of it; ``span`` are characters of that."""
        place = self.document.place((*self.path, *path), span=span)
        return problem(self.document.path, message, hint, place)

    @property
    def line(self) -> int:
        """The line in which it begins."""
        return self.document.place((*self.path, "id")).line


def load_custom(files: RuleFiles) -> tuple[Written, ...]:
    """Read a site's own rules, in order of file and place.

    Raises:
        CatalogueError: for files that do not fit, and rules that are there twice.
    """
    problems: list[CatalogueProblem] = []
    found: dict[str, Written] = {}
    for value, document in files.custom():
        fitted = fit(CustomRules, value)
        if isinstance(fitted, list):
            problems += misfits(document, fitted)
            continue
        for index, rule in enumerate(fitted.rules):
            written = Written(rule, document, ("rules", index))
            known = found.setdefault(rule.id, written)
            if known is not written:
                place = f"{known.document.path}:{known.line}"
                message = _TWICE(rule=rule.id, place=place)
                problems.append(written.problem(message, _TWICE_HINT(), ("id",)))
    if problems:
        raise CatalogueError(problems)
    return tuple(found.values())
