"""The columns of tables and the rows of forms: what they are called, where they belong, what is said of them.

Chinese headings and help are the titles and descriptions of the spec's model, but for those that speak of YAML.
"""

from __future__ import annotations

from typing import Any, NamedTuple, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from campaigncheck.messages import Text, literal
from campaigncheck.source.place import Path
from campaigncheck.spec.model import Campaign
from campaigncheck.workbook.kinds import Kind

KEY = "#"
"""The step of the path that stands for the key of an entry, where a part of a spec is a mapping."""

DAY, WORD, LINE, PROSE = Kind("day"), Kind("word"), Kind("line"), Kind("prose")
NUMBER, WHOLE = Kind("number"), Kind("whole")


class Field(NamedTuple):
    """A column of a table, or a row of a form.

    ``path`` leads from the entry (from the top, in forms and lists) to the value. ``together``: it has to be filled in if
    anything beside it is (a price has an amount).
    """

    path: Path
    kind: Kind
    title: Text
    help: Text
    example: str = ""
    required: bool = False
    width: int = 18
    together: bool = False


def field(where: str, kind: Kind, title: str, about: str, **more: Any) -> Field:
    """Return a field; what it is called and what is said of it in Chinese are the model's unless given as ``zh``, ``tell``."""
    parts = tuple(int(step) if step.isdigit() else step for step in where.split("."))
    base, _, inner = where.rpartition("/")
    path: Path = tuple(int(step) if step.isdigit() else step for step in inner.split(".") if step) if base else parts
    found = _modelfield((*base.split("."), *path) if base else path)
    zh = more.pop("zh", None) or (found.title if found and found.title else title)
    tell = more.pop("tell", None) or (found.description if found and found.description else about)
    needed = bool(found and found.is_required())
    required = more.pop("required", needed)
    together = (needed and not required) or isinstance(path[-1], int)
    return Field(path, kind, literal(zh, title), literal(tell, about), required=required, together=together, **more)


def _modelfield(path: Path) -> FieldInfo | None:
    """Follow a path through the models; positions in lists, and keys of mappings, are left out."""
    model: Any = Campaign
    found: FieldInfo | None = None
    for step in path:
        if isinstance(step, int) or step == KEY or not model:
            continue
        found = model.model_fields.get(step)
        model = _inner(found.annotation) if found else None
    return found


def _inner(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for found in map(_inner, get_args(annotation)) if found is not None), None)
