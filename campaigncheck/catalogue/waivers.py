"""``waivers.yaml``: exceptions that somebody with the authority to do so has granted, each with a reason and an end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path as File
from typing import Annotated, Any, NamedTuple

from pydantic import Field

from campaigncheck.catalogue.files import WAIVERS, shown
from campaigncheck.catalogue.models import Entry, RuleId
from campaigncheck.messages import Message, Text
from campaigncheck.source.document import Document, decode, read_bytes
from campaigncheck.source.errors import RefusalError, SourceError
from campaigncheck.source.limits import MAX_CATALOGUE_BYTES
from campaigncheck.source.place import START, Lines, Path, Place, pointer
from campaigncheck.source.yamlpass import parse
from campaigncheck.spec.load import ShapeProblem, fit
from campaigncheck.spec.schema import DIALECT, model_schema
from campaigncheck.spec.types import ONE_LINE, Day, Id

_NO_LIST = Text("{file} 应当是一个列表，每个例外一项", "{file} has to be a list, one entry an exception")
_NO_ENTRY = Text("每个例外是一组字段，这里是 {given}", "an exception is a set of fields; this is {given}")
_ENTRY_HINT = Text(
    "写成这样：- {{rule: FREQ001, campaign: 营销案编号, reason: 原因, approver: 谁批准的, expires: 2027-03-31}}",
    "Write it like this: - {{rule: FREQ001, campaign: id, reason: …, approver: …, expires: 2027-03-31}}",
)
_TWO_HASHES = Text("facts 和 hash 是一回事，这里写得不一样", "facts and hash mean the same, and differ here")
_TWO_HASHES_HINT = Text("只留 facts。", "Keep facts only.")

_BLANK = Text("{name} 是空的", "{name} is empty")
_BLANK_HINTS = {
    "reason": Text("写明为什么可以例外。", "Say why the exception is justified."),
    "approver": Text("写明是谁批准的，policy.yaml 里要有。", "Say who has approved it; policy.yaml has to name them."),
}

Digest = Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$", json_schema_extra=ONE_LINE)]
Said = Annotated[str, Field(min_length=1, max_length=500)]
Pointer = Annotated[str, Field(pattern=r"^(/[^\r\n]*)?$", max_length=500, json_schema_extra=ONE_LINE)]


class WaiverEntry(Entry):
    """One exception: which finding of which campaign passes, why, who has said so, and until which day (inclusive).

    ``pointer`` and ``related`` narrow it to findings at or below a place in the spec, and to those that another campaign is
    involved in. ``facts`` (also written ``hash``) is the digest of the values it was granted on: once they change, it is void.
    """

    rule: RuleId = Field(examples=["FREQ001"])
    campaign: Id = Field(examples=["sc-2027-spring-broadband"])
    reason: Said = Field(examples=["系统四月才能合并"])
    approver: Said = Field(examples=["省公司服务部"])
    expires: Day = Field(examples=["2027-03-31"])
    pointer: Pointer | None = None
    related: Id | None = None
    facts: Digest | None = None


class Waiver(NamedTuple):
    """An exception that can be read, with its position in the file, and what ``facts`` is called there."""

    position: int
    entry: WaiverEntry
    line: int
    digest: str = "facts"


class WaiverFault(NamedTuple):
    """What is wrong with an entry, or the file; ``campaign`` as far as it can be told."""

    place: Place
    pointer: str
    campaign: str
    message: Message
    hint: Message


@dataclass(frozen=True)
class Waivers:
    """The exceptions of a repository; ``document`` is None where the file cannot be read."""

    path: str
    entries: tuple[Waiver, ...] = ()
    faults: tuple[WaiverFault, ...] = ()
    document: Document | None = None

    def place(self, index: int, key: str) -> Place:
        """Return where a field of an entry stands, or the entry."""
        return self.document.place((index, key)) if self.document is not None else START


def load_waivers(file: File) -> Waivers:
    """Read a file of exceptions; entries that cannot be read are faults and let nothing pass."""
    path = shown(file)
    try:
        text = decode(read_bytes(str(file), MAX_CATALOGUE_BYTES))
    except SourceError as error:
        return Waivers(path, faults=(WaiverFault(error.place, "", "", error.message, error.hint),))
    if all(line.lstrip()[:1] in ("", "#") for line in text.splitlines()):
        return Waivers(path)
    try:
        value = parse(text)
    except RefusalError as error:
        place = Lines(text).place(*error.span)
        return Waivers(path, faults=(WaiverFault(place, "", "", error.message, error.hint),))
    if value is None or value == []:
        return Waivers(path)
    document = Document(path, text)
    if not isinstance(value, list):
        fault = WaiverFault(document.place(()), "", "", _NO_LIST(file=WAIVERS), _ENTRY_HINT())
        return Waivers(path, faults=(fault,), document=document)
    return _entries(path, value, document)


def _entries(path: str, value: list[Any], document: Document) -> Waivers:
    entries: list[Waiver] = []
    faults: list[WaiverFault] = []
    for index, item in enumerate(value):
        fitted = _fit(item, index, document)
        if isinstance(fitted, list):
            faults += fitted
        else:
            digest = "hash" if "hash" in item and "facts" not in item else "facts"
            entries.append(Waiver(index, fitted, document.place((index,)).line, digest))
    return Waivers(path, tuple(entries), tuple(faults), document)


def _fit(item: Any, index: int, document: Document) -> WaiverEntry | list[WaiverFault]:
    if not isinstance(item, dict):
        message = _NO_ENTRY(given=str(item)[:40])
        return [WaiverFault(document.place((index,)), f"/{index}", "", message, _ENTRY_HINT())]
    named = item.get("campaign")
    campaign = named if isinstance(named, str) else ""
    if item.get("facts", item.get("hash")) != item.get("hash", item.get("facts")):
        place = document.place((index, "hash"))
        return [WaiverFault(place, f"/{index}/hash", campaign, _TWO_HASHES(), _TWO_HASHES_HINT())]
    for name, hint in _BLANK_HINTS.items():
        if isinstance(item.get(name), str) and not _seen(item[name]):
            return [WaiverFault(document.place((index, name)), f"/{index}/{name}", campaign, _BLANK(name=name), hint())]
    written = {"facts": "hash"} if "facts" not in item else {}
    fitted = fit(WaiverEntry, _of_one_name(item))
    if not isinstance(fitted, list):
        return fitted
    return [
        _unfit(found, (index, *(written.get(str(step), step) for step in found.path)), campaign, document)
        for found in fitted
    ]


def _of_one_name(item: dict[str, Any]) -> dict[str, Any]:
    """Let ``hash`` stand for ``facts``; where both are written they are alike."""
    return {("facts" if key == "hash" else key): value for key, value in item.items()}


def _unfit(found: ShapeProblem, path: Path, campaign: str, document: Document) -> WaiverFault:
    return WaiverFault(document.place(path, key=found.key), pointer(path), campaign, found.message, found.hint)


def _seen(text: str) -> str:
    """Return what of a text can be seen: a space without width is no reason."""
    return "".join(filter(str.isprintable, text)).strip()


def waivers_schema() -> dict[str, Any]:
    """Return the JSON Schema of the file: a list of exceptions; ``hash`` is another name of ``facts``."""
    entry = model_schema(WaiverEntry, WAIVERS)
    del entry["$schema"]
    entry["properties"]["hash"] = entry["properties"]["facts"]
    return {"$schema": DIALECT, "title": WAIVERS, "type": "array", "items": entry}


def is_over(entry: WaiverEntry, today: date) -> bool:
    """Whether an exception has ended: its last day is the one it names."""
    return entry.expires < today
