"""What programs read in the outputs: the places, and the texts, of all findings."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

import cmarkgfm
import lxml.html
from cmarkgfm.cmark import Options
from lxml import etree

Found = tuple[str, str, int, int]
"""Rule, path, line, column."""

_PLACE = re.compile(r"(.+):(\d+):(\d+)")


class Annotation(NamedTuple):
    """A workflow command as a runner reads it."""

    command: str
    properties: dict[str, str]
    message: str


def commands(text: str) -> Iterator[Annotation]:
    """Read workflow commands the way the runner does; other lines are only log."""
    for line in text.splitlines():
        if not line.startswith("::"):
            continue
        head, _, data = line[2:].partition("::")
        command, _, given = head.partition(" ")
        pairs = [item.partition("=")[::2] for item in given.split(",") if item]
        yield Annotation(command, {name: unescape(value, True) for name, value in pairs}, unescape(data))


def unescape(text: str, of_property: bool = False) -> str:
    """Read what a command says."""
    codes = {"%0D": "\r", "%0A": "\n"} | ({"%3A": ":", "%2C": ","} if of_property else {})
    for code, meant in codes.items():
        text = text.replace(code, meant)
    return text.replace("%25", "%")


def markdown(text: str) -> lxml.html.HtmlElement:
    """Read Markdown with GitHub's own parser; HTML in it is let through, as nothing else could show what is there."""
    return lxml.html.document_fromstring(cmarkgfm.github_flavored_markdown_to_html(text, Options.CMARK_OPT_UNSAFE))


def uri(location: dict[str, Any]) -> str:
    """Read the path of a SARIF location."""
    file = location["artifactLocation"]
    return unquote(urlsplit(file["uri"]).path) if "uriBaseId" not in file else unquote(file["uri"])


def _text(output: str) -> Iterator[Found]:
    path, apart = "", False
    for line in output.splitlines():
        if re.match(r"\S", line):
            path, apart = line, line in ("已放行的例外", "Waived")
        found = re.match(r"  (?:(\S.*):)?(\d+):(\d+)  \S+ ([A-Z]+\d*)  ", line)
        if found and apart == (found[1] is not None):
            yield found[4], found[1] or path, int(found[2]), int(found[3])


def _json(output: str) -> Iterator[Found]:
    for item in json.loads(output)["findings"]:
        yield item["rule"], item["path"], item["line"], item["column"]


def _jsonl(output: str) -> Iterator[Found]:
    for item in map(json.loads, output.splitlines()):
        if item["type"] == "finding":
            yield item["rule"], item["path"], item["line"], item["column"]


def _sarif(output: str) -> Iterator[Found]:
    for item in json.loads(output)["runs"][0]["results"]:
        physical = item["locations"][0]["physicalLocation"]
        yield item["ruleId"], uri(physical), physical["region"]["startLine"], physical["region"]["startColumn"]


def _junit(output: str) -> Iterator[Found]:
    root = etree.fromstring(output.encode())
    for case in root.iter("testcase"):
        for part in case:
            for line in (part.text or "").splitlines():
                found = re.match(r"(\S.*):(\d+):(\d+) (?:错误|警告|提示|error|warning|note) ([A-Z]+\d*)[：:]", line)
                if found:
                    assert found[4] == case.get("name")
                    yield found[4], found[1], int(found[2]), int(found[3])


def _github(output: str) -> Iterator[Found]:
    for item in commands(output):
        given = item.properties
        spread = re.search(r"^(?:位置：|Place: )(\d+):(\d+)–(\d+):(\d+)$", item.message, re.MULTILINE)
        assert ("col" in given) == (spread is None)
        if spread:
            assert (spread[1], spread[3]) == (given["line"], given["endLine"])
        column = spread[2] if spread else given["col"]
        yield given["title"].split()[0], given["file"], int(given["line"]), int(column)


def _gitlab(output: str) -> Iterator[Found]:
    for item in json.loads(output):
        begin = item["location"]["positions"]["begin"]
        yield item["check_name"], item["location"]["path"], begin["line"], begin["column"]


def _markdown(output: str) -> Iterator[Found]:
    for item in markdown(output).xpath("//li[strong]"):  # faults of tables have no rule
        yield item.findtext("strong").split()[1], *_place(item.findtext("code"))


def _html(output: str) -> Iterator[Found]:
    for item in lxml.html.document_fromstring(output).iter("article"):
        yield item.findtext(".//b"), *_place(item.find("p[@class='place']").text_content())


def _place(text: str) -> tuple[str, int, int]:
    found = _PLACE.fullmatch(text)
    assert found, text
    return found[1], int(found[2]), int(found[3])


PLACES: dict[str, Callable[[str], Iterator[Found]]] = {
    "text": _text,
    "json": _json,
    "jsonl": _jsonl,
    "sarif": _sarif,
    "junit": _junit,
    "github": _github,
    "gitlab": _gitlab,
    "markdown": _markdown,
    "html": _html,
}
"""What reads the places of all findings in each format."""
