"""Reports: pure functions from a finished run to text, one module a format, one registry."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from campaigncheck.engine.finding import Report
from campaigncheck.messages import Lang

FORMATS: dict[str, str] = {
    "text": "campaigncheck.report.text",
    "json": "campaigncheck.report.json",
    "jsonl": "campaigncheck.report.jsonl",
    "sarif": "campaigncheck.report.sarif",
    "junit": "campaigncheck.report.junit",
    "github": "campaigncheck.report.github",
    "gitlab": "campaigncheck.report.gitlab",
    "markdown": "campaigncheck.report.markdown",
    "html": "campaigncheck.report.html",
    "words": "campaigncheck.report.words",
}
"""Every format and the module that writes it."""


def writer(name: str) -> Callable[[Report, Lang], str]:
    """Return the function that writes a format; imported when first asked for."""
    write: Callable[[Report, Lang], str] = import_module(FORMATS[name]).write
    return write
