"""Mentions of polities in English text: names, demonyms, capitals, leaders, compounds.

``find_mentions`` runs over capitalised words only, looks each up in an index by
first word, and takes the longest surface form that fits: several megabytes a second
without a parser. What it returns are spans and codes; what a mention does in its
sentence (who exports, who speaks) is for the statement rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from accord.read.patterns import lazy
from accord.read.polity_names import (
    TRAP,
    Candidate,
    Entry,
    compound_prefixes,
    index,
    same_length,
)

__all__ = ["FORMS", "Mention", "find_mentions"]

FORMS = (
    "name", "demonym", "capital", "metonym", "institution", "city", "leader",
    "bloc", "region", "initiative", "compound",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention: ``text[start:end]`` stands for polity ``code``; possessives stay outside.

    ``form`` is one of :data:`FORMS`. A compound ("Sino-Russian", "U.S.-China") has the
    second party in ``other``. ``ambiguous`` names what else the words can mean: other
    codes, or ``person``, ``word``, ``city``, ``state of the USA``. ``inside_name`` marks
    a polity's name within another name (a company, a newspaper, a person), which does
    not speak of the polity. ``in_office`` is false for a leader outside the term.
    """

    start: int
    end: int
    code: str
    form: str
    other: str | None = None
    ambiguous: tuple[str, ...] = ()
    inside_name: bool = False
    in_office: bool = True


