"""Setting: the document's own country, its pair, and how its dates are reckoned."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from accord.model.document import Document
from accord.model.polity import get_polity
from accord.read.first_person import speaks_for
from accord.read.folding import fold
from accord.read.lexicons import read_table
from accord.read.parties import only_counts, place_parties
from accord.read.patterns import lazy
from accord.read.polities import Mention, find_mentions
from accord.read.scene import Setting

__all__ = ["describe_setting", "dollar_of", "flow_owner", "speaks"]

_SPEAKER = lazy(
    r"\b(?:[Rr]emarks|[Ss]tatement|[Aa]ddress|[Ss]peech|[Ii]nterview|[Ii]ntervention|[Ll]ecture|[Mm]essage|[Tt]oast|[Ss]peaking\s+notes)\s+(?:(?:made|given|delivered)\s+)?(?:by|of|with|from)\s+(?P<who>.{0,120})"
    r"|^(?P<whose>[^:]{3,80}?)['’]s?\s+(?:(?:and|to|the|opening|closing|welcome|introductory|keynote|\w+ing|\w+al)\s+){0,3}(?:[Rr]emarks|[Ss]tatement|[Aa]ddress|[Ss]peech|[Ii]nterview|[Mm]essage|[Tt]oast|[Cc]omments|[Aa]nswers|[Aa]rticle)\b"
)
_JOINT = lazy(r"\bjoint\b(?!\s+(?:press|session))", re.IGNORECASE)
_ROSTRUM = lazy(
    r"gadebate|general-?debates?|ungdc|undocs|\bun\b|parliament|hansard|assembly|senate|debates?|speech|statements?|remarks|mofa?\b|\bmfa\b|foreign|embass",
    re.IGNORECASE,
)
_FILED = lazy(r"(?<![A-Za-z])(?P<code>[A-Z]{3})_\d+_(?:19|20)\d\d")  # speeches filed by country
_CURRENCY_HOME = {"FJ$": "FJI", "FJD": "FJI", "NZ$": "NZL", "HK$": "HKG", "NT$": "TWN"}


def speaks(document: Document) -> bool:
    """Whether the first person of a document is that of one country."""
    return _JOINT.search(document.title or "") is None


def describe_setting(
    document: Document, text: str, mentions: Sequence[Mention], *, speech: bool
) -> Setting:
    """What can be known of a document's parties before a sentence is read.

    ``speech`` is whether the text speaks for a country, whose it may itself tell.
    """
    at = document.published.start if document.published else None
    title = _titled(document.title, at)
    mentions = [m for m in mentions if not only_counts(text, m)]
    counts: Counter[str] = Counter(code for m in mentions for code in (m.code, m.other) if code)
    title = title if len(title) > 1 else _heading(text, mentions) or title
    address = _address_codes(document.url, at)
    speaker = _codes(document.speaker, at)
    home = (
        speaker[0]
        if speaker
        else _speaking(document.title, at)
        or _sitting(document.title, at)
        or speaks_for(text, mentions, speech=speech)
        or _outlet_of(document.url, text, mentions, title)
        or _speaking_at(document.url, at)
        or (_speaking_from(text, title, list(counts)) if speech else None)
    )
    local = [code for sign, code in _CURRENCY_HOME.items() if sign in text]
    ranked = tuple(code for code, _ in counts.most_common())
    pair = (
        ()
        if len(title) > 3
        else tuple(title[:2])
        if len(title) >= 2
        else _pair_of(title, counts, home)
    )
    return Setting(
        home=home,
        pair=pair,
        ends=pair if len(title) != 1 or home in pair else pair[:1],
        titled=len(title) >= 1,
        aimed=len(title) == 1 and _AIMED.search(document.title or "") is not None,
        guessed=home not in title
        and _is_guess(document.title, title, (text, mentions, ranked), at),
        counts=ranked,
        speech=speaks(document)
        and (speech or bool(speaker) or _speaking(document.title, at) is not None),
        outlet=_home_of(document.url),
        host=_host_of(document.title, at),
        fallback=tuple(dict.fromkeys([*title, *address, *local])),
    )


_TRAVEL = lazy(
    r"\b(?:touris\w+|visitors?|arrivals|holiday-?makers|travell?ers|visits|remittances?)\b",
    re.IGNORECASE,
)
_CODED = lazy(r"\b(?:in|to|into)\s+(?P<code>[A-Z]{3})\b")
_TO_SEE = frozenset({"in", "to", "into", "for"})


def _host_of(title: str | None, at: date | None) -> str | None:
    """ "Koreans still top tourists in Fiji", "remittances to Peru": where they go, by the title."""
    if title is None or _TRAVEL.search(title) is None:
        return None
    title = fold(title)
    parties = place_parties(title, find_mentions(title, at=at), start=0, end=len(title))
    named = next((p.code for p in parties if p.prep in _TO_SEE and not p.adjective), None)
    coded = _CODED.search(title)
    return named or (coded.group("code") if coded and get_polity(coded.group("code")) else None)


_AIMED = lazy(r"\b(?:to|from|with|in|into)\s+(?:the\s+)?[A-Z]")
_TYING = frozenset({"with", "to", "from", "between"})


def _is_guess(
    heading: str | None,
    title: list[str],
    body: tuple[str, Sequence[Mention], tuple[str, ...]],
    at: date | None,
) -> bool:
    """Whether nothing ties the pair of a text together ("Chilean exports hit by US tariffs")."""
    text, mentions, ranked = body
    if len(title) < 2:
        others = {*ranked} - {*title}
        return len(others) > 1 or not _tied(text, mentions, {*title, *others})
    pair, head = {*title[:2]}, heading or ""
    named = {c for m in mentions for c in (m.code, m.other)}
    told = pair <= named and _tied(text, mentions, pair)
    return not told and not _tied(head, find_mentions(head, at=at), pair)


def _tied(text: str, mentions: Sequence[Mention], pair: set[str]) -> bool:
    """Whether two are named side by side, or one with a preposition of trade."""
    last = None
    for party in place_parties(text, mentions, start=0, end=len(text)):
        if party.code not in pair:
            last = None
            continue
        listed = last is not None and "," in text[last.end : party.start] and party.adjective
        joined = party.joined and last is not None and last.code != party.code and not listed
        if joined or (party.prep in _TYING and not party.possessive):
            return True
        last = party
    return False


_HEADING = lazy(r"[^.:;\n\d]{3,70}?(?:[.:](?=\s)|\n)")
_FINITE = lazy(
    r"\b(?:is|are|was|were|has|have|had|will|would|said|says|signed|agreed|met|do|does|did|can|could|may|must|remain\w*|became|bought|sold|gave|received|opened|recalled|noted|announced)\b"
)


def _heading(text: str, mentions: Sequence[Mention]) -> list[str]:
    """The two that a heading at the start of a text names ("Iraq-Turkey: trade at a glance.")."""
    match = _HEADING.match(text)
    if match is None or _FINITE.search(match.group()):
        return []
    inside = [m for m in mentions if m.end <= match.end()]
    codes = list(dict.fromkeys(c for m in inside for c in (m.code, m.other) if c))
    joined = any(m.other for m in inside) or re.search(r"\b(?:and|with)\b", match.group())
    return codes if len(codes) == 2 and joined else []


def _titled(title: str | None, at: date | None) -> list[str]:
    """The polities of a title; of one that is an address in words, in small letters too."""
    codes = _codes(title, at)
    head, _, tail = (title or "").rpartition(":")
    if len(codes) == 1 and head and tail.strip() and tail == tail.lower():
        words = re.sub(r"[-_]", " ", tail).title().replace(" And ", " and ")
        codes = list(dict.fromkeys([*codes, *_codes(words, at)]))
    return codes


def _speaking(title: str | None, at: date | None) -> str | None:
    """Whose speaker a title names ("Speech by the Chancellor of Austria, Vienna")."""
    match = _SPEAKER.search(title or "")
    if match is None:
        return None
    who = match.group("who") or match.group("whose") or ""
    who = re.split(r",|\s(?:at|to|in|on|with|and|before|during|following|after)\s", who)[0]
    codes = _codes(who, at)
    return codes[0] if len(codes) == 1 else None


_HOUSE = lazy(
    r"\b(?:parliament|national\s+assembly|legislative\s+assembly|senate|house\s+of\s+\w+|congress|hansard)\b",
    re.IGNORECASE,
)
_HOUSE_OF = lazy(
    r"\b(?:[Pp]arliament|[Aa]ssembly|[Ss]enate|[Rr]epresentatives|[Cc]ongress|[Dd]eputies)\s+of\s+(?:the\s+)?(?:\w+\s+)?(?:\w+\s+of\s+)?(?:the\s+)?$"
)
_HOUSE_AFTER = lazy(
    r"(?:'s)?\s+(?:[Ff]ederal\s+)?(?:[Pp]arliament|[Ss]enate|[Nn]ational\s+[Aa]ssembly|House\s+of)\b"
)
_AMERICAN = lazy(
    r"\b(?:Secretary\s+of\s+State(?!\s+for)|Department\s+of\s+State|Foreign\s+Relations\s+of\s+the\s+United\s+States|Foreign\s+Service\s+[Dd]e?i?spatch|American\s+(?:Embassy|Legation|Consulate))\b|\b[Rr]emarks\s+by\s+(?:the\s+)?(?:Vice\s+)?President\s+(?:in|at|to|on|before|after|during)\b"
)


def _sitting(title: str | None, at: date | None) -> str | None:
    """Whose parliament sits, or whose envoy writes, by the title."""
    if not title:
        return None
    if _HOUSE.search(title):
        for mention in find_mentions(title, at=at):
            inside = mention.form == "institution" and _HOUSE.search(
                title, mention.start, mention.end
            )
            if (
                inside
                or _HOUSE_OF.search(title[: mention.start])
                or _HOUSE_AFTER.match(title, mention.end)
            ):
                return mention.code
    return "USA" if _AMERICAN.search(title) else None


_DOLLARS = {
    "AUS": "AUD", "NZL": "NZD", "CAN": "CAD", "FJI": "FJD", "SGP": "SGD", "JAM": "JMD",
    "TTO": "TTD", "BRB": "BBD", "GUY": "GYD", "BHS": "BSD", "BLZ": "BZD", "NAM": "NAD",
    "SLB": "SBD", "HKG": "HKD", "TWN": "TWD", "BRN": "BND", "LBR": "LRD", "ZWE": "ZWL",
}  # fmt: skip
_SITTING = lazy(
    r"\b(?:parliament\w*|hansard|senate|senator|house|lok\s+sabha|speaker|hon\.?|written\s+answers?|oral\s+answers?|estimates)\b",
    re.IGNORECASE,
)

_OWN_MONEY = lazy(
    r"\b[Oo]ur\s+(?:own\s+)?(?:\w+\s+){0,2}(?:economy|exports?|exporters|imports?|trade|farmers|GDP|budget)\b"
)
_GOVERNMENT = lazy(r"\w+://[\w.-]*\b(?:gov|govt|gc|aph|parliament)\.[a-z]{2}(?:[/:]|$)")


def dollar_of(document: Document, home: str | None) -> str | None:
    """The dollar that a parliament or government counts in, where it is not the American one."""
    unit = _DOLLARS.get(home or "")
    if unit is None:
        return None
    if re.search(r"\b(?:US|[A-Z]{1,2})\$\s?\d|\bUS\s+dollars", document.text):
        return None  # a text that tells dollars apart means the others by the bare sign
    head = f"{document.title or ''} {document.url or ''} {document.text[:400]}"
    if home is not None and _OWN_MONEY.search(document.text):
        return unit
    official = _GOVERNMENT.match(document.url or "") or _SITTING.search(head.replace("/", " "))
    return unit if official else None


def _spoken_of_most(counts: Counter[str], title: str) -> str | None:
    """The one other of whom the text speaks, or of whom it speaks more than of the rest."""
    others = [(code, n) for code, n in counts.most_common() if code != title]
    clear = len(others) == 1 or (len(others) > 1 and others[0][1] > others[1][1])
    return others[0][0] if clear else None


def _pair_of(title: list[str], counts: Counter[str], home: str | None) -> tuple[str, ...]:
    ranked = tuple(code for code, _ in counts.most_common())
    if len(title) == 1:
        other = _spoken_of_most(counts, title[0]) or (
            home if home != title[0] and set(ranked) <= {title[0]} else None
        )
        return (
            (other, title[0])
            if other == home and other
            else (title[0], other)
            if other
            else (title[0],)
        )
    states = ranked if len(ranked) == 2 else tuple(c for c in ranked if _is_state(c))
    return states if len(states) == 2 else ()


def _is_state(code: str) -> bool:
    polity = get_polity(code)
    return polity is not None and not polity.is_group


def _codes(text: str | None, at: date | None) -> list[str]:
    if not text:
        return []
    named = [
        m
        for m in find_mentions(text, at=at)
        if not only_counts(text, m) and not text.startswith("$", m.end)
    ]
    return list(dict.fromkeys(c for m in named for c in (m.code, m.other) if c))


def _address_codes(url: str | None, at: date | None) -> list[str]:
    """Polities in the path of an address ("…/kenya-and-uk-sign-a-trade-agreement")."""
    if not url:
        return []
    path = url.split("://")[-1].partition("/")[2]
    words = [
        w.upper() if w in {"us", "uk", "uae", "eu"} else w.capitalize()
        for w in re.findall(r"(?<![A-Za-z\d])[A-Za-z]+(?![A-Za-z\d]|-\d)", path)
    ]
    return _codes(" ".join(words), at)


_LOCAL_SIGN = {
    "C$": "CAN", "A$": "AUS", "NZ$": "NZL", "FJ$": "FJI", "S$": "SGP", "HK$": "HKG", "NT$": "TWN",
    "J$": "JAM", "TT$": "TTO", "R$": "BRA", "N$": "NAM", "Z$": "ZWE", "BD$": "BRB", "G$": "GUY",
    "€": None, "£": "GBR",
}  # fmt: skip


def _speaking_from(text: str, title: list[str], named: Sequence[str]) -> str | None:
    """Whose speaker it is: the one of the title's two that is never named, or whose money it is."""
    silent = [c for c in title if c not in named]
    if len(title) == 2 and len(silent) == 1:
        return silent[0]
    homes = {
        code
        for sign, code in _LOCAL_SIGN.items()
        if code and re.search(rf"(?<![A-Z]){re.escape(sign)}\s?\d", text)
    }
    return homes.pop() if len(homes) == 1 else None


