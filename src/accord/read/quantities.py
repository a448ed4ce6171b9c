"""Quantities: amounts of money, rates, multiples, fractions and counts, with offsets.

A :class:`Quantity` says what stands in the text; what it is a quantity *of* is decided
later. Values are in units (18.78e9), ``resolution`` is one unit of the last printed
digit. Number and currency forms are those of the press since the 1980s ("1.2 bln
dlrs", "Rs 1.2 lakh crore", "NT$", "one and a half billion marks").
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from accord.model.statement import Approximation
from accord.read.lexicons import alternation, read_rows
from accord.read.numerals import NUMBER, SCALE, Numeral, parse_number, scale_of

__all__ = ["Quantity", "Sort", "approximation_before", "find_quantities"]


class Sort(StrEnum):
    """What sort of quantity stands in the text."""

    MONEY = "money"
    AMOUNT = "amount"  # a scaled number whose currency is carried over
    PERCENT = "percent"
    POINTS = "percentage_points"
    TIMES = "times"
    FRACTION = "fraction"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity; ``start`` includes a mark of approximation, ``core`` does not."""

    start: int
    core: int
    end: int
    sort: Sort
    value: float
    unit: str
    approx: Approximation
    decimals: int
    resolution: float
    direction: str | None = None  # of "doubled", "halved": the word says which way
    per: str | None = None  # "day", "month", "year" of a rate
    note: str | None = None
    noun_end: int = 0  # end of the counted noun ("30,000 Vietnamese students")


_FRACTIONS = {
    "half": 50.0, "third": 33.3, "quarter": 25.0, "fourth": 25.0, "fifth": 20.0, "sixth": 16.7,
    "seventh": 14.3, "eighth": 12.5, "ninth": 11.1, "tenth": 10.0,
}  # fmt: skip
_MULTIPLES = {
    "doubl": 2.0, "tripl": 3.0, "trebl": 3.0, "quadrupl": 4.0, "quintupl": 5.0, "sextupl": 6.0,
    "halv": 0.5,
}  # fmt: skip
_COUNTS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "nine": 9}