_LETTERS = "A-ZÀ-ÖØ-ÞĀ-ſ"
_TOKEN = lazy(rf"\b(?:[{_LETTERS}]\w*|(?:eurozone|euro|sub|al|el|de|von|arap)\b|1[467](?=\+1))")
_TITLE = lazy(
    r"(?i:\b(?:presidents?"
    r"|(?:prime |foreign |trade |finance |commerce |economy |defen[cs]e )?ministers?"
    r"|premier|chancellor|secretary(?: of state|-general| general)?|representative|leader|governor"
    r"|chairman|commissioner|mr\.?|mrs\.?|ms\.?|madam|dr\.?|sir|lord|comrade)) $"
)
_AFTER_NAME = lazy(
    # One word may stand between ("State" University), but no verb of a headline ("Beats").
    r"(?: [A-Z][\w&.]*[a-rt-z.])? (?:Airlines?|Airways|Air Lines|Telecom|Mobile|Unicom|Daily|Times"
    r"|Herald|Post|Journal|Tribune|Gazette|Open|Cup|Grand Prix|Masters|University|College"
    r"|Stock Exchange|Mercantile Exchange|Street|Avenue|Boulevard|Hotel|Opera|Symphony"
    r"|Philharmonic|Orchestra|FC|Museum|Biennale|Film Festival|Marathon|Olympics|Holdings"
    r"|Insurance|Securities|Motors|Petroleum Corp|Inc|Ltd|Plc|PLC|Corp|GmbH|S\.A\.)\b"
)
_CURRENCY = lazy(
    r" (?i:dollars?|dlrs?|francs?|pounds?|roubles?|rubles?|rupees?|liras?|yen|yuan|renminbi|pesos?"
    r"|zlotys?|kron(?:a|or|er?)|crowns?|won|baht|ringgit|rupiah|dong|dirhams?|dinars?|riyals?|rials?"
    r"|shillings?|reals?|reais|forints?|hryvnias?|tenge|shekels?|rands?|naira|marks?|guilders?|lire)\b"
)
_BEFORE_NAME = lazy(
    r"(?:\bAir|\bBank of|\bUniversity of|\bGulf of|\bSea of|\bTimes of|\bBank of|\bRadio|\bMiss"
    r"|\bBishop of|\bArchbishop of|\bPatriarch of|\bDuke of|\bEarl of|\bBattle of|\bTreaty of"
    r"|\bMuseum of|\bMr\.?|\bMrs\.?|\bMs\.?|\bDr\.?|\bSen\.|\bRep\.|\bGen\.|\bSt\.?) $"
)
_DOLLAR = lazy(r"(?:(?<=US) |(?<=U\.S\.) )?\$|-dollar")  # "US$33 bn", "in US-dollar terms"
_STATE_BANK = lazy(r"\b(?:Central|National|Reserve|State|People's) Bank of $")
_PERSON_BEFORE = lazy(rf"(?<![.!?:;,] )(?<!^)\b([{_LETTERS}][a-z]+|[A-Z]\.) $")
_PERSON_AFTER = lazy(r" ([A-Z][a-z]+)\b(?! [A-Z])")
_HEADLINE_AFTER = lazy(r" [A-Z]")
_NO_GIVEN_NAME = lazy(
    r"The|In|On|At|For|With|And|Of|To|From|By|As|If|But|While|When|After|Before|Between|Since"
    r"|President|Prime|Minister|King|Queen|Kingdom|Republic|Southern|Northern|Eastern|Western"
    r"|South|North|East|West|Neighbouring|Both|Like|Via|Against|Under|Over|Until"
)
_US_STATES = lazy(
    r"\b(?:Atlanta|Savannah|Alabama|Florida|Tennessee|Carolina|Seattle|Oregon|Senate|governor"
    r"|Governor|Republican|Democrat|county|County)\b"
)
_NOT_THE_STATE = lazy(r"\b(?:Tbilisi|Caucasus|Abkhazia|Ossetia|Armenia|Azerbaijan|Russian?)\b")
_BOTH = lazy(r"(?:North|South|East|West) and (North|South|East|West) ([A-Z]\w+)\b")
_FOOD = lazy(r" (?:sandwich|breast|dinner|bacon|meat|sausage|leg|burger|stuffing|farm)")
_POLISH_VERB = lazy(r" (?:the|your|it|up|with a|until)\b")
_SOVIET_TIMES = lazy(
    r"(?:-era\b|[ -](?:days|times|era|period|years|rule|past|legacy|collapse|breakup)\b)"
)
_PEOPLE = lazy(
    r" (?:community|communities|man|woman|men|women|scientists?|businessm[ae]n|actors?|authors?"
    r"|artists?|famil(?:y|ies)|voters?|students?|citizens?|immigrants?|population|heritage)\b"
)
_CAPS_BEFORE = lazy(r"\b[A-Z]{2,}[,:;]? $")
_CAPS_AFTER = lazy(r"[,:;]? [A-Z]{2,}\b")
_CAPS_WORDS = frozenset({"US", "WHO", "CAR", "QUAD", "CIS"})
_PAIRABLE = frozenset({"name", "demonym", "capital", "metonym", "bloc", "region", "initiative"})
_CAPITALS_THEN = {
    "RUS": ("SUN", date(1991, 12, 26)),
    "SRB": ("YUG", date(1992, 4, 27)),
    "CZE": ("CSK", date(1993, 1, 1)),
}
_REACH = 60  # characters looked at before a mention
_STATE_REACH = 300  # characters around "Georgia" that tell the state from the country


def find_mentions(text: str, *, at: date | None = None) -> list[Mention]:
    """All mentions of polities, in order, without overlaps; the longest name wins.

    ``at`` (the publication date) chooses between leaders of the same name and tells
    whether a leader was in office. Never raises, whatever the text.
    """
    plain = same_length(text)
    found: list[Mention] = []
    finder = _Finder(plain, at)
    known_words = index()
    end = 0
    for token in _TOKEN.finditer(plain):
        candidates = known_words.get(token.group())
        start = token.start()
        if candidates is None or start < end:
            continue
        hit = finder.at(start, token.group(), candidates)
        if hit is None:
            continue
        end = hit.end
        if hit.form != TRAP:
            found.append(hit)
    return list(_paired(found, plain))


