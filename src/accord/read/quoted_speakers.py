"""Quoted speakers: whose "we" and "our" stand inside a quotation.

News quotes ministers in the first person: "Our trade with Peru has doubled," said the
Chilean minister. Where the words beside a quotation name who speaks, and a country with
the name, the first person inside is a mention of that country.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from accord.read.first_person import OWN, own_words
from accord.read.patterns import lazy
from accord.read.polities import Mention

__all__ = ["find_quoted_own"]

_SAYS = (
    r"(?:said|says|told|added|adds|concluded|noted|notes|stressed|stated|explained|continued|declared"
    r"|emphasi[sz]ed|underlined|underscored|insisted|argued|recalled|remarked|pointed\s+out|claimed|commented|wrote|announced|affirmed|reiterated|highlighted)"
)
_QUOTE = lazy(r"“[^“”]{12,900}”|\"[^\"]{12,900}\"")
_AFTER = lazy(rf"[\s,.]*(?P<who>[^.\"“”\n]{{0,110}}?)\s?\b{_SAYS}\b(?P<whom>[^.\"“”\n,]{{0,70}})")
_BEFORE = lazy(rf"(?P<who>[^.\"“”\n]{{0,140}})\b{_SAYS}\b(?:\s+\w+){{0,6}}[,:]?\s*(?:that\s+)?$")
_HE = lazy(r"\b(?:he|she)\b", re.IGNORECASE)
_FORMS = frozenset({"leader", "demonym", "name", "capital", "institution", "bloc"})
_REACH = 220


def find_quoted_own(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The first person inside quotations of ``text`` (as printed), as mentions."""
    found: list[Mention] = []
    speaker: str | None = None
    for match in _QUOTE.finditer(text):
        speaker = _speaker(text, match, mentions, speaker)
        if speaker is not None:
            found += _own(match, speaker)
    return found


def _own(match: re.Match[str], code: str) -> Iterator[Mention]:
    for low, high in own_words(match.string, match.start(), match.end()):
        yield Mention(low, high, code, OWN)


def _speaker(
    text: str, quote: re.Match[str], mentions: Sequence[Mention], last: str | None
) -> str | None:
    """Who says it, behind the quotation or before it; "he" is who spoke last."""
    after = _AFTER.match(text, quote.end(), quote.end() + _REACH)
    if after is not None:
        who = after.span("who") if after.group("who").strip() else after.span("whom")
        return _named(text, who, mentions, last)
    before = _BEFORE.search(text, max(0, quote.start() - _REACH), quote.start())
    return _named(text, before.span("who"), mentions, last) if before else None


def _named(
    text: str, span: tuple[int, int], mentions: Sequence[Mention], last: str | None
) -> str | None:
    inside = [m for m in mentions if span[0] <= m.start and m.end <= span[1] and m.form in _FORMS]
    leaders = [m for m in inside if m.form == "leader"]
    if inside:
        return (leaders or inside)[-1 if leaders else 0].code
    return last if _HE.search(text, *span) else None
