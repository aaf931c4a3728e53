"""The forecast as one page: what campaigns do to the halls, in words, pictures and figures.

Nothing is fetched from anywhere and no script runs. Every picture has its figures in a table below it, for those who
cannot see it or have no pointer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from markupsafe import Markup

from campaigncheck import pages
from campaigncheck.drawing.canvas import style, svg
from campaigncheck.forecast import pictures
from campaigncheck.forecast.counters import NOTHING, Counters
from campaigncheck.forecast.curve import Curve
from campaigncheck.forecast.left_out import rest, told
from campaigncheck.forecast.model import CampaignForecast, Forecast
from campaigncheck.forecast.newton import MOST
from campaigncheck.forecast.page_words import PAGE
from campaigncheck.forecast.robust import Robustness
from campaigncheck.forecast.series import DayWait, HallDayWaits, HeatMonth, HourWait, Series
from campaigncheck.forecast.stress import Stress
from campaigncheck.handling.picture import counter, percent
from campaigncheck.messages import Lang, Message

MOST_CAMPAIGNS = 200
"""Rows of a table of campaigns; those that do most harm come first."""
MOST_CURVES = 12
_HARDLY = 0.0005


@dataclass(frozen=True)
class Told:
    """A forecast with what else was asked for; ``curves_left`` are campaigns whose curve is not drawn."""

    forecast: Forecast
    series: Series
    stresses: tuple[Stress, ...] | None = None
    curves: tuple[Curve, ...] = ()
    curves_left: int = 0
    scenarios: tuple[tuple[str, Forecast], ...] = ()
    robust: tuple[Robustness, ...] = ()
    counters: Counters = NOTHING


def write(told: Told, lang: Lang) -> str:
    """Return the page."""
    template = pages.environment("campaigncheck.forecast").get_template("forecast.html.j2")
    return template.render(pages.common_words(lang), page=PAGE, style=style, view=_View(told, lang))


class CampaignRow(NamedTuple):
    """What a campaign does: figures for the table, and its worst hour; None if it breaks nothing."""

    item: CampaignForecast
    people: str
    asking: str
    worst: Message | None


class CounterView(NamedTuple):
    """The time at the counter of a campaign: its picture, and the figures for the tables below it."""

    id: str
    picture: Markup
    figures: list[str]
    steps: list[tuple[object, str, int]]
    spans: list[tuple[str, str]]


class StressRow(NamedTuple):
    """How many people a campaign may draw, and what binds."""

    id: str
    planned: str
    most: str
    binding: Message
    enough: bool


class ScenarioRow(NamedTuple):
    """What a scenario comes to."""

    name: object
    percent: str
    broken: str
    campaigns: int
    worst: Message | None
    because: str


@dataclass(frozen=True)
class _View:
    """What the template asks of a forecast."""

    told: Told
    lang: Lang

    @property
    def today(self) -> date:
        return date.fromordinal(self.told.forecast.today)

    @property
    def empty(self) -> bool:
        return not self.told.forecast.cities

    def summary(self) -> Iterator[tuple[Message, object]]:
        """Yield what the forecast comes to, label and figure."""
        forecast = self.told.forecast
        every, kept = forecast.kept
        breaking = sum(item.worst is not None for item in forecast.campaigns)
        yield PAGE["kept"](), f"{_percent(kept, every)}%" if every else "–"
        yield PAGE["broken_hours"](), f"{every - kept:,} / {every:,}"
        after, before = forecast.past_bearing
        yield PAGE["impatient"](), f"{after:,.0f} ({before:,.0f})"
        yield PAGE["breaking"](), f"{breaking} / {len(forecast.campaigns)}"
        yield PAGE["halls"](), f"{forecast.halls:,}"
        if forecast.left_out:
            yield PAGE["halls_left_out"](), f"{len(forecast.left_out):,}"
        yield PAGE["cities"](), f"{len(forecast.cities):,}"

    def campaigns(self) -> tuple[list[CampaignRow], int]:
        """Return the campaigns, those with the worst hours first, and how many are left out."""
        ordered = sorted(self.told.forecast.campaigns, key=_harm)
        rows = [CampaignRow(item, f"{item.people:,.0f}", f"{item.asking:,.0f}", self._worst(item)) for item in ordered]
        return rows[:MOST_CAMPAIGNS], max(len(rows) - MOST_CAMPAIGNS, 0)

    def lost(self) -> list[str]:
        """Return which halls are left out, and why: the first line is about all of them."""
        return list(told(self.told.forecast.left_out, self.lang))

    @staticmethod
    def rest(item: CampaignForecast) -> Message:
        """Return what is said of a campaign that breaks nothing, as far as it can be judged."""
        return rest(item.not_judged, item.judged) or PAGE["all_kept"]()

    def _worst(self, item: CampaignForecast) -> Message | None:
        if item.worst is None:
            return None
        hall, day, hour, premium, before, after, bound = item.worst
        return PAGE["hour"](
            hall=self.told.series.network.names([hall])[0], day=date.fromordinal(day), hour=hour, who=_who(premium),
            after=pictures.minutes(after), before=pictures.minutes(before), bound=f"{bound:g}",
        )  # fmt: skip

    def months(self) -> Iterator[tuple[HeatMonth, Markup, list[tuple[str, list[str]]]]]:
        """Yield the months, each with its picture and its figures."""
        for month in self.told.series.months():
            rows = [(row.name, [_cell(day) for day in row.days]) for row in month.rows]
            yield month, svg(pictures.days(month, self.lang), self.lang), rows

    def halls(self) -> Iterator[tuple[HallDayWaits, Markup, list[tuple[HourWait, HourWait]]]]:
        """Yield the worst day of each hall, with its picture and its hours, both classes side by side."""
        for item in self.told.series.hours():
            premium, other = item.classes
            yield (
                item,
                svg(pictures.hours(item, self.lang), self.lang),
                list(zip(premium, other, strict=True)),
            )

    def left_out(self) -> int:
        return self.told.series.left_out

    @property
    def any_counters(self) -> bool:
        return self.told.counters != NOTHING

    def counters(self) -> Iterator[CounterView]:
        """Yield the times at the counter; the lengths that hardly occur are left out of their table."""
        for name, item in self.told.counters.drawn:
            shape = item.shapes[0]
            whole = sum(part.minutes for part in shape.parts)
            yield CounterView(
                id=name,
                picture=svg(counter(item, self.lang), self.lang),
                figures=[pictures.minutes(figure) for figure in (*shape.estimate[:1], *shape.estimate[2:])],
                steps=[
                    (item.names.get(part.id, part.id), pictures.minutes(part.minutes), percent(part.minutes, whole))
                    for part in shape.parts
                ],
                spans=[
                    (f"{at * shape.width:.1f}–{(at + 1) * shape.width:.1f}", f"{share * 100:.1f}")
                    for at, share in enumerate(shape.shares)
                    if share >= _HARDLY
                ],
            )

    def stresses(self) -> tuple[list[StressRow], int]:
        """Return how many people each campaign may draw, the tightest first, and how many are left out."""
        assert self.told.stresses is not None
        ordered = sorted(self.told.stresses, key=lambda item: (item.binding.factor if item.binding else MOST, item.id))
        rows = [self._stress(item) for item in ordered[:MOST_CAMPAIGNS]]
        return rows, max(len(ordered) - MOST_CAMPAIGNS, 0)

    def _stress(self, item: Stress) -> StressRow:
        bound = item.binding
        if bound is None:
            return StressRow(item.id, f"{item.planned:,}", "–", PAGE["unbound"](most=f"{MOST:g}"), True)
        hall = self.told.series.network.names([bound.hall])[0]
        told = PAGE["bound"](
            hall=hall, day=date.fromordinal(bound.day), hour=bound.hour, who=_who(bound.premium),
            times=f"{bound.factor:.2f}",
        )  # fmt: skip
        return StressRow(item.id, f"{item.planned:,}", f"{item.uptake:,}", told, bound.factor >= 1)

    def curves(self) -> Iterator[tuple[Curve, Markup]]:
        """Yield the stress curves with their pictures."""
        for curve in self.told.curves:
            yield curve, svg(pictures.stress(curve, self.lang), self.lang)

    def scenarios(self) -> Iterator[ScenarioRow]:
        """Yield what is planned, and what would be."""
        for name, forecast in ((PAGE["as_planned"], self.told.forecast), *self.told.scenarios):
            every, kept = forecast.kept
            breaking = sorted((item for item in forecast.campaigns if item.worst is not None), key=_harm)
            worst = breaking[0] if breaking else None
            yield ScenarioRow(
                name=name,
                percent=f"{_percent(kept, every)}%",
                broken=f"{every - kept:,}",
                campaigns=len(breaking),
                worst=self._worst(worst) if worst else None,
                because=worst.id if worst else "",
            )

    def assumptions(self) -> list[str]:
        """Return the names of the assumptions that are looked at."""
        return [flip.assumption for flip in self.told.robust[0].flips]

    minutes = staticmethod(pictures.minutes)
    percent = staticmethod(pictures.percent)
    day = staticmethod(date.fromordinal)


def _who(premium: bool) -> object:
    return PAGE["premium"] if premium else PAGE["other"]


def _harm(item: CampaignForecast) -> tuple[float, str]:
    return (-round(item.worst[5] / item.worst[6], 6) if item.worst else 0.0), item.id


def _cell(day: DayWait | None) -> str:
    return "–" if day is None else pictures.percent(day.used)


def _percent(kept: int, every: int) -> str:
    """Return a share to a tenth; what is not the whole does not read as the whole."""
    if kept >= every:
        return "100"
    return f"{min(1000 * kept / every, 999) / 10:.1f}"
