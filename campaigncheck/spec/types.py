"""The kinds of values a spec is made of, each with its JSON Schema.

Both validations, pydantic's and JSON Schema's, accept exactly the same values; whatever needs more
than the shape of one value (dates in order, known codes) is left to the rules SPEC004 and SPEC005.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

ID_PATTERN = r"^[a-z0-9-]{3,64}$"
OFFER_PATTERN = r"^[a-z0-9-]{1,64}$"
HOURS_PATTERN = r"^([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$"
REGION_PATTERN = r"^[0-9]{6}$"
PRODUCT_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)+$"
NAME_PATTERN = r"^[a-z0-9]+([_-][a-z0-9]+)*$"
SITE_PATTERN = r"^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*/?$"

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)
"""The days that a spec may name: rules count back and on from them, so they keep clear of the calendar's ends."""

_DAY_PATTERN = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_DAY_BETWEEN = r"^(20[0-9]{2}|2100)-[0-9]{2}-[0-9]{2}$"
"""The same between the first and the last day: JSON Schema cannot compare dates."""

ONE_LINE = {"not": {"pattern": "[\\r\\n]"}}
"""Python's ``$`` also matches before a final line break; ECMA-262, which JSON Schema names, does not."""


class _WrittenDay:
    """A date as a string of one form; checked without a call into Python."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        text = core_schema.str_schema(pattern=_DAY_PATTERN, strict=True)
        day = core_schema.date_schema(strict=False, ge=FIRST_DAY, le=LAST_DAY)
        return core_schema.chain_schema([text, day])

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "string", "format": "date", "pattern": _DAY_BETWEEN, **ONE_LINE}


def _whole(value: Any) -> Any:
    """JSON Schema counts 12.0 as an integer, so the model does."""
    return int(value) if value.__class__ is float and value.is_integer() else value


def _version(value: Any) -> Any:
    """``True == 1`` in Python, but true is no version."""
    return str(value).lower() if isinstance(value, bool) else _whole(value)


Day = Annotated[date, _WrittenDay()]
"""A calendar day in Asia/Shanghai, written YYYY-MM-DD."""

LeadDays = Annotated[int, Field(ge=0, le=60), BeforeValidator(_whole)]
Decimals = Annotated[int, Field(ge=0, le=4), BeforeValidator(_whole)]
Count = Annotated[int, Field(ge=0, le=1_000_000_000), BeforeValidator(_whole)]
Months = Annotated[int, Field(ge=0, le=600), BeforeValidator(_whole)]
PositiveMonths = Annotated[int, Field(ge=1, le=600), BeforeValidator(_whole)]
Times = Annotated[int, Field(ge=1, le=20), BeforeValidator(_whole)]
Yuan = Annotated[float, Field(ge=0, le=100_000_000, allow_inf_nan=False)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Minutes = Annotated[float, Field(ge=0, le=240, allow_inf_nan=False)]
Seconds = Annotated[float, Field(gt=0, le=14_400, allow_inf_nan=False)]

Line = Annotated[str, Field(min_length=1, max_length=200)]
Prose = Annotated[str, Field(min_length=1, max_length=5_000)]

Id = Annotated[str, Field(pattern=ID_PATTERN, json_schema_extra=ONE_LINE)]
HallId = Annotated[str, Field(pattern=ID_PATTERN, json_schema_extra=ONE_LINE)]
RegionCode = Annotated[str, Field(pattern=REGION_PATTERN, json_schema_extra=ONE_LINE)]
ProductPath = Annotated[str, Field(pattern=PRODUCT_PATTERN, max_length=64, json_schema_extra=ONE_LINE)]
OfferId = Annotated[str, Field(pattern=OFFER_PATTERN, json_schema_extra=ONE_LINE)]
Name = Annotated[str, Field(pattern=NAME_PATTERN, max_length=64, json_schema_extra=ONE_LINE)]
Pattern = Annotated[str, Field(min_length=1, max_length=100)]
SpecVersion = Annotated[Literal[1], BeforeValidator(_version, json_schema_input_type=Literal[1])]
Hours = Annotated[str, Field(pattern=HOURS_PATTERN, json_schema_extra=ONE_LINE)]
SiteAddress = Annotated[str, Field(pattern=SITE_PATTERN, max_length=200, json_schema_extra=ONE_LINE)]
"""Where a site's pages stand; nothing but a folder on a web server."""

Stage = Literal["draft", "testing", "optimising", "approved", "launched", "retired"]
Channel = Literal["hall", "app", "web", "sms", "hotline", "self_service", "agent", "outbound_call"]
TextChannel = Literal[
    "hall", "app", "web", "sms", "hotline", "self_service", "agent", "outbound_call", "poster", "leaflet", "notice"
]
OfferKind = Literal["discount", "contract", "gift", "bundle", "trial", "points", "upgrade"]
LocalField = Literal[
    "name", "price", "contract_months", "early_exit", "renewal", "takes_effect", "free_months", "gift", "quota",
    "opt_in_code", "confirm", "cancel", "audience",
]  # fmt: skip

Scalar = str | bool | int | float
Condition = Scalar | list[Scalar]
