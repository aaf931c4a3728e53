"""Plans campaigns: what is sold to whom, where, when and how, all of it drawn from one generator."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from benchmarks.corpus.calendar import BITS, Bookings, Claim, excluded
from benchmarks.corpus.places import Map, Place
from benchmarks.corpus.words import GIFTS, LINES, PRODUCTS, SEASONS, SUBJECTS, Product

FIRST_DAY = date(2026, 12, 8).toordinal()
LAST_DAY = date(2028, 11, 20).toordinal()
TRIES = 60

BRANDS = ("全球通", "动感地带", "神州行")
TENURES = ("<24", ">=24")
NATIONAL = ("roaming.day-pass", "vas.cloud-storage")
"""What only the country's own campaigns sell: theirs would otherwise meet everybody's."""


@dataclass(frozen=True)
class Offer:
    """One offer of a planned campaign; the names are the spec's."""

    id: str
    name: str
    product: Product
    kind: str
    amount: int
    then: int | None
    for_months: int | None
    free_months: int
    contract_months: int
    charge: int
    gift: tuple[str, int, str] | None
    quota: int | None
    renewal: str
    takes_effect: str
    code: str | None
    excludes: tuple[str, ...]
    stacks_with: tuple[str, ...]
    adults_only: bool

    @property
    def monthly(self) -> bool:
        """Whether a customer goes on paying until cancelling."""
        return self.product.per == "month"

    @property
    def paid(self) -> bool:
        """Whether it ever costs money."""
        return self.product.per != "none"


@dataclass(frozen=True)
class Step:
    """A step at the counter; ``minutes`` are the catalogue's where the campaign has none of its own."""

    name: str
    minutes: tuple[float, float, float]
    own: bool
    share: float = 1.0

    @property
    def mean(self) -> float:
        """The mean minutes that the step adds."""
        low, likely, high = self.minutes
        return self.share * (low + 4 * likely + high) / 6


@dataclass(frozen=True)
class Campaign:
    """A planned campaign: everything that its spec is written from."""

    number: int
    place: Place
    first: date
    last: date
    title: str
    season: str
    theme: str
    stage: str
    channels: tuple[str, ...]
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    groups: tuple[dict[str, object], ...]
    offers: tuple[Offer, ...]
    steps: tuple[Step, ...]
    trials: tuple[tuple[str, date, tuple[int, ...]], ...]
    parent: str | None = None

    @property
    def id(self) -> str:
        """The campaign's id."""
        return f"gen-{self.number:06d}"

    @property
    def mean(self) -> float:
        """The mean minutes of a transaction at the counter."""
        return sum(step.mean for step in self.steps)

    def sold_in(self, channel: str) -> bool:
        """Whether a channel sells it."""
        return channel in self.channels


class Deal(NamedTuple):
    """What is sold to whom: the products, the patterns they exclude, and the claim that makes."""

    products: list[Product]
    excludes: tuple[str, ...]
    claim: Claim


