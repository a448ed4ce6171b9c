"""What a sentence on an agreement asserts: signed, in force, extended, linked, of what kind."""

from __future__ import annotations

import re
from enum import StrEnum

from accord.check.ask import Case

__all__ = ["Facet", "denies_tariff_cuts", "facet_of", "names_signatory"]


class Facet(StrEnum):
    """The side of an agreement that is asserted."""

    SIGNED = "signed"
    DATED = "dated"  # a date, and no word that says of what
    ENTRY = "entry"  # took effect on a date
    IN_FORCE = "in_force"  # is in force on the day of the document
    ENDED = "ended"
    RENEWED = "renewed"
    TERM = "term"
    KIND = "kind"  # is (not) a free trade agreement
    LINK = "link"
    RATIFIED = "ratified"


_NUMBER = r"(?:\d+|five|ten|twenty|thirty|three|two|four|fifteen|twenty-five|forty|fifty)"
_RULES: tuple[tuple[Facet, re.Pattern[str]], ...] = tuple(
    (facet, re.compile(pattern, re.IGNORECASE))
    for facet, pattern in (
        (
            Facet.KIND,
            r"non-?preferential|preferential|tariffs?\b|customs duties|duty[- ]free|duties\b|"
            r"\bis (?:not )?(?:a |an )?free[- ]trade",
        ),
        (Facet.RENEWED, r"\b(?:extend|extension|renew|prolong)"),
        (Facet.RATIFIED, r"\bratif"),
        (
            Facet.ENDED,
            r"\b(?:expired?|expires|lapsed?|terminat|denounc|scrapped|cancelled|is dead|"
            r"no longer in force|ceased|(?:was|were|has|had) ended|came to an end|inactive)",
        ),
        (
            Facet.IN_FORCE,
            r"\b(?:is|are|has been|have been|was|were|remains?|remained|still|already|now)\b"
            r"(?: \w+){0,2} (?:in force|in effect|in operation|valid)\b|"
            r"\b(?:already|now|still) appl(?:y|ies)\b|"
            r"\b(?:still|continues? to|remains?)\b[^.;]{0,60}\bin force\b",
        ),
        (
            Facet.ENTRY,
            r"\b(?:took|taken?|takes|taking|came|come|comes|coming|enter(?:ed|s|ing)?|went|goes|"
            r"entry|put|brought)\b(?: \w+)? (?:in)?to? ?(?:force|effect)|"
            r"took (?:\w+ )?effect|entry into force|applied since|applies since|has applied|"
            r"(?:began|started) to (?:apply|be applied)|operative (?:since|from)|kicked in|"
            r"took (?:legal|full) (?:force|effect)|came into operation|"
            r"\beffective (?:from|on|since|as of)|"
            r"(?:became|becoming) (?:effective|operative|law|binding)|in force since|into force|"
            r"into effect|in force from",
        ),
        (
            Facet.LINK,
            r"\b(?:link|dock|conjugat|conjunction|align\w*|interface|dovetail|"
            r"synerg|pair(?:ing|ed)|coupl|coordinat\w+ the (?:construction|development)|"
            r"integrati\w+ process|join(?:ing|ed|s)? (?:up )?(?:the )?(?:eurasian|eaeu|belt|silk))",
        ),
        (
            Facet.TERM,
            rf"\b(?:for|of|runs?|lasts?|term|period|valid|concluded|signed)\b[^.;]*?"
            rf"\b{_NUMBER}[- ]years?\b|"
            rf"\b{_NUMBER}[- ]year\b(?! anniversary)",
        ),
    )
)
_DENIED_CUTS = re.compile(
    r"\b(?:no|not|without|nor|neither|does not|do not|non-?preferential|untouched|unchanged)\b"
    r"|n['’]t\b|non-?preferential",
    re.IGNORECASE,
)
_SIGNER = re.compile(
    r"\bsigned by (?:the )?(?:(?:then )?(?:chinese |russian |french )?(?:president|premier|leader|"
    r"prime minister|chairman|minister|foreign minister)s? )?"
    r"(?P<by>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*)"
    r"|(?P<who>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*) (?:put (?:his|her|their) (?:name|signature)s?|"
    r"(?:had |have |has )?(?:signed|initialled|inked))"
)
_COUNTERPART = re.compile(r"\bsigned [^.;]{0,90}?\bwith (?P<with>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)+)")
_SIGNATURE = re.compile(
    r"\b(?:bears|carries) the signatures?|signator(?:y|ies) (?:was|were)|"
    r"put (?:his|her) (?:name|signature)",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"\b(?:president|premier|prime minister|leader|chairman|minister|king|chancellor)s?\b", re.I
)


def facet_of(case: Case) -> Facet:
    """What the statement asserts; signing where nothing else is said."""
    s = case.statement
    for text in (s.quote, s.text_cue or ""):
        for facet, pattern in _RULES:
            if not pattern.search(text):
                continue
            if facet is Facet.TERM and re.search(r"anniversar", text, re.I):
                continue
            return facet
    if _STILL.search(case.sentence) and not _SIGNED.search(s.quote):
        return Facet.IN_FORCE
    if not s.date and _FOR_YEARS.search(case.sentence):
        return Facet.TERM
    words = f"{s.quote} {s.text_cue or ''}"
    return Facet.SIGNED if _SIGNED.search(words) or not s.date else Facet.DATED


_STILL = re.compile(
    r"\b(?:still|continues? to|remains?)\b[^.;]{0,60}\bin (?:force|effect)\b", re.IGNORECASE
)
_FOR_YEARS = re.compile(rf"\b(?:for|term of|runs for) {_NUMBER} years\b", re.IGNORECASE)
_SIGNED = re.compile(
    r"\b(?:sign(?:ed|ing|s|ature)?|conclud\w+|ink(?:ed|ing)|initial(?:led|ed)|adopt\w*|issued?|"
    r"agree(?:d|s)|names? to|seal(?:ed)?|bears? the date|dated|penned|announced|"
    r"proclaimed|declared)\b",
    re.IGNORECASE,
)


def denies_tariff_cuts(case: Case) -> bool:
    """Whether "cuts no tariffs", "non-preferential" is asserted.

    A statement marked as negated is judged by what it denies, so its own "not" does
    not count.
    """
    return not case.statement.negated and bool(_DENIED_CUTS.search(case.statement.quote))


def names_signatory(case: Case, known: frozenset[str]) -> str | None:
    """The person who is said to have signed; ``known`` are words that name no person."""
    quote = case.statement.quote
    for match in _SIGNER.finditer(quote):
        name = match.group("by") or match.group("who")
        words = [w.strip("’'s").lower() for w in name.split()]
        unknown = [w for w in words if w not in known and len(w) > 1]
        if unknown and (match.group("by") or _TITLE.search(quote) or len(words) > 1):
            return name
    other = _COUNTERPART.search(quote)
    if other and all(w.lower() not in known for w in other.group("with").split()):
        return other.group("with")
    return quote if _SIGNATURE.search(quote) else None
