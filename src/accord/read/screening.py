"""Cheap first: which texts and sentences can hold a statement at all.

One pattern each dismisses a text without a word of trade, relations or deeds, and a
sentence that neither names nor means parties; only the rest is taken apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from accord.read.deed_words import may_tell
from accord.read.parties import PAIR_WORDS
from accord.read.patterns import lazy, one_of
from accord.read.polities import Mention
from accord.read.scene import Memory
from accord.read.sentences import Sentence

__all__ = ["may_hold", "means_parties", "worth_reading"]

# A statement is looked for near the last one even where nothing else speaks for it.
_NEAR = 2

# One word of these, in any case, must stand in a text that is read at all.
_WORTH_READING = one_of(
    r"trad|turn(?:s|ed)\s+(?:\d|\w+(?:ty|teen|red)\b)|customer|buyer|creditor|lender|recipient|export|import|deficit|surplus|balance|imbalance|invest|\baid\b|\bloan|\bgrant|assistance|tourist|visitor|turnover|commerce|shipment|\bsold\b|bought|\bbuys?\b|purchas|"
    r"agreement|treaty|pact|accord|diplomatic|relations|embassy|ambassador|member|\bjoin|recogni[sz]|anniversary|visit|sanction|alliance|partner|signed|ratif|accession|cooperation|bilateral|suppl(?:y|ie)|export|market|donor|donat|"
    r"bridge|pipeline|delegation|sever|credit|summit|friendship|students|bloc|goods|shipped|sales|\bfdi\b|dlrs|assisted|independen|link|deliver|into\s+force|in\s+force|took\s+effect|takes\s+effect|business|epidemic|vaccin|diplomacy|ventilator|\bowes?\b|\blend|\blent\b|remit|freight|cargo|\bties\b|suppl|capital|students|workers|migrants|tonnes|barrels|consulate|troops|expel|recall|war\b|parties|blockade|traffic|railway|road|port\b|gas\b|oil\b",
)

# Or one word of what states do to, with and within each other.
_ACT = one_of(
    r"\boperat|\bcompan(?:y|ies)\b|\bfirms?\b|scholarship|\bliv(?:e|es|ed|ing)\b|resid|refuge|asylum|migra|\bfled\b|diaspora|communit|employ|debt|\bow(?:e|es|ed|ing)\b|\bgifts?\b|given|giv(?:es|ing)|forg[ai]v|pledg|earn|holiday|study|studied|studying|scholar|funded|subsid|belong|\bent(?:er|ry)|admi(?:t|ss)|\bseat|\bs[ia]ts?\b|exist|\bpart(?:y|ies)\b|found(?:er|ed|ing)|observer|candidate|withdr|pulled|walked|\bquit\b|taken\s+in|took|enlarg|expand|\bsent\b|"
    r"dispatch|\bfl(?:ew|own|ies)\b|airlift|\bland(?:ed|s|ing)|arriv|reach|masks|doses|aircraft|\bplanes?\b|medic|doctors|experts|physicians|evacuat|reactor|\bgrid\b|open(?:ed|s|ing)|inaugurat|commission|launch|"
    r"construct|\bmet\b|\bmeets?\b|talks|phone|envoy|years?\s+(?:of|since|ago|after|on|later)\b|decade|centur|turn(?:s|ed)\b|birthday|jubilee|first\s+(?:country|state|nation|to)\b|plant\b|unit\b|tunnel|train|should|must|hope|seek|\binside\b|itself\s+in|within|"
    r"tariff|dispute|quarrel|friend|\bally\b|allies|\bwar\b|unjust|unfair|bulwark|pillar|reliable|grateful|thank|visa|\bdeals?\b|minister|credential|embargo|\bbans?\b|\bhosts?|summon|\blands?\b|slap|\blift|border|prisoner|ambassador|diplomat|arms\b|\bUnion\b|\bSCO\b|APEC|CSTO|\bCIS\b|\bWTO\b|OPEC|Organi[sz]ation|Commonwealth|Mercosur|RCEP|USMCA|CPTPP|ASEAN|BRICS|\bEU\b|NATO|names\s+to|pen\s+to|signatur|contract|memorand|declaration|statement|protocol|convention|charter|ceasefire|truce|roadmap|road\s+map|initialled|\bink|exten(?:d|s)|prolong|expire|lapse|evacuat|receiv|gave\b|donat|brought|carried|handed|severed|broke",
)

# Or a figure with a currency, a scale or a percent sign.
_FIGURE = lazy(
    r"[$€£¥₹]\s?\d|\d,\d{3}|\b(?:half|third|quarter|fifth|tenth|sixth|eighth)s?\b|\d\s?(?:%|per\s?cent|pct|million|billion|trillion|mln|bln|bn\b|tonnes|tons)",
    re.IGNORECASE,
)

# Or parties that are meant but not named.
_UNNAMED = lazy(rf"{PAIR_WORDS.pattern}|\b(?:to|with|from)\s+(?:them|(?-i:us))\b", re.IGNORECASE)

# What a sentence without names may be on and still be read far from any statement.
_SUBJECT = lazy(
    r"\b(?:relations|diplomatic|embassy|agreements?|treaty|pact|trade|turnover|exports|imports|investment)\b",
    re.IGNORECASE,
)


def may_hold(text: str) -> bool:
    """Whether a text has a word of trade, relations or deeds, or a figure."""
    return bool(
        _WORTH_READING.search(text)
        or _FIGURE.search(text)
        or _ACT.search(text)
        or may_tell().search(text)
    )


def means_parties(text: str, start: int = 0, end: int | None = None) -> bool:
    """Whether a text, or a part of it, means parties without naming them."""
    return _UNNAMED.search(text, start, len(text) if end is None else end) is not None


def worth_reading(
    text: str, sentence: Sentence, here: Sequence[Mention], memory: Memory, number: int
) -> bool:
    """Whether a sentence, the ``number``-th, is worth taking apart; ``here`` it names."""
    if number - max(memory.sentence, memory.spoke) <= _NEAR or len(here) > 1:
        return True
    words = _WORTH_READING.search(text, sentence.start, sentence.end) is not None
    figure = _FIGURE.search(text, sentence.start, sentence.end) is not None
    if here:
        return words or figure
    # Far from the last statement one without names has a figure, says "the two countries",
    # or is on trade, relations or an agreement.
    return words and (
        figure
        or means_parties(text, sentence.start, sentence.end)
        or _SUBJECT.search(text, sentence.start, sentence.end) is not None
    )
