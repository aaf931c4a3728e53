"""The models of a spec as the types that expressions know, and their values as messages of these types.

The types are protocol buffers: the language was made for them, so it checks names and types itself, tells a missing field
(``has(offer.gift)``) from an empty one, and converts a whole campaign at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory, struct_pb2, timestamp_pb2
from google.protobuf.message import Message
from pydantic import BaseModel

from campaigncheck.custom.seen import SeenCampaign, Shared
from campaigncheck.spec.model import Campaign, Owner, Period

PACKAGE = "spec"
_FIELD = descriptor_pb2.FieldDescriptorProto
_SCALARS = {str: _FIELD.TYPE_STRING, int: _FIELD.TYPE_INT64, float: _FIELD.TYPE_DOUBLE, bool: _FIELD.TYPE_BOOL}
_EPOCH = date(1970, 1, 1).toordinal()
_TIMESTAMP, _STRUCT = ".google.protobuf.Timestamp", ".google.protobuf.Struct"

ADDED: dict[type[BaseModel], dict[str, type]] = {Owner: {"level": str}, Period: {"days": int}}
"""What parts of a spec have besides their own fields, because rules often ask for it."""


class Kind(NamedTuple):
    """What a field holds: a scalar type, a part, or groups of conditions; once, in a list, or by key; always or not."""

    of: type
    many: Literal["one", "list", "map"] = "one"
    optional: bool = False


def fields(model: type[BaseModel]) -> dict[str, Kind]:
    """Return the fields of a part as expressions know them."""
    return {name: _kind(field.annotation) for name, field in model.model_fields.items()} | {
        name: Kind(kind) for name, kind in ADDED.get(model, {}).items()
    }


def _kind(annotation: Any) -> Kind:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _kind(arguments[0])
    if origin in (Union, UnionType) and NoneType in arguments:
        return _kind(next(item for item in arguments if item is not NoneType))._replace(optional=True)
    if origin is Literal:
        return Kind(type(arguments[0]))
    if origin is list:
        return Kind(_kind(arguments[0]).of, "list")
    if origin is dict:
        value = _kind(arguments[1])
        return Kind(dict) if value.of is object else Kind(value.of, "map")
    return Kind(annotation if isinstance(annotation, type) else object)


class Types(NamedTuple):
    """The types of a spec: the pool that expressions are compiled with, and what makes messages of values."""

    pool: descriptor_pool.DescriptorPool
    classes: Mapping[str, Callable[..., Message]]


@lru_cache(maxsize=1)
def types() -> Types:
    """Make the types, once in a process."""
    file = descriptor_pb2.FileDescriptorProto(name="spec.proto", package=PACKAGE, syntax="proto3")
    pool = descriptor_pool.DescriptorPool()
    for known in (timestamp_pb2, struct_pb2):
        file.dependency.append(known.DESCRIPTOR.name)
        copied = descriptor_pb2.FileDescriptorProto()
        known.DESCRIPTOR.CopyToProto(copied)
        pool.Add(copied)
    models = dict.fromkeys(part for top in (Campaign, SeenCampaign, Shared) for part in parts(top))
    for model in models:
        _describe(file.message_type.add(name=model.__name__), model)
    pool.Add(file)
    names = {model.__name__: f"{PACKAGE}.{model.__name__}" for model in models}
    classes = {name: message_factory.GetMessageClass(pool.FindMessageTypeByName(full)) for name, full in names.items()}
    return Types(pool, classes)


def parts(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """Yield a model and all parts of it."""
    yield model
    for kind in fields(model).values():
        if issubclass(kind.of, BaseModel):
            yield from parts(kind.of)


def _describe(message: descriptor_pb2.DescriptorProto, model: type[BaseModel]) -> None:
    for number, (name, kind) in enumerate(fields(model).items(), 1):
        field = message.field.add(name=name, number=number, label=_FIELD.LABEL_OPTIONAL)
        if kind.many == "map":
            _describe_map(message, field, kind)
            continue
        _typed(field, kind)
        if kind.many == "list":
            field.label = _FIELD.LABEL_REPEATED
        elif kind.optional and kind.of in _SCALARS:
            field.proto3_optional = True
            field.oneof_index = len(message.oneof_decl)
            message.oneof_decl.add(name=f"_{name}")


def _describe_map(
    message: descriptor_pb2.DescriptorProto, field: descriptor_pb2.FieldDescriptorProto, kind: Kind
) -> None:
    entry = message.nested_type.add(name=f"{field.name.title().replace('_', '')}Entry")
    entry.options.map_entry = True
    entry.field.add(name="key", number=1, label=_FIELD.LABEL_OPTIONAL, type=_FIELD.TYPE_STRING)
    _typed(entry.field.add(name="value", number=2, label=_FIELD.LABEL_OPTIONAL), kind)
    field.label = _FIELD.LABEL_REPEATED
    field.type = _FIELD.TYPE_MESSAGE
    field.type_name = f".{PACKAGE}.{message.name}.{entry.name}"


def _typed(field: descriptor_pb2.FieldDescriptorProto, kind: Kind) -> None:
    if kind.of in _SCALARS:
        field.type = _SCALARS[kind.of]
        return
    field.type = _FIELD.TYPE_MESSAGE
    field.type_name = (
        _TIMESTAMP if kind.of is date else _STRUCT if kind.of is dict else f".{PACKAGE}.{kind.of.__name__}"
    )


def plain(value: Any) -> Any:
    """Return values as messages are made from them: without what is missing, days as moments."""
    if value.__class__ in _SCALARS:  # most are
        return value
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, BaseModel):
        value = value.__dict__
    if isinstance(value, dict):
        return {
            name: item if item.__class__ in _SCALARS else plain(item)
            for name, item in value.items()
            if item is not None
        }
    if isinstance(value, date):
        return {"seconds": (value.toordinal() - _EPOCH) * 86_400}
    return value


def message(model: type[BaseModel], value: dict[str, Any]) -> Message:
    """Return plain values as a message."""
    return types().classes[model.__name__](**value)


def moment(day: int) -> datetime:
    """Return a day as expressions know it: its first moment, in a time zone without surprises."""
    return datetime.combine(date.fromordinal(day), datetime.min.time(), UTC)