class Planner:
    """Draws campaign after campaign; the first N of a longer run are those of a run of N."""

    def __init__(self, where: Map, seed: int) -> None:
        self._map = where
        self._random = Random(seed)
        self._bookings = Bookings(where)
        self._from_above: dict[str, list[Campaign]] = {}
        self._localised: set[tuple[str, str]] = set()

    def plan(self, count: int) -> Iterator[Campaign]:
        """Yield so many campaigns."""
        for number in range(1, count + 1):
            yield self._localise(number) or self._fresh(number)

    def _localise(self, number: int) -> Campaign | None:
        """Now and then a city takes a campaign of its province and changes its quota."""
        random = self._random
        if random.random() >= 0.03:
            return None
        city = random.choice(self._map.cities)
        for parent in self._from_above.get(city.province, ())[-3:]:
            if city.code in parent.exclude or (city.code, parent.id) in self._localised:
                continue
            self._localised.add((city.code, parent.id))
            offers = tuple(replace(offer, quota=offer.quota and offer.quota // 10) for offer in parent.offers)
            trials = _trials(random, parent, city.halls) if parent.trials else ()
            return replace(
                parent, number=number, place=city, title=f"{city.short}{parent.title}", include=(city.code,),
                exclude=(), offers=offers, trials=trials, parent=parent.id,
            )  # fmt: skip
        return None

    def _fresh(self, number: int) -> Campaign:
        place, deal = self._deal()
        first, last = deal.claim.first, deal.claim.last
        in_halls = self._random.random() < 0.6 and self._bookings.counter_is_free(place, first, last)
        self._bookings.book(place, deal.claim, in_halls)
        campaign = self._campaign(number, place, deal, in_halls)
        if place.level == "province":
            self._from_above.setdefault(place.code, []).append(campaign)
        return campaign

    def _deal(self) -> tuple[Place, Deal]:
        """Choose where and when, then what for whom, until nothing clashes; a crowded map may have no room left."""
        for _ in range(TRIES):
            place, first, last = self._slot()
            for _ in range(TRIES):
                deal = _deal(self._random, place, first, last)
                if self._bookings.is_free(place, deal.claim):
                    return place, deal
        return place, deal

    def _slot(self) -> tuple[Place, int, int]:
        """Choose a place and days on which a campaign can start there."""
        random = self._random
        for _ in range(TRIES):
            place = self._place()
            length = random.choice((14, 21, 28, 30, 31, 45, 60, 75) if place.level == "city" else (21, 28, 30, 45))
            first = random.randint(FIRST_DAY, LAST_DAY - length)
            if _is_quiet(date.fromordinal(first)) and self._bookings.can_start(place, first):
                break
        return place, first, first + length - 1

    def _place(self) -> Place:
        draw = self._random.random()
        if draw < 0.002:
            return self._map.country
        return self._random.choice(self._map.provinces if draw < 0.042 else self._map.cities)

    def _campaign(self, number: int, place: Place, deal: Deal, in_halls: bool) -> Campaign:
        random, products = self._random, deal.products
        first, last = date.fromordinal(deal.claim.first), date.fromordinal(deal.claim.last)
        channels = _channels(random, in_halls)
        season, theme = SEASONS[first.month]
        subject = random.choice(SUBJECTS[products[0].line])
        offers = _offers(random, number, products, channels, deal.excludes)
        include, exclude = _scope(random, place)
        campaign = Campaign(
            number=number,
            place=place,
            first=first,
            last=last,
            title=(place.short if place.level == "city" else "") + season + subject,
            season=season,
            theme=theme,
            stage=_stage(random, first),
            channels=channels,
            include=include,
            exclude=exclude,
            groups=_groups(random, deal.claim.customers, products[0]),
            offers=offers,
            steps=_steps(random, offers) if in_halls else (),
            trials=(),
        )
        return replace(campaign, trials=_trials(random, campaign, self._halls(place)))

    def _halls(self, place: Place) -> tuple[str, ...]:
        """Return the halls that rehearse: a city's own, else those of three of its cities."""
        if place.level == "city":
            return place.halls
        cities = self._random.sample(place.cities, k=min(3, len(place.cities)))
        return tuple(hall for code in cities for hall in self._map.by_code[code].halls[:1])


def _deal(random: Random, place: Place, first: int, last: int) -> Deal:
    customers = _customers(random)
    products = _products(random, place)
    chosen = _excludes(random, products)
    sells = sum(BITS[product.path] for product in products)
    return Deal(products, chosen, Claim(first, last, customers, sells, excluded(chosen)))


HOLIDAYS = ((1, 22, 30), (2, 1, 13), (4, 2, 6), (5, 1, 6), (5, 25, 30), (6, 6, 10), (9, 12, 17), (10, 1, 9))
"""Month, first and last day of every holiday of the years planned for, with the day before."""


def _is_quiet(day: date) -> bool:
    """Whether nothing forbids a launch: not the month's edge, nor a holiday."""
    holiday = any(month == day.month and first <= day.day <= last for month, first, last in HOLIDAYS)
    return 4 <= day.day <= 25 and not holiday


def _customers(random: Random) -> int:
    """Draw kinds of customers: brands × short or long tenure, one bit each."""
    brands = random.choice((0b001, 0b010, 0b100, 0b011, 0b101, 0b110))
    tenure = random.choice((0b01, 0b10, 0b11))
    return sum(
        1 << (brand * 2 + half) for brand in range(3) for half in range(2) if brands >> brand & 1 and tenure >> half & 1
    )


def _products(random: Random, place: Place) -> list[Product]:
    """Draw one to three products that are sold at this level."""
    national = place.level == "country"
    sold = [product for product in PRODUCTS if (product.path in NATIONAL) == national]
    count = random.choices((1, 2, 3), (45, 45, 10))[0]
    return random.sample(sold, k=1 if national else count)


def _excludes(random: Random, products: list[Product]) -> tuple[str, ...]:
    """Draw patterns of products that cannot be had together with these."""
    own = {product.line for product in products}
    if random.random() < 0.75 or products[0].path in NATIONAL:
        return ()
    others = [product.path for product in PRODUCTS if product.line not in own and product.path not in NATIONAL]
    return tuple(random.sample(others, k=random.choice((1, 1, 2))))


def _channels(random: Random, in_halls: bool) -> tuple[str, ...]:
    electronic = random.sample(("app", "sms", "web", "self_service"), k=random.choice((1, 2, 2, 3)))
    found = [*(("hall",) if in_halls else ()), *electronic, *(("hotline",) if random.random() < 0.5 else ())]
    return tuple(found)


def _stage(random: Random, first: date) -> str:
    if first < date(2027, 1, 12):
        return "approved"
    if first < date(2027, 7, 1):
        return random.choice(("testing", "testing", "optimising"))
    return random.choice(("draft", "testing", "testing"))


def _scope(random: Random, place: Place) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the regions included and excluded; some campaigns of cities name counties."""
    if place.level == "city" and len(place.counties) > 3 and random.random() < 0.06:
        return tuple(sorted(random.sample(place.counties, k=2))), ()
    if place.level == "province" and len(place.cities) > 4 and random.random() < 0.3:
        return (place.code,), (random.choice(place.cities),)
    return (place.code,), ()


def _groups(random: Random, kinds: int, product: Product) -> tuple[dict[str, object], ...]:
    """Write kinds of customers as audience groups, often narrowed by further conditions."""
    halves = [[brand for index, brand in enumerate(BRANDS) if kinds >> (index * 2 + half) & 1] for half in range(2)]
    brands = sorted({*halves[0], *halves[1]}, key=BRANDS.index)
    group: dict[str, object] = {"brand": brands}
    if not (halves[0] and halves[1]):
        group["tenure_months"] = TENURES[0] if halves[0] else TENURES[1]
    further = _further(random, product)
    if len(brands) > 1 and random.random() < 0.2:
        return {**group, "brand": brands[:1]}, {**group, "brand": brands[1:], **further}
    return ({**group, **further},)


def _further(random: Random, product: Product) -> dict[str, object]:
    """Draw conditions that narrow an audience."""
    found: dict[str, object] = {}
    if product.line in ("broadband", "tv", "family") and random.random() < 0.7:
        found["broadband"] = product.line != "broadband" or random.random() < 0.7
    if product.line in ("plan", "device") and random.random() < 0.7:
        found["network"] = random.choice((["4G"], ["4G", "5G"], ["2G", "3G", "4G"]))
    if random.random() < 0.3:
        low = random.choice((28, 38, 48, 58))
        found["monthly_spend"] = f"{low}..{low + random.choice((40, 60, 100))}"
    if random.random() < 0.2:
        found["age"] = random.choice((">=18", ">=60", "18..30", "<=45"))
    if product.path == "device.phone" and random.random() < 0.5:
        found["contract"] = False
    return found


def _offers(
    random: Random, number: int, products: list[Product], channels: tuple[str, ...], chosen: tuple[str, ...]
) -> tuple[Offer, ...]:
    lines = sorted({product.line for product in products})
    others = [line for line in LINES if line not in lines and not any(item.startswith(line + ".") for item in chosen)]
    found = []
    for index, product in enumerate(products):
        stacks = tuple(f"{line}.*" for line in random.sample(others, k=min(len(others), random.choice((1, 2, 3)))))
        if not any(item.startswith(product.line + ".") for item in chosen):
            stacks = (f"{product.line}.*", *stacks)
        code = f"{product.code}{number:06d}"[:8] + "ABC"[index] if "sms" in channels else None
        offer = _offer(random, index, product, code, chosen if index == 0 else (), stacks)
        found.append(offer)
    return tuple(found)


def _offer(
    random: Random, index: int, product: Product, code: str | None, excludes: tuple[str, ...], stacks: tuple[str, ...]
) -> Offer:
    monthly = product.per == "month"
    style = random.choices(("plain", "later", "free", "contract"), (4, 3, 1, 2))[0] if monthly else "plain"
    contract = random.choice((12, 24)) if style == "contract" else 0
    kinds = {"later": "discount", "free": "trial", "contract": "contract"}
    kind = "points" if product.per == "none" else kinds.get(style, "discount")
    return Offer(
        id=f"{product.path.replace('.', '-')}-{index + 1}",
        name=random.choice(product.names),
        product=product,
        kind="gift" if kind == "discount" and index == 1 else kind,
        amount=random.choice(product.amounts),
        then=product.later if style == "later" else None,
        for_months=random.choice((3, 6, 12)) if style == "later" else None,
        free_months=random.choice((1, 2, 3)) if style == "free" else 0,
        contract_months=contract,
        charge=random.choice((5, 8, 10, 15)) if contract else 0,
        gift=_gift(random) if index == 0 and random.random() < 0.2 else None,
        quota=random.randint(3, 99) * 100 if random.random() < 0.35 else None,
        renewal="automatic" if monthly and not contract and random.random() < 0.6 else "none",
        takes_effect="next_month" if monthly and random.random() < 0.6 else "immediate",
        code=code,
        excludes=excludes,
        stacks_with=stacks,
        adults_only=random.random() < 0.08,
    )


def _gift(random: Random) -> tuple[str, int, str]:
    return random.choice(GIFTS), random.randint(2, 60) * 50, random.choice(("hall", "post"))


def _steps(random: Random, offers: tuple[Offer, ...]) -> tuple[Step, ...]:
    """Draw the handling at the counter; the mean stays below four minutes."""
    likely = random.randint(8, 11) / 10
    steps = [
        Step("verify_identity", (0.3, 0.5, 1.0), False),
        Step("check_eligibility", (0.2, random.choice((0.3, 0.35, 0.4)), 0.7), True),
        Step("explain_offer", (round(likely - 0.4, 1), likely, round(likely + random.randint(5, 9) / 10, 1)), True),
        Step("sign", (0.2, 0.3, 0.6), False),
        Step("confirm_order", (0.1, 0.2, 0.4), False),
    ]
    if any(offer.product.line in ("broadband", "tv") for offer in offers):
        steps.append(Step("book_installer", (0.4, 0.8, 1.6), True, random.choice((0.3, 0.4, 0.5))))
    if any(offer.product.per == "once" for offer in offers):
        steps.append(Step("pay", (0.3, 0.5, 1.0), False, random.choice((0.4, 0.5, 0.6))))
    if any(offer.gift and offer.gift[2] == "hall" for offer in offers):
        steps.append(Step("collect_gift", (0.2, 0.4, 0.9), True, random.choice((0.4, 0.5, 0.6))))
    steps.append(Step("print_receipt", (0.1, 0.2, 0.4), False))
    return tuple(steps)


def _trials(
    random: Random, campaign: Campaign, halls: tuple[str, ...]
) -> tuple[tuple[str, date, tuple[int, ...]], ...]:
    """Draw timed rehearsals that agree with the estimate; twenty and more from `optimising` on."""
    if not campaign.steps or campaign.stage == "draft":
        return ()
    enough = campaign.stage in ("optimising", "approved")
    each = 8 if enough else random.choice((5, 6, 7))
    seconds = campaign.mean * 60
    return tuple(
        (
            hall,
            date(2026, 11, 3) + timedelta(days=random.randint(0, 24)),
            tuple(round(seconds * random.uniform(0.82, 1.18)) for _ in range(each)),
        )
        for hall in halls[: 3 if enough else random.choice((1, 2))]
    )