_PERCENT = re.compile(
    r"\s?(?:%-?|\s?-?(?i:per\s?cent|percent|pct|pc|p\.c\.|per-cent)(?![a-z]))"
    r"(?P<points>[\s-]+(?:points?|pts?)\b)?"
)
_POINTS = re.compile(r"[\s-](?:percentage|pct|basis)[\s-]points?\b|\s?(?:pp|ppt|p\.p\.)(?![a-z])")
_TIMES = re.compile(r"(?:\s?-?\s?fold|-?\s?times)\b", re.IGNORECASE)
_FOLD = re.compile(
    r"\b(?P<word>two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty|hundred)"
    r"-?fold\b|\b(?P<multiple>doubl|tripl|trebl|quadrupl|quintupl|sextupl|halv)(?:ed|es?|ing)\b"
    r"|\b(?P<twice>twice|thrice)\b",
    re.IGNORECASE,
)
_FRACTION = re.compile(
    r"\b(?:(?P<count>an?|one|two|three|four|five|seven|nine)[\s-]+)?"
    r"(?P<part>half|thirds?|quarters?|fourths|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?)\b",
    re.IGNORECASE,
)
_PER = re.compile(
    r"(?:\s+worth)?(?:\s+in\s+goods(?:\s+and\s+services)?)?(?:[^.;,]{0,90}?,?)?\s+"
    r"(?:every|per|a|each)\s+(?P<unit>day|month|year|week)\b|\s+(?P<adverb>daily|annually|monthly|yearly)\b"
    r"|\s+per\s+annum"
)
_SHORT_PER = re.compile(
    r"\s*(?:/\s?|(?:every|per|a|each)\s+)(?P<unit>day|month|week|year)\b(?!\s+(?:earlier|ago|before|later|previously|on\s+year|and))|\s+(?P<adverb>daily|monthly)\b"
)
_APPROXIMATIONS: tuple[tuple[Approximation, str], ...] = (
    (
        Approximation.UNDER,
        r"(?:not|no)\s+(?:more|greater|higher)\s+than|(?:less|fewer|lower|smaller)\s+than|under|below|up\s+to|as\s+(?:much|many|high)\s+as"
        r"|at\s+(?:the\s+)?most|a\s+maximum\s+of|maximum",
    ),
    (
        Approximation.OVER,
        r"(?:well\s+|slightly\s+|just\s+|far\s+|little\s+|somewhat\s+|a\s+bit\s+)?(?:more|greater|higher|larger|bigger|better)\s+than"
        r"|(?:well\s+|just\s+|slightly\s+|a\s+little\s+)?(?:over|above|past|beyond)|at\s+least|no(?:t)?\s+(?:fewer|less)\s+than|upwards?\s+of"
        r"|(?:in\s+|an?\s+)?(?:excess|access)\s+of|exceed(?:ed|s|ing)?|surpass(?:ed|es|ing)?|top(?:s|ped|ping)?"
        r"|pass(?:ed|es|ing)?|cross(?:ed|es|ing)?|the\s+pledge\s+of\s+over|a\s+minimum\s+of|(?:the\s+)?mark\s+of",
    ),
    (
        Approximation.NEARLY,
        r"nearly|almost|close\s+to|closer\s+to|just\s+(?:under|below|short\s+of)|approaching|near(?:ing)?|not\s+quite|slightly\s+(?:under|below|less\s+than)"
        r"|little\s+(?:under|less\s+than)|a\s+little\s+under|virtually|some\s+way\s+short\s+of",
    ),
    (
        Approximation.ABOUT,
        r"about|around|some|roughly|approximately|approx\.?|circa|ca\.?|c\.|in\s+the\s+region\s+of|in\s+the\s+order\s+of"
        r"|of\s+the\s+order\s+of|on\s+the\s+order\s+of|or\s+so|~|an?\s+average\s+of|averag(?:ed|es|ing)|little\s+more\s+than|estimated\s+at\s+about",
    ),
)
_APPROX = re.compile(
    "(?:"
    + "|".join(f"(?P<{a.value}>(?<![\\w.-])(?:{p}))" for a, p in _APPROXIMATIONS)
    + r")(?P<fill>\s+(?:an?|the|estimated|that|of|by|another|additional|reported|what|some|mark|its))*\s*$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?:\s?\+|-plus\b|\s+or\s+more\b|\s+mark\b|\s+and\s+counting)|(?P<about>\s+or\s+so\b)"
)
_BASE_LEAD = re.compile(r"\b(?:from|against|with|than|to)\s+(?:\w+\s+)?$")
_HAND = re.compile(r"\bor\s+more\b")


@cache
def _before() -> dict[str, str]:
    return {
        row["form"].lower(): row["code"]
        for row in read_rows("currencies")
        if row["place"] == "before"
    }


@cache
def _codes() -> frozenset[str]:
    return frozenset(row["code"] for row in read_rows("currencies"))


@cache
def _after() -> dict[tuple[str, str], str]:
    return {
        (row["form"].lower(), row["adjective"].lower()): row["code"]
        for row in read_rows("currencies")
        if row["place"] == "after"
    }


@cache
def _units() -> dict[str, tuple[str, float]]:
    return {row["form"].lower(): (row["unit"], float(row["factor"])) for row in read_rows("units")}


@cache
def _amount() -> re.Pattern[str]:
    signs = [form for form in _before() if not form.isalpha()]
    words = [
        row["form"]
        for row in read_rows("currencies")
        if row["place"] == "before" and row["form"].isalpha()
    ]
    codes = "|".join(sorted(_codes()))
    prefix = (
        rf"(?:(?<![A-Za-z])(?P<code>{codes}|(?i:us)\s?(?i:dollars?))\s?|(?<![A-Za-z])(?P<sign>(?i:{alternation(signs)}))\s?"
        rf"|(?<![A-Za-z])(?P<word>{alternation(words)})\.?\s?)?"
    )
    return re.compile(
        rf"{prefix}(?P<number>(?<![\w.,/])(?:{NUMBER})|(?<=[A-Za-z$])(?:\d[\d,]*(?:\.\d+)?))(?![\d/])"
        rf"(?:[\s-]?(?P<scale>{SCALE}))?"
    )


@cache
def _currency_after() -> re.Pattern[str]:
    adjectives = sorted({a for _, a in _after() if a})
    nouns = sorted({f for f, _ in _after()})
    return re.compile(
        rf"[\s-]?(?:in\s+)?(?:(?P<adjective>{alternation(adjectives)})\s+)?(?P<noun>(?:{alternation(nouns)})s?)(?![\w-])"
        rf"|\s?(?P<code>(?-i:{'|'.join(sorted(_codes()))}))(?![\w]|\s?\d)|\s?(?P<sign>€|\$|£|¥)(?!\s?\d)",
        re.IGNORECASE,
    )


