"""Topics of lists and of goods: partners in a row, and what only the goods tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from accord.read.lexicons import read_table
from accord.read.parties import Party
from accord.read.patterns import lazy
from accord.read.topic import GIVEN, Topic

__all__ = ["OWED", "find_goods", "find_lists"]

OWED = lazy(r"(?:debts?|arrears|indebtedness|liabilities|unpaid\s+bills?|IOUs)\b", re.IGNORECASE)

_LIST = lazy(
    r"\b(?:other\s+)?(?:top|main|major|largest|biggest|leading|key|principal|chief|important|significant|notable|relevant|prominent|other|next)\s+(?:(?:two|three|four|five|six|ten|\d+|foreign|overseas|single)\s+)*"
    r"(?:(?P<imports>(?:import\s+)?(?:suppliers|sources(?:\s+(?:of|for)\s+(?:its\s+)?(?:imports|goods))?|origins|providers|import\s+partners))|(?P<exports>export\s+(?:markets|destinations|partners|customers)|markets|destinations|buyers|customers|importers|takers)"
    r"|(?P<total_trade>(?:trading\s+|trade\s+)?partners)|(?P<fdi>(?:foreign\s+)?investors)|(?P<aid>donors)|(?P<loan>creditors|lenders))\b(?!\s+(?:said|say|are\s+worried))",
    re.IGNORECASE,
)


def find_lists(
    text: str, parties: Sequence[Party], *, start: int, end: int, owner: str | None = None
) -> list[Topic]:
    """ "Top five suppliers of Vietnam: China ($81.3bn), …": what the listed are of.

    A list gives one side of a flow only; who is listed comes with each number. ``owner``
    is the country whose partners are spoken of, where the sentence does not say.
    """
    found = []
    for match in _LIST.finditer(text, start, end):
        before = [
            p for p in parties if 0 <= match.start() - p.end < 20 and (p.possessive or p.adjective)
        ]
        after = [
            p
            for p in parties
            if 0 <= p.lead - match.end() < 4 and p.prep in {"of", "for", "in", "to"}
        ]
        owners = before[-1:] or after[:1]
        listed = any(p.start > match.end() and p.code != owner for p in parties)
        code = owners[0].code if owners else owner if listed else None
        if code is None:
            continue
        measure = match.lastgroup or "total_trade"
        given = measure in GIVEN
        close = max(match.end(), *(p.end for p in owners[:1])) if owners else match.end()
        span = Topic(match.start(), match.start(), close, measure, "list")
        found.append(
            replace(
                span,
                reporter=None if given else code,
                partner=code if given else None,
                owner=True,
                swapped="reporter" if given else "partner",
            )
        )
    return found


@cache
def _goods_words() -> re.Pattern[str]:
    words = read_table("commodities")
    return re.compile(
        rf"(?:'s?)?\s+(?P<goods>(?:(?:{words['goods']}|{words['heads']}|garments|utes|textiles|wares|goods)\s+){{1,3}})$",
        re.IGNORECASE,
    )


def find_goods(text: str, parties: Sequence[Party], taken: Sequence[Topic]) -> list[Topic]:
    """ "Aussie coal to Japan off 16%": whose goods, and where to, without a noun of trade."""
    found = []
    for whose, where in pairwise(parties):
        if where.prep not in {"to", "for", "into"} or not (whose.possessive or whose.adjective):
            continue
        if not whose.bare:
            continue  # "imports of Polish goods into Kenya": a noun of trade has them
        if where.lead - whose.end > 45 or any(whose.end <= t.core < where.lead for t in taken):
            continue
        match = _goods_words().match(text, whose.end, where.lead)
        if match is None or whose.code == where.code:
            continue
        found.append(
            Topic(
                whose.start,
                match.start("goods"),
                where.end,
                "exports",
                "noun",
                reporter=whose.code,
                partner=where.code,
                owner=True,
                commodity=" ".join(match.group("goods").lower().split()),
            )
        )
    return found