class _Finder:
    """One text's lookups, with the leaders whose full names it has met so far."""

    def __init__(self, plain: str, at: date | None) -> None:
        self.plain = plain
        self.day = at
        self.known: set[str] = set()
        self.loose = "  " in plain  # line breaks with indents, justified text

    def at(self, start: int, word: str, candidates: tuple[Candidate, ...]) -> Mention | None:
        """The longest mention that begins with this word."""
        for candidate in candidates:
            end = self._end(candidate, start, word)
            if end:
                hit = self._judged(candidate, start, end)
                if hit is not None:
                    return hit
        return self._prefix_compound(start, word) or self._coordinated(start, word)

    def _end(self, candidate: Candidate, start: int, word: str) -> int:
        place = start + len(word)
        rest = candidate.rest
        if not self.plain.startswith(rest, place):
            if not (self.loose and " " in rest):
                return 0
            match = re.compile(re.escape(rest).replace("\\ ", " +")).match(self.plain, place)
            if match is None:
                return 0
            end = match.end()
        else:
            end = place + len(rest)
        following = self.plain[end : end + 1]
        return 0 if following.isalnum() or following == "_" else end

    def _judged(self, candidate: Candidate, start: int, end: int) -> Mention | None:
        entries = [e for e in candidate.entries if self._admits(e, start)]
        if not entries:
            return None
        entry = self._chosen(entries)
        if entry.form == TRAP:
            return Mention(start, end, entry.code, TRAP)
        if entry.form == "leader" and entry.person:
            self.known.add(entry.person)
        hit = Mention(start, end, self._then(entry), entry.form, None, entry.also)
        if entry.form == "leader" and self.day is not None:
            hit = replace(hit, in_office=entry.in_office(self.day))
        return _considered(hit, self.plain)

    def _then(self, entry: Entry) -> str:
        """Whose capital it was then: Moscow that of the Soviet Union while there was one."""
        was, until = _CAPITALS_THEN.get(entry.code, (entry.code, date.min))
        if self.day is None or self.day >= until or entry.form not in {"capital", "metonym"}:
            return entry.code
        return was

    def _admits(self, entry: Entry, start: int) -> bool:
        if not entry.condition:
            return True
        before = self.plain[max(0, start - _REACH) : start]
        if entry.condition == "the":
            return before[-4:].lower() == "the "
        if entry.condition == "known" and entry.person in self.known:
            return True
        return _TITLE.search(before) is not None

    def _chosen(self, entries: list[Entry]) -> Entry:
        leaders = [e for e in entries if e.form == "leader"]
        if len(leaders) < 2 or len(leaders) < len(entries):
            return entries[0]
        known = [e for e in leaders if e.person in self.known] or leaders
        day = self.day
        if day is None:
            return known[-1]
        return next((e for e in known if e.in_office(day)), known[0])

    def _prefix_compound(self, start: int, word: str) -> Mention | None:
        code = compound_prefixes().get(word) or compound_prefixes().get(word.capitalize())
        place = start + len(word)
        if code is None or self.plain[place : place + 1] not in ("-", " "):
            return None
        token = _TOKEN.match(self.plain, place + 1)
        if token is None:
            return None
        second = self.at(place + 1, token.group(), index().get(token.group(), ()))
        if second is None or second.form not in _PAIRABLE or second.code == code:
            return None
        return Mention(start, second.end, code, "compound", second.code)

    def _coordinated(self, start: int, word: str) -> Mention | None:
        """ "North and South Korea", "East and West Africa": the noun serves both."""
        match = _BOTH.match(self.plain, start)
        if match is None:
            return None
        first = index().get(word, ())
        second = index().get(match.group(1), ())
        codes = [
            next((c.entries[0].code for c in group if c.rest == " " + match.group(2)), None)
            for group in (first, second)
        ]
        if codes[0] is None or codes[1] is None or codes[0] == codes[1]:
            return None
        return Mention(start, match.end(), codes[0], "compound", codes[1])