@cache
def _unit_after() -> re.Pattern[str]:
    adjective = r"(?:(?!of\b|in\b|to\b|and\b|the\b|worth\b|for\b|from\b|by\b|on\b|at\b|or\b)[A-Za-z][\w.'-]*\s+){0,2}?"
    return re.compile(
        rf"[\s-](?P<adjective>{adjective})(?P<unit>{alternation(list(_units()))})(?![\w-])",
        re.IGNORECASE,
    )


def find_quantities(
    text: str, start: int = 0, end: int | None = None, *, year: int | None = None
) -> list[Quantity]:
    """The quantities in ``text[start:end]`` (folded text) in order, without overlaps.

    ``year`` of publication decides between a currency and its predecessor (roubles).
    """
    end = len(text) if end is None else end
    found = _amounts(text, start, end)
    taken = [(q.core, q.end) for q in found]
    for quantity in (*_multiples(text, start, end), *_fractions(text, start, end)):
        if all(quantity.end <= s or quantity.core >= e for s, e in taken):
            found.append(quantity)
            taken.append((quantity.core, quantity.end))
    found.sort(key=lambda q: q.core)
    found = _with_implied(text, _merge_ranges(text, found), start, end)
    return [_historic(q, year) for q in found]


def approximation_before(text: str, at: int, floor: int = 0) -> tuple[Approximation, int]:
    """How the words just before ``at`` qualify a number, and where they begin."""
    match = _APPROX.search(text, max(floor, at - 60), at)
    if match is None:
        return Approximation.EXACT, at
    return Approximation(
        match.lastgroup if match.lastgroup != "fill" else _group(match)
    ), match.start()


def _group(match: re.Match[str]) -> str:
    return next(a.value for a, _ in _APPROXIMATIONS if match.group(a.value))


def _amounts(text: str, start: int, end: int) -> list[Quantity]:
    found: list[Quantity] = []
    position = start
    pattern = _amount()
    while (match := pattern.search(text, position, end)) is not None:
        quantity = _read_amount(text, match, start, end)
        if quantity is None:
            position = max(match.end("number"), match.start() + 1)
            continue
        found.append(quantity)
        position = quantity.end
    return found


def _read_amount(text: str, match: re.Match[str], floor: int, end: int) -> Quantity | None:
    number = parse_number(match.group("number"))
    if number is None:
        return None
    scale = scale_of(match.group("scale"))
    prefix = _prefix_code(match)
    after = match.end()
    if prefix is None and scale == 1.0:
        rate = _read_rate(text, match, number, floor, end)
        if rate is not None:
            return rate
    suffix = _currency_after().match(text, after, end)
    if prefix is None and suffix is not None and _is_currency(text, match, suffix):
        code = _suffix_code(suffix)
        return _money(text, (match, number, scale, code), suffix.end(), floor)
    if prefix is not None:
        if suffix is not None and _repeats(prefix, _suffix_code(suffix)):
            after = suffix.end()
            prefix = _suffix_code(suffix) if _suffix_code(suffix) != "USD" else prefix
        return _money(text, (match, number, scale, prefix), after, floor)
    return _count_or_amount(text, (match, number, scale), floor, end)


def _prefix_code(match: re.Match[str]) -> str | None:
    if match.group("code"):
        code = match.group("code")
        return code if code in _codes() else "USD"
    form = match.group("sign") or match.group("word")
    return _before()[" ".join(form.lower().split())] if form else None


def _repeats(prefix: str, suffix: str) -> bool:
    """ "$5 billion Canadian dollars", "$2.6 billion USD"."""
    return prefix == suffix or prefix == "USD"


def _suffix_code(suffix: re.Match[str]) -> str:
    if suffix.group("code"):
        return suffix.group("code")
    if suffix.group("sign"):
        return _before()[suffix.group("sign")]
    noun = " ".join(suffix.group("noun").lower().split())
    adjective = " ".join((suffix.group("adjective") or "").lower().split())
    table = _after()
    for form in (noun, noun.removesuffix("s")):
        for kind in (adjective, ""):
            if (form, kind) in table:
                return table[form, kind]
    return table[noun.removesuffix("s"), ""]


