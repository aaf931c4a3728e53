"""The model and its published JSON Schema accept exactly the same values."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.models import CATALOGUES
from campaigncheck.report.schemas import SCHEMAS
from campaigncheck.source.document import read
from campaigncheck.spec.load import fit
from campaigncheck.spec.model import Campaign
from tests.spec.specs import FULL, ODD, Spec, changed, mutated, paths, without

SMALL = {key: FULL[key] for key in ("spec", "id", "title", "owner", "stage", "period", "regions", "channels", "offers")}
FILES = RuleFiles.at(None)


def validator(name: str) -> Draft202012Validator:
    schema = SCHEMAS[name]()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


CAMPAIGN = validator("campaign")


def assert_agreed(model: Any, schema: Draft202012Validator, value: Any) -> None:
    fitted = fit(model, value)
    refusals = [f"{list(error.path)}: {error.message[:200]}" for error in schema.iter_errors(value)]
    problems = [(problem.path, problem.message.render("en")) for problem in fitted] if isinstance(fitted, list) else []
    assert bool(problems) == bool(refusals), (problems, refusals)


def test_the_full_spec_is_good_for_both() -> None:
    assert isinstance(fit(Campaign, FULL), Campaign)
    assert isinstance(fit(Campaign, SMALL), Campaign)
    assert CAMPAIGN.is_valid(FULL)


@given(mutated(FULL))
@settings(max_examples=400)
def test_on_changed_specs(spec: Spec) -> None:
    assert_agreed(Campaign, CAMPAIGN, spec)


@given(mutated(SMALL, most=1))
@settings(max_examples=400)
def test_on_small_specs_with_one_change(spec: Spec) -> None:
    assert_agreed(Campaign, CAMPAIGN, spec)


@pytest.mark.parametrize(
    "path", [path for path in paths(FULL) if 0 not in path[1:] or path[0] in ("offers", "audience")]
)
def test_on_every_odd_value_at_every_place(path: tuple[str | int, ...]) -> None:
    top = path[0]
    part = {**SMALL, str(top): FULL[str(top)]}
    assert_agreed(Campaign, CAMPAIGN, without(part, path))
    for odd in ODD:
        assert_agreed(Campaign, CAMPAIGN, changed(part, path, odd))


@pytest.mark.parametrize("value", [odd for odd in ODD if isinstance(odd, dict)], ids=repr)
def test_on_mappings_that_are_no_specs(value: Spec) -> None:
    assert_agreed(Campaign, CAMPAIGN, value)


@pytest.mark.parametrize("name", ["attributes", "products", "steps", "faq", "readiness", "policy", "calendar"])
def test_on_changed_catalogues(name: str) -> None:
    whole, _ = FILES.yaml(name)
    small = {key: dict(list(part.items())[:3]) if isinstance(part, dict) else part for key, part in whole.items()}
    schema = validator(name)

    @given(mutated(small, most=2))
    @settings(max_examples=150)
    def agree(value: Any) -> None:
        assert_agreed(CATALOGUES[name], schema, value)

    agree()


@pytest.mark.parametrize("name", CATALOGUES)
def test_the_catalogues_fit_both(name: str) -> None:
    value, _ = read(FILES.path(f"{name}.yaml").read_text(encoding="utf-8"), f"{name}.yaml")
    assert [error.message for error in validator(name).iter_errors(value)] == []
    assert isinstance(fit(CATALOGUES[name], value), CATALOGUES[name])
