"""Readings of a share: a partner's part in a country's trade, a product's part in a pair's."""

from __future__ import annotations

import re
from dataclasses import replace

from accord.check.ask import WORLD, Ask
from accord.check.candidate import Candidate, Role, amount
from accord.check.levels import base_levels
from accord.check.products import ALL
from accord.model.verdict import Reason

__all__ = ["share_candidates", "whole_is_named", "whole_of"]

_OTHER_WHOLE = re.compile(r"\bgdp\b|gross domestic|population|world|global|investment|debt", re.I)


def whole_of(ask: Ask, of: str | None) -> Ask | None:
    """The cell of the denominator; None where the record cannot hold it."""
    if of and _OTHER_WHOLE.search(of):
        return None
    if ask.product != ALL:
        return Ask(ask.case, ask.side, ALL, ask.period, ask.currency)
    return replace(ask, side=replace(ask.side, partner=WORLD))


# The whole is the country's trade only where the text says so: "a quarter of its China trade" is
# a share of something else.
_WHOLE = re.compile(
    r"\b(?:foreign|external|total|overall|entire|whole|global)\s+(?:\w+\s+)?"
    r"(?:trade|commerce|turnover|exports?|imports?)|\b(?:of|in)\s+(?:all\s+)?(?:[\w’']+\s+){0,3}?"
    r"(?:foreign trade|exports?|imports?|trade turnover|trade\b)",
    re.IGNORECASE,
)


def whole_is_named(words: str, *, partner_words: tuple[str, ...]) -> bool:
    """Whether a text sets the share against all trade and not against that with a partner."""
    match = _WHOLE.search(words)
    if match is None:
        return False
    inside = match.group().lower()
    return not any(word in inside.split() for word in partner_words)


def share_candidates(ask: Ask, of: str | None) -> list[Candidate]:
    """Part over whole, in percent, both from the statistics of whose share it is."""
    whole = whole_of(ask, of)
    if whole is None:
        return []
    found = []
    for part in base_levels(ask):
        for total in base_levels(whole):
            if total.computed > 0:
                found.append(_share(ask, part, total))
    return found


def _share(ask: Ask, part: Candidate, whole: Candidate) -> Candidate:
    value = 100 * part.computed / whole.computed
    in_force = part.role is whole.role is Role.PRIMARY
    indicative = Role.INDICATIVE in (part.role, whole.role)
    role = Role.PRIMARY if in_force else Role.INDICATIVE if indicative else Role.SECONDARY
    return Candidate(
        name=f"{ask.side.reporter}'s statistics, part over whole",
        computed=value,
        unit="share",
        role=role,
        arithmetic=f"{part.arithmetic} ÷ {whole.arithmetic} = {amount(value, 'share')}",
        rows=(*part.rows, *whole.rows),
        reason=None if in_force else (part.reason or whole.reason or Reason.OTHER_VINTAGE),
        later=part.later or whole.later,
        own_side=ask.side.primary,
    )