def _is_currency(text: str, match: re.Match[str], suffix: re.Match[str]) -> bool:
    """Whether a word after a number is a currency there: not "first won", "3 real"."""
    if match.group("scale") or suffix.group("code") or suffix.group("sign"):
        return True
    noun = suffix.group("noun").lower()
    return noun not in {
        "won",
        "sol",
        "real",
        "som",
        "mark",
        "kip",
        "dong",
        "lei",
        "lev",
        "rand",
        "sterling",
    } and (
        match.group("number")[0].isdigit()
        or match.group("number").lower() not in {"a", "an", "one"}
    )


def _money(
    text: str, parts: tuple[re.Match[str], Numeral, float, str], after: int, floor: int
) -> Quantity:
    match, number, scale, code = parts
    per, after_per = _per(text, after)
    return _build(
        text,
        (match.start(), after if per is None else after_per, floor),
        Sort.MONEY,
        (number, scale, code),
        per,
    )


def _per(text: str, after: int) -> tuple[str | None, int]:
    match = _SHORT_PER.match(text, after)
    if match is None:
        return None, after
    return match.group("unit") or {"daily": "day", "monthly": "month"}[
        match.group("adverb")
    ], match.end()


def _build(
    text: str,
    span: tuple[int, int, int],
    sort: Sort,
    content: tuple[Numeral, float, str],
    per: str | None = None,
) -> Quantity:
    core, end, floor = span
    number, scale, unit = content
    approx, start = approximation_before(text, core, floor)
    trailing = _AFTER.match(text, end)
    if trailing and approx is Approximation.EXACT:
        approx = Approximation.ABOUT if trailing.group("about") else Approximation.OVER
    return Quantity(
        start=start,
        core=core,
        end=end,
        sort=sort,
        value=_tidy(number.value * scale),
        unit=unit,
        approx=approx,
        decimals=number.decimals,
        resolution=scale * 10.0**-number.decimals,
        per=per,
    )


def _tidy(value: float) -> float:
    """Free of the binary dust of scaling: 16.3 million is 16300000.0."""
    return float(f"{value:.12g}")


def _read_rate(
    text: str, match: re.Match[str], number: Numeral, floor: int, end: int
) -> Quantity | None:
    after = match.end("number")
    for pattern, sort in ((_POINTS, Sort.POINTS), (_PERCENT, Sort.PERCENT), (_TIMES, Sort.TIMES)):
        found = pattern.match(text, after, end)
        if found is None:
            continue
        unit = sort
        if sort is Sort.PERCENT and found.group("points"):
            unit = Sort.POINTS
        if sort is Sort.TIMES and match.group("number").lower() in {"a", "an"}:
            return None
        return _build(
            text, (match.start("number"), found.end(), floor), unit, (number, 1.0, str(unit))
        )
    return None


def _count_or_amount(
    text: str, parts: tuple[re.Match[str], Numeral, float], floor: int, end: int
) -> Quantity | None:
    match, number, scale = parts
    unit = _unit_after().match(text, match.end(), end)
    if unit is not None and match.group("number").lower() not in {"a", "an", "one"}:
        name, factor = _units()[" ".join(unit.group("unit").lower().split())]
        quantity = _build(
            text, (match.start(), match.end(), floor), Sort.COUNT, (number, scale * factor, name)
        )
        return replace(quantity, end=unit.end(), noun_end=unit.end())
    if _grouped_base(text, match):
        return _build(text, (match.start(), match.end(), floor), Sort.AMOUNT, (number, scale, ""))
    if (
        scale >= 1e5
        and match.group("scale")
        and match.group("scale").rstrip(".") not in {"m", "b", "k"}
    ):
        return _build(text, (match.start(), match.end(), floor), Sort.AMOUNT, (number, scale, ""))
    return None


def _grouped_base(text: str, match: re.Match[str]) -> bool:
    """ "up from 288,000": a count whose unit stands before."""
    if "," not in match.group("number") and not match.group("scale"):
        return False
    return _BASE_LEAD.search(text, max(0, match.start() - 20), match.start()) is not None


