"""From the words of a text to the products of the record."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib import resources

__all__ = ["ALL", "SERVICES", "product_named_in", "record_product"]

ALL = "all"
SERVICES = "services"
_TAIL = re.compile(r"\b(?:goods|products?|items|commodities|trade|supplies|shipments|sales)$")


# Words before an amount that name no product: "a surplus of just over …", "wares".
_NO_PRODUCT = frozenset(
    "just wares over almost about nearly some around roughly close more less well exactly".split()  # noqa: SIM905
)


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    text = (resources.files("accord.check") / "data" / "products.toml").read_text("utf-8")
    found: dict[str, str] = {}
    for product, words in tomllib.loads(text).items():
        for word in (product, *words):
            found.setdefault(_plain(word), product)
            found.setdefault(_bare(word), product)
    return found


def record_product(commodity: str | None, available: list[str] | None = None) -> str | None:
    """The record's name for a commodity of a text; None if the record does not know it.

    ``available`` are further product names of the record (loaded sources bring
    their own), matched by the same rules. No commodity is all goods.
    """
    if commodity is None or not commodity.strip() or commodity.lower() in _NO_PRODUCT:
        return ALL
    names = _names()
    for word in (_plain(commodity), _bare(commodity)):
        if word in names:
            return names[word]
    for product in available or []:
        if _bare(product) == _bare(commodity):
            return product
    return None


def product_named_in(text: str) -> str | None:
    """The first product that a text names beside goods in general; the longest name counts."""
    match = _named().search(text)
    if match:
        return _names()[re.sub(r"\s+", " ", match.group().lower())]
    unknown = _UNKNOWN.search(text)
    return unknown.group(1) if unknown else None


# "imports of timber": a product that the record does not know is still not all trade.
_UNKNOWN = re.compile(
    r"\b(?i:imports?|exports?|purchases?|deliver(?:y|ies)|shipments?|supplies|sales|trade|turnover|"
    r"commerce|business)"
    r" (?:of|in) (?!(?:all|its|their|the|a|an|goods|merchandise|products?|commodities|wares|more|"
    r"over|"
    r"about|some|nearly|almost|around|roughly|under|less|up|close|well|first|january|each|both|"
    r"bilateral|foreign|total|dollar|yuan|terms|value|volume|early|late|recent|general|other)\b)"
    r"([a-z][a-z-]{2,})"
)


@lru_cache(maxsize=1)
def _named() -> re.Pattern[str]:
    names = [n for n, product in _names().items() if product != ALL and n not in _TOO_COMMON]
    ordered = "|".join(re.escape(n).replace(r"\ ", r"\s+") for n in sorted(names, key=len)[::-1])
    return re.compile(rf"(?<![\w-])(?:{ordered})(?![\w-])", re.IGNORECASE)


# Words that say too little by themselves: "service", "gas contract", "farm" in a name.
_TOO_COMMON = frozenset({"service", "services", "farm", "online", "tablet", "gas", "car", "energy"})


def _plain(words: str) -> str:
    text = re.sub(r"[‐-―]", "-", words.lower()).strip(" .,;:")
    text = re.sub(r"^(?:the|its|their|russian|chinese|bilateral)\s+", "", text)
    return re.sub(r"\s+", " ", text)


def _bare(words: str) -> str:
    text = _plain(words)
    shorter = _TAIL.sub("", text).strip()
    return shorter or text
