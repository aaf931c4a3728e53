"""Rules of YAML files made into rules like the built-in ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from pydantic import BaseModel

from campaigncheck.catalogue.custom import CustomRule, FiringSample, PassingSample, Scope, Sentences, Written
from campaigncheck.catalogue.problems import CatalogueError, CatalogueProblem
from campaigncheck.custom import wording
from campaigncheck.custom.asking import Asked, Asker, Measured
from campaigncheck.custom.bounds import ALL
from campaigncheck.custom.contexts import Contexts, shared, wanted
from campaigncheck.custom.expressions import Compiled, ExpressionError, Language, language
from campaigncheck.custom.shape import fields, moment
from campaigncheck.custom.templates import SentenceError, Template, template
from campaigncheck.messages import Text, literal
from campaigncheck.rulekit.encounter import with_right_of_way
from campaigncheck.rulekit.rule import CampaignView, PortfolioView, Problem, Related, Rule, Sample, Scene
from campaigncheck.source.place import Path
from campaigncheck.spec.load import nearest_name
from campaigncheck.spec.model import Campaign, CustomerText, FaqEntry, Offer
from campaigncheck.understand.entry import Entry

_ELEMENTS: dict[Scope, type[BaseModel]] = {
    "campaign": Campaign, "offer": Offer, "text": CustomerText, "faq": FaqEntry, "pair": Campaign,
}  # fmt: skip
_OTHER = Text("重叠的营销案", "the campaign it overlaps with")


@dataclass(frozen=True)
class Ready:
    """A rule with its expressions compiled."""

    asker: Asker
    scope: Scope
    when: Compiled
    at: Path
    message: Template
    hint: Template
    contexts: Contexts

    def check(self, view: CampaignView) -> Iterator[Problem]:
        """Yield what of a campaign the rule fires at."""
        context = self.contexts.of(view)
        evaluate, bounded = self.when.program.eval, context.measured.most <= self.when.harmless
        for case in context.cases(self.scope):
            if bounded and _is_plain_no(evaluate, case.activation):
                continue  # nearly always; whatever else there is to say is said below
            asked = Asked(case.activation, context.measured, self.asker)
            if asked.holds(self.when):
                yield Problem((*case.path, *self.at), self.message.fill(asked), self.hint.fill(asked))

    def check_portfolio(self, view: PortfolioView) -> Iterator[Problem]:
        """Yield the pairs of overlapping campaigns that the rule fires at, told to the one that can still be changed."""
        for first, second in view.meeting:
            yield from self._pair(view, first, second)

    def _pair(self, view: PortfolioView, first: Entry, second: Entry) -> Iterator[Problem]:
        late = "shared" not in self.when.bounds.names
        if late and not (self._fires(view, first, second, None) or self._fires(view, second, first, None)):
            return
        overlap = view.portfolio.overlap(first, second)
        if overlap is None:
            return
        scene = Scene(overlap.days, overlap.cities)
        for bearer, other in view.bearers(first, second):
            sides = next((x for x in ((bearer, other), (other, bearer)) if self._fires(view, *x, scene)), None)
            if sides is not None:
                asked = self._asked(view, *sides, scene, with_cities=True)
                message = with_right_of_way(self.message.fill(asked), bearer, other)
                related = (Related(other.path, self.at, _OTHER()),)
                hint = self.hint.fill(asked)
                yield Problem(self.at, message, hint, spec=bearer.path, related=related, scene=scene)

    def _fires(self, view: PortfolioView, first: Entry, second: Entry, scene: Scene | None) -> bool:
        return self._asked(view, first, second, scene, self._asks_for_cities).holds(self.when)

    def _asked(self, view: PortfolioView, first: Entry, second: Entry, scene: Scene | None, with_cities: bool) -> Asked:
        """Return what expressions are asked of: two campaigns in this order, and what they share if that is known."""
        regions = view.catalogues.regions
        values = [self.contexts.of_entry(entry, regions) for entry in (first, second)]
        known: dict[str, Any] = {"first": values[0][1], "second": values[1][1], "today": moment(view.today)}
        if scene is not None:
            values.append(shared(scene.days, scene.cities if with_cities else 0, regions))
            known["shared"] = values[-1][1]
        most = sum(message.ByteSize() for _, message in values)
        measured = Measured(tuple(value for value, _ in values), most)
        return Asked(language("pair").env.Activation(known), measured, self.asker)

    @cached_property
    def _asks_for_cities(self) -> bool:
        """Whether the cities matter for firing: there may be hundreds, so they are left out where they do not."""
        return not self.when.bounds.fields.isdisjoint({("shared", "cities"), ("shared", ALL)})


def build(written: Iterable[Written]) -> dict[str, Rule]:
    """Return the rules of YAML files by id.

    Raises:
        CatalogueError: for expressions that cannot be used, and places that there are not.
    """
    contexts, problems, found = Contexts(frozenset(), frozenset()), [], {}
    for item in written:
        wrong: list[CatalogueProblem] = []
        ready = _ready(item, contexts, wrong)
        if ready is not None:
            found[item.rule.id] = _rule(item.rule, ready)
        problems += wrong
    if problems:
        raise CatalogueError(problems)
    return found


def samples(rule: CustomRule) -> tuple[Sample, ...]:
    """Return all samples of a rule; those that must fire have places."""
    return (*map(_sample, rule.samples.fires), *map(_sample, rule.samples.passes))


def _is_plain_no(evaluate: Callable[[Any], Any], activation: Any) -> bool:
    try:
        return evaluate(activation).value() is False
    except RuntimeError:
        return False


def _ready(written: Written, contexts: Contexts, problems: list[CatalogueProblem]) -> Ready | None:
    rule, spoken = written.rule, language(written.rule.for_)
    at = _path(written, problems)
    try:
        when = spoken.question(rule.when)
    except ExpressionError as error:
        problems += [written.problem(fault.message, fault.hint, ("when",), fault.span) for fault in error.faults]
        return None
    made = partial(_template, written, spoken, when.bounds.guards, problems)
    message, hint = made("message", rule.message), made("hint", rule.hint)
    if message is None or hint is None:
        return None
    told = [piece.expression for sentence in (message, hint) for piece in sentence.pieces]
    expressions = [when, *told]
    contexts.wanted |= wanted(rule.for_, expressions, ("campaign",)) if rule.for_ != "pair" else set()
    contexts.wanted_of_others |= wanted(rule.for_, expressions, ("first", "second"))
    place = f"{written.document.path}:{written.line}"
    return Ready(Asker(rule.id, place), rule.for_, when, at, message, hint, contexts)


def _template(
    written: Written, spoken: Language, guarded: frozenset[str], problems: list[CatalogueProblem], name: str,
    sentences: Sentences,
) -> Template | None:  # fmt: skip
    try:
        return template(sentences, spoken, guarded)
    except SentenceError as error:
        problems += [
            written.problem(fault.message, fault.hint, (name, lang), fault.span) for lang, fault in error.faults
        ]
        return None


def _path(written: Written, problems: list[CatalogueProblem]) -> Path:
    """Return ``at`` as a path, and complain of one that leads nowhere."""
    steps: list[str | int] = []
    model: Any = _ELEMENTS[written.rule.for_]
    many = "one"
    for token in written.rule.at.split("/")[1:]:
        if many == "list" and not token.isdecimal():
            problems.append(written.problem(wording.NO_PLACE_LIST(name=token), wording.AT_HINT(), ("at",)))
        elif many == "one":
            known = {name: fields(model)[name] for name in model.model_fields} if _is_part(model) else {}
            if token not in known:
                problems.append(_nowhere(written, model, token, known))
                return ()
            model, many = known[token].of, known[token].many
            steps.append(token)
            continue
        steps.append(int(token) if many == "list" and token.isdecimal() else token)
        many = "one"
    return tuple(steps)


def _nowhere(written: Written, model: Any, token: str, known: Iterable[str]) -> CatalogueProblem:
    owner = wording.PARTS.get(model.__name__, wording.PART)
    names = list(known)
    nearest = nearest_name(token, names)
    listed = wording.KNOWN_HINT(names=names) if names else wording.AT_HINT()
    hint = wording.NEAREST_HINT(nearest=nearest) if nearest else listed
    return written.problem(wording.NO_PLACE(owner=owner, name=token), hint, ("at",))


def _is_part(model: Any) -> bool:
    return isinstance(model, type) and issubclass(model, BaseModel)


def _rule(rule: CustomRule, ready: Ready) -> Rule:
    across = rule.for_ == "pair"
    return Rule(
        id=rule.id,
        title=rule.title.text,
        severity=rule.severity,
        why=literal(rule.why.zh, rule.why.en),
        source=literal(rule.source.zh, rule.source.en),
        passing=_sample(rule.samples.passes[0]),
        failing=_sample(rule.samples.fires[0]),
        check=None if across else ready.check,
        check_portfolio=ready.check_portfolio if across else None,
    )


def _sample(sample: FiringSample | PassingSample) -> Sample:
    places = tuple((place[0], place[1]) for place in sample.places) if isinstance(sample, FiringSample) else ()
    return Sample(sample.spec, tuple(sample.others), places)