def _multiples(text: str, start: int, end: int) -> list[Quantity]:
    found = []
    for match in _FOLD.finditer(text, start, end):
        direction = None
        if match.group("word"):
            number = parse_number(match.group("word"))
            value = number.value if number else 0.0
        elif match.group("twice"):
            value = 2.0 if match.group("twice").lower() == "twice" else 3.0
        else:
            value = _MULTIPLES[match.group("multiple").lower()]
            direction = "down" if value < 1 else "up"
        span = (match.start(), match.end(), start)
        quantity = _build(text, span, Sort.TIMES, (Numeral(value, 0), 1.0, "times"))
        found.append(replace(quantity, direction=direction))
    return found


def _fractions(text: str, start: int, end: int) -> list[Quantity]:
    found = []
    for match in _FRACTION.finditer(text, start, end):
        part = match.group("part").lower().rstrip("s")
        count = (match.group("count") or "").lower()
        if not count and (part != "half" or not _is_share_half(text, match)):
            continue
        if _is_calendar(text, match, part):
            continue
        times = 1 if count in {"", "a", "an"} else _COUNTS[count]
        value = round(_FRACTIONS[part] * times, 1) if part != "third" else round(times * 100 / 3, 1)
        span = (match.start(), match.end(), start)
        found.append(_build(text, span, Sort.FRACTION, (Numeral(value, 1), 1.0, "percent")))
    return found


def _is_share_half(text: str, match: re.Match[str]) -> bool:
    before, after = (
        text[max(0, match.start() - 6) : match.start()],
        text[match.end() : match.end() + 8],
    )
    if re.search(r"\b(?:by|in)\s+$", before) is not None and not re.match(
        r"\s+(?:19|20)\d\d", after
    ):
        return True
    return re.match(r"\s+(?:of|the|its|their|that|as)\b", after) is not None


def _is_calendar(text: str, match: re.Match[str], part: str) -> bool:
    """ "the third quarter", "first half": parts of a year, not of a quantity."""
    before = text[max(0, match.start() - 12) : match.start()]
    after = text[match.end() : match.end() + 16]
    if part in {"quarter", "half"} and re.search(
        r"\b(?:first|second|third|fourth|last|this|next|same|per|each)\s*$", before
    ):
        return True
    if re.search(r"\b(?:by|nearly|almost|about|around|than|roughly|some|only|just)\s*$", before):
        return False
    if part == "third" and re.match(
        r"[\s-]+(?:largest|biggest|most|country|countr|party|parties|time|year|quarter|place|world|reich)",
        after,
    ):
        return True
    if part in {"third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"}:
        return (
            re.match(
                r"[\s-]+(?!of\b|lower|higher|more|less|from|in\b|to\b|on\b|compared|this|last|over|between|and|by)[a-z]",
                after,
            )
            is not None
        )
    return re.match(r"\s+(?:ago|year|month|ahead|earlier|hour|an?\s)", after) is not None or (
        part == "half" and re.search(r"\band\s*$", before) is not None
    )


_LISTED = re.compile(
    r"(?P<sign>[$€£¥])?(?<![\w.,-])(?P<number>\d[\d,]*(?:\.\d+)?)\s+(?:and|or)\s+$"
)
_SINCE_BASE = re.compile(
    r"\b(?:from|against|compared\s+(?:with|to)|versus|vs\.?|after)\s+(?:an?\s+|the\s+|just\s+|only\s+|about\s+|nearly\s+)*(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)"
    r"(?![\w%]|[.,/-]?\d|\s?(?:%|per\s?cent|pct|million|billion|mln|bln|mn\b|bn\b|trillion|thousand|points?|times|years?|months?|days?|countries|January|February|March|April|May|June|July|August|September|October|November|December))"
)


def _with_implied(text: str, found: list[Quantity], start: int, end: int) -> list[Quantity]:
    """With the numbers that borrow a unit: "2.2 and 3.4 percent", "53 percent, from 61"."""
    extra: list[Quantity] = []
    respectively = text.find("respectively", start, end) >= 0
    for quantity in found:
        match = _LISTED.search(text, max(start, quantity.core - 24), quantity.core)
        if match is None or quantity.note or quantity.sort in {Sort.TIMES, Sort.FRACTION}:
            continue
        if (respectively or "." in match.group("number")) and not _BETWEEN.search(
            text, max(start, match.start() - 10), match.start()
        ):
            extra.append(_borrowed(match, quantity))
    for match in _SINCE_BASE.finditer(text, start, end):
        earlier = [
            q
            for q in found
            if q.end <= match.start() and q.sort not in {Sort.TIMES, Sort.FRACTION, Sort.POINTS}
        ]
        taken = any(
            q.core < match.end() and match.start("number") < q.end for q in [*found, *extra]
        )
        number = match.group("number")
        if earlier and not taken and not (number.isdigit() and 1500 <= int(number) <= 2100):
            extra.append(_borrowed(match, earlier[-1]))
    return sorted([*found, *extra], key=lambda q: q.core)