def _speaking_at(url: str | None, at: date | None) -> str | None:
    """Whose speech an address names: a parliament's, or a country's place at a rostrum."""
    if not url:
        return None
    filed = _FILED.search(url)
    if filed and get_polity(filed.group("code")) is not None:
        return filed.group("code")
    codes = _address_codes(url, at)
    return codes[0] if len(codes) == 1 and _ROSTRUM.search(url) else None


def _home_of(url: str | None) -> str | None:
    """Where the outlet is at home, from its address."""
    if not url:
        return None
    host = url.split("://")[-1].split("/")[0].split(":")[0].lower()
    table = read_table("outlets")
    for name, code in table["hosts"].items():
        if host == name or host.endswith("." + name):
            return str(code)
    ending = host.rpartition(".")[2]
    code = table["endings"].get(ending)
    return str(code) if code else None


def _outlet_of(
    url: str | None, text: str, mentions: Sequence[Mention], title: list[str]
) -> str | None:
    """Where the outlet is at home, unless it tells of the flows of another and never of its own."""
    code = _home_of(url)
    if code is None or code in title or any(code in {m.code, m.other} for m in mentions):
        return code
    return flow_owner(text, mentions) or code


_FLOW = lazy(r"'[sS]?\s+(?:\w+\s+){0,2}?(?:exports?|imports?|deficit|surplus|trade|shipments)\b")


def flow_owner(text: str, mentions: Sequence[Mention]) -> str | None:
    """The first country whose flow a text tells ("Kenya's exports to India")."""
    return next((m.code for m in mentions if _FLOW.match(text, m.end)), None)


def folded(document: Document) -> str:
    """The document's text with one form of each mark."""
    return fold(document.text)