def _considered(hit: Mention, plain: str) -> Mention | None:
    """The mention in its surroundings: dropped, marked, or as it is."""
    word = plain[hit.start : hit.end]
    before = plain[max(0, hit.start - _REACH) : hit.start]
    if _is_plain_word(word, before, plain, hit.end):
        return None
    if hit.form == "bloc" and word == "Commonwealth" and plain.startswith(" of ", hit.end):
        return None
    if word.isupper() and word in _CAPS_WORDS and _in_capitals(before, plain, hit.end):
        return replace(hit, ambiguous=("word",)) if word == "US" else None
    if "state of the USA" in hit.ambiguous and _means_us_state(hit, plain):
        return replace(hit, code="USA", form="city", ambiguous=())
    if _is_inside_name(hit, before, plain):
        return replace(hit, inside_name=True)
    return hit


def _is_plain_word(word: str, before: str, plain: str, end: int) -> bool:
    if word == "Turkey":
        return _FOOD.match(plain, end) is not None
    if word == "Polish":
        return before[-2:].strip() in ("", ".", "!", "?") and bool(_POLISH_VERB.match(plain, end))
    if word == "GB":
        return before[-2:].strip()[-1:].isdigit()
    if word in ("Soviet", "Soviets"):
        return before.endswith("post-") or _SOVIET_TIMES.match(plain, end) is not None
    if word in ("West", "Quad"):
        return re.match(r"[ -][A-Z]", plain[end : end + 2]) is not None
    return False


def _in_capitals(before: str, plain: str, end: int) -> bool:
    return bool(_CAPS_BEFORE.search(before)) and bool(_CAPS_AFTER.match(plain, end))


def _means_us_state(hit: Mention, plain: str) -> bool:
    around = plain[max(0, hit.start - _STATE_REACH) : hit.end + _STATE_REACH]
    if hit.code == "USA":
        return False  # Washington: the government and the state are one polity
    return bool(_US_STATES.search(around)) and not _NOT_THE_STATE.search(around)


def _is_inside_name(hit: Mention, before: str, plain: str) -> bool:
    if hit.form in ("leader", "institution", "initiative"):
        return False
    if _AFTER_NAME.match(plain, hit.end) or _DOLLAR.match(plain, hit.end):
        return True
    if _BEFORE_NAME.search(before):
        return _STATE_BANK.search(before) is None
    currency = _CURRENCY.match(plain, hit.end) if hit.form in ("name", "demonym") else None
    if currency and (hit.form == "demonym" or not currency.group().startswith(" mark")):
        return True
    if "person" not in hit.ambiguous:
        return False
    given = None if _HEADLINE_AFTER.match(plain, hit.end) else _PERSON_BEFORE.search(before)
    if given and not _NO_GIVEN_NAME.fullmatch(given.group(1)) and given.group(1) not in index():
        return True
    surname = _PERSON_AFTER.match(plain, hit.end)
    return surname is not None and surname.group(1) not in index()


def _paired(found: list[Mention], plain: str) -> Iterator[Mention]:
    """Neighbours joined by a hyphen or a slash become one compound, if they are just two."""
    place = 0
    while place < len(found):
        chain = _chain(found, place, plain)
        if len(chain) == 2:
            yield _pair(chain[0], chain[1], plain)
        else:
            yield from chain
        place += len(chain)


def _chain(found: list[Mention], place: int, plain: str) -> list[Mention]:
    chain = [found[place]]
    for following in (found[later] for later in range(place + 1, len(found))):
        last = chain[-1]
        joined = following.start == last.end + 1 and plain[last.end] in "-/"
        if not joined or last.form not in _PAIRABLE or following.form not in _PAIRABLE:
            break
        if last.code == following.code:
            break
        chain.append(following)
    return chain


def _pair(first: Mention, second: Mention, plain: str) -> Mention:
    people = second.code == "USA" and second.form == "demonym" and _PEOPLE.match(plain, second.end)
    return Mention(
        first.start,
        second.end,
        first.code,
        "compound",
        second.code,
        (*first.ambiguous, *second.ambiguous),
        first.inside_name or second.inside_name or bool(people),
    )