def _borrowed(match: re.Match[str], model: Quantity) -> Quantity:
    number = float(match.group("number").replace(",", ""))
    decimals = len(match.group("number").partition(".")[2])
    scale = _scale(model) if number < 1e4 else 1.0
    return replace(
        model,
        start=match.start("number"),
        core=match.start("number"),
        end=match.end("number"),
        value=_tidy(number * scale),
        approx=Approximation.EXACT,
        decimals=decimals,
        resolution=scale * 10.0**-decimals,
    )


_JOINT = re.compile(r"(?P<dash>\s?-\s?)|\s+(?:(?P<to>to)|and)\s+")
_BETWEEN = re.compile(r"\bbetween\s*$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s*$", re.IGNORECASE)


def _merge_ranges(text: str, found: list[Quantity]) -> list[Quantity]:
    """ "9-10bn", "between $5 billion and $6 billion": one quantity at the middle."""
    merged: list[Quantity] = []
    for quantity in found:
        low = _low_end(text, quantity, merged[-1] if merged else None)
        if low is None:
            merged.append(quantity)
            continue
        start, value, replaced = low
        if replaced:
            unit = merged.pop().unit
            quantity = (
                quantity
                if quantity.unit or not unit
                else replace(quantity, sort=Sort.MONEY, unit=unit)
            )
        middle = _tidy((value + quantity.value) / 2)
        note = f"range {text[start : quantity.end].strip()}"
        merged.append(
            replace(
                quantity,
                start=start,
                core=start,
                value=middle,
                approx=Approximation.ABOUT,
                note=note,
            )
        )
    return merged


_LOW = re.compile(
    r"(?:(?P<sign>[A-Z]{0,3}[$€£¥₹])\s?)?(?<![\w.,-])(?P<number>\d+(?:\.\d+)?)\s?(?:-|to|and)\s?(?:[A-Z]{0,3}[$€£¥₹])?$"
)


def _low_end(text: str, high: Quantity, last: Quantity | None) -> tuple[int, float, bool] | None:
    if high.sort in {Sort.FRACTION, Sort.TIMES}:
        return None
    if last is not None and 0 <= high.core - last.end <= 12:
        return _low_quantity(text, high, last)
    match = _LOW.search(text, max(0, high.core - 24), high.core)
    if match is None or _FROM.search(text, max(0, match.start() - 6), match.start()):
        return None
    if " and " in match.group() and not _BETWEEN.search(
        text, max(0, match.start() - 12), match.start()
    ):
        return None
    low = float(match.group("number"))
    scale = _scale(high)
    if low >= high.value / scale or 1900 <= low <= 2100:
        return None
    return match.start(), low * scale, False


def _low_quantity(text: str, high: Quantity, last: Quantity) -> tuple[int, float, bool] | None:
    joint = _JOINT.fullmatch(text, last.end, high.core)
    if joint is None or (last.unit not in {high.unit, ""} and high.unit):
        return None
    lead = text[max(0, last.start - 12) : last.core].lower()
    ranged = joint.group("dash") or re.search(r"between\s*$", lead)
    if joint.group("to") and last.sort is high.sort:
        ranged = ranged or re.search(r"\b(?:of|some|about|around|worth)\s*$", lead)
    low = last.value
    if last.resolution <= 1 and low < 1000:  # "$5 to $6 billion": the scale stands once
        low *= _scale(high)
    return (last.start, low, True) if ranged and low < high.value else None


def _scale(quantity: Quantity) -> float:
    return quantity.resolution * 10.0**quantity.decimals


def _historic(quantity: Quantity, year: int | None) -> Quantity:
    if quantity.unit == "RUB" and year is not None and year <= 1991:
        return replace(quantity, unit="SUR")
    if quantity.unit == "TRY" and year is not None and year <= 2004:
        return replace(quantity, unit="TRL")
    return quantity
