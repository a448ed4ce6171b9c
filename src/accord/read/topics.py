"""Topics: what a quantity can be a quantity of, with the parties its words give it.

"Chinese sales to the U.S.", "trade between China and ASEAN", "Uzbekistan sold China
goods", "with Thailand" (after "trade with Vietnam") are topics. Slots that the words
leave open are filled later from what was said before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from accord.read.commodities import commodity_of, object_goods, plain_goods
from accord.read.lexicons import read_table
from accord.read.parties import Party
from accord.read.patterns import lazy, one_of

__all__ = ["Topic", "find_goods", "find_lists", "find_topics", "noun_topic", "topic_words"]


@dataclass(frozen=True, slots=True)
class Topic:
    """One flow named in a sentence.

    ``start`` is where its noun phrase begins (owner included), ``core`` where its noun
    or verb does. ``sign`` is that of a balance. ``form`` is noun, verb or ellipsis.
    ``owner`` tells whether a possessor or subject gave the reporter.
    """

    start: int
    core: int
    end: int
    measure: str
    form: str
    reporter: str | None = None
    partner: str | None = None
    sign: int = 0
    owner: bool = False
    subject: bool = False  # the reporter is the clause's subject, not a possessor
    commodity: str | None = None
    swapped: str | None = None  # slot that a contrasting party would replace


_STOP = lazy(
    r"\b(?:to|from|with|by|at|was|were|is|are|had|has|have|been|be|that|which|who|while|whose|than|as|said|into|between|will|would|could|in|on|for|"
    r"against|but|after|when|where|its|their|our|his|and(?!\s+(?:services|investment|economic|commercial)))\b|[;:()]|,(?!\d)|\.\s",
    re.IGNORECASE,
)
_CLAUSE = lazy(
    r";|:(?=\s)|,?\s\b(?:while|whereas|but|whilst|although)\b|,\s+and\s+(?=(?:its|their|the)?\s*(?:\w+\s+){0,3}(?:exports|imports|trade|sales|purchases|shipments)\b)"
)
_ROLES: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "exports": (
        frozenset({"from", "by", "of"}),
        frozenset({"to", "into", "in", "for", "toward", "towards", "with"}),
    ),
    "imports": (frozenset({"into", "to", "by", "in"}), frozenset({"from", "of", "with"})),
    "balance": (
        frozenset({"for", "of", "by"}),
        frozenset({"with", "against", "over", "from", "to", "in"}),
    ),
    "fdi": (
        frozenset({"from", "by", "of"}),
        frozenset({"in", "into", "to", "within", "across", "for", "throughout"}),
    ),
    "loan": (frozenset({"from", "by", "of"}), frozenset({"to", "for", "in", "on"})),
    "aid": (frozenset({"from", "by", "of"}), frozenset({"to", "for", "in", "into"})),
    "other": (frozenset({"from", "of", "by"}), frozenset({"to", "in", "into"})),
    "people": (
        frozenset({"from", "of"}),
        frozenset({"in", "to", "into", "at", "within", "across", "throughout"}),
    ),
    "tourists": (frozenset({"from", "of", "by"}), frozenset({"to", "in", "into"})),
    "total_trade": (
        frozenset({"of", "by", "for"}),
        frozenset({"with", "to", "between", "among", "and", "in"}),
    ),
    "services_trade": (
        frozenset({"of", "by", "for"}),
        frozenset({"with", "to", "between", "among"}),
    ),
}


# How every noun and verb of the lexicon begins (a test holds the two together).
_STEM = (
    r"(?:acq|trad|repa|tha|gra|set\s|ear|put|sto|subs|subv|sha|dev|prop|proj|clai|offi|sove|bila|flew|floc|hea|stre|vac|hole|gulf|chas|coal|grain|elec|pow|crud|outf|desp|inta|offt|arre|inde|liab|unp|iou|def|surp|sum\s|tot|wor|mer|goo|in\s+the\s|ahe|beh|bro|bri|came|pour|ent|short|gap|imb|bal|pos|neg|adv|fav|unf|red\s|serv|exch|dir|inv|fdi|cap|loan|bail|fin|resc|line|cred|lend|buy|debt|"
    r"aid|ass|help|gran|oda|don|bud|hum|mil|eco|rel|fun|work|rem|mon|tour|vis|hol|arr|exp|ship|del|outb|cons|carg|re-e|sal|sup|imp|purc|inb|oil|gas|ene|fue|"
    r"vol|val|flow|turn|comm|non-|e-c|not|bus|the\s+eco|frei|sold|sell|send|pump|sent|bou|proc|get|got|sour|obt|now|mov|chan|pas|cros|did|ord|ear|wen|rea|flo|arr|new|fre|for|dra|dre|con|cha|inj|han|mad|all|com|ext|gif|foo|tec|med|eme|sec|dis|dro|flo|fam|mer|goo|pay|vis|mig|emi|wor|arr|ind|bor|sta|ove|mor|por|deal|bil|two|mut|proc|off|int|hol|vac|sig|gue|tri|took|take|abso|put|pour|plou|plow|sunk|"
    r"gav|giv|prov|cont|ple|allo|has|disb|appr|ear|spen|spe|paid|pay|ext|off|prom|rele|lent|owe|bor|tra|rec|wel|host)"
)
_STEMS = one_of(_STEM.removeprefix("(?:").removesuffix(")"))


@cache
def topic_words() -> re.Pattern[str]:
    """Any noun or verb that names a flow, as one pattern with a group an entry."""
    table = read_table("measures")
    nouns = [f"(?P<n{i}>{entry['pattern']})" for i, entry in enumerate(table["nouns"])]
    tail = rf"(?![\w])(?!\s*[-/]?\s?{table['not_followed_by']}\b)(?!-\w)"
    verbs = [f"(?P<v{i}>{entry['pattern']})(?![\\w-])" for i, entry in enumerate(table["verbs"])]
    return re.compile(
        rf"(?<![\w-])(?={_STEM})(?:(?:{'|'.join(nouns)}){tail}|{'|'.join(verbs)})", re.IGNORECASE
    )


# "for May shipment": when goods are to be sent, not a flow.
_FOR_LATER = lazy(r"\bfor\s+(?:[\w/-]+\s+){0,2}(?:shipment|delivery|export)$", re.IGNORECASE)


def find_topics(text: str, parties: Sequence[Party], *, start: int, end: int) -> list[Topic]:
    """The topics in one sentence, with the parties that their own words give."""
    table = read_table("measures")
    if not _STEMS.search(text, start, end):
        return []
    matches = [
        m
        for m in topic_words().finditer(text, start, end)
        if not _FOR_LATER.search(text, max(start, m.end() - 48), m.end())
        and not text.startswith(" owed ", m.end())
    ]
    topics: list[Topic] = []
    for place, match in enumerate(matches):
        kind = match.lastgroup or ""
        entry = table["nouns" if kind[0] == "n" else "verbs"][int(kind[1:])]
        limit = matches[place + 1].start() if place + 1 < len(matches) else end
        floor = matches[place - 1].end() if place else start
        bare = Topic(
            match.start(),
            match.start(),
            match.end(),
            entry["measure"],
            "noun" if kind[0] == "n" else "verb",
            sign=entry.get("sign", 0),
            commodity=_goods(text, match, parties, entry["measure"], floor),
        )
        if bare.form == "noun":
            topics.append(noun_topic(text, bare, parties, (floor, limit, start)))
        else:
            objects = {t.partner for t in topics if t.form == "verb" and t.partner}
            free = [p for p in parties if p.start >= bare.end or p.code not in objects]
            topic = _verb_topic(text, bare, free, (floor, limit, start))
            if topic.partner is None and topic.reporter and _GAVE_IT.match(text, topic.end):
                spoken = [p.code for p in parties if p.end <= topic.core]
                other = next((c for c in reversed(spoken) if c != topic.reporter), None)
                topic = replace(topic, partner=other)
            come = _came_from(text, bare, parties, start)
            if come is None and _GOING.match(text, bare.core) and not _gone(text, topic, start):
                continue  # somebody went, not goods
            topic = come or topic
            if topic.reporter is None and _EARNED.match(text, bare.core):
                continue
            if topic.measure != "aid" or topic.partner or _AID_WORDS.search(text, topic.end, end):
                topics.append(topic)
            elif (
                topic.reporter
                and _GIFT.match(text, topic.core)
                and _FOR_WHAT.match(text, topic.end)
            ):
                topics.append(replace(topic, form="bare verb"))  # to whom, the context says
    return topics


_AID_WORDS = lazy(
    r"\b(?:aid|assistance|grants?|us|our|my\s+country|ODA|relief|fight|support|donations?)\b",
    re.IGNORECASE,
)


_GIFT = lazy(
    r"g[ai]v|donat|grant|provid|contribut|pledg|allocat|disburs|commit|sent|approv|extend|offer|promis|releas",
    re.IGNORECASE,
)
# "pledged $5 million": the gift follows the verb, and is not for the giver's own.
_FOR_WHAT = lazy(
    r"\s+(?:(?:a|an|about|some|over|around|nearly|almost|another|more\s+than|up\s+to|at\s+least|further|additional|record|total|of)\s+)*(?:[$€£¥]|US\$|[A-Z]{1,3}\$|[A-Z]{3}\s|Rs\.?\s|\d)(?![^;.]{0,60}\b(?:its|their|his|her)\s+own\b)",
)
_EARNED = lazy(r"earn", re.IGNORECASE)
_GOING = lazy(
    r"went|reached|flowed|arrived|entered|came|crossed|poured|moved\s+into", re.IGNORECASE
)


_COUNTED_NEXT = lazy(
    r"\s+(?:(?:goods|shipments|products|another|some|about|only|just|for|worth|a\s+further)\s+){0,4}(?:[$€£¥]|US\$|[A-Z]{2,3}\$?\s?(?=\d)|\d)"
)
_OPENS_CLAUSE = lazy(r"(?:^|[.;,:]\s*(?:and\s+|while\s+)?|\band\s+)$")


def _came_from(text: str, topic: Topic, parties: Sequence[Party], start: int) -> Topic | None:
    """ "From Uzbekistan came goods for $133 million": imports, the verb before its subject."""
    party = next((p for p in reversed(parties) if p.end <= topic.core), None)
    if party is None or party.prep != "from" or text[party.end : topic.core].strip():
        return None
    lead = text[max(start, party.lead - 8) : party.lead]
    if not _OPENS_CLAUSE.search(lead) or not _COUNTED_NEXT.match(text, topic.end):
        return None
    return replace(topic, start=party.lead, measure="imports", partner=party.code, reporter=None)


def _gone(text: str, topic: Topic, start: int) -> bool:
    """Whether it is goods that went: "wine worth $2 million went to"."""
    said = text[max(start, topic.core - 60) : topic.core]
    return "worth" in said and topic.reporter is not None and topic.partner is not None


def _goods(
    text: str, match: re.Match[str], parties: Sequence[Party], measure: str, floor: int
) -> str | None:
    if "commerce" in match.group().lower() and "e-" in match.group().lower():
        return "e-commerce"
    if measure == "services_trade":
        return "services"
    if measure == "other":
        return "remittances"
    if measure not in {"exports", "imports", "total_trade", "balance"}:
        return None
    goods = commodity_of(text, match.span(), parties, floor=floor)
    if goods is None and (match.lastgroup or "").startswith("v"):
        goods = object_goods(text, match.end())
    return goods


def _clause_end(text: str, start: int, limit: int) -> int:
    match = _CLAUSE.search(text, start, limit)
    return match.start() if match else limit


def _clause_start(text: str, start: int, at: int) -> int:
    last = start
    for match in _CLAUSE.finditer(text, start, at):
        last = match.end()
    return last


@cache
def _for_goods() -> re.Pattern[str]:
    """ "paid Bolivia $878 million for gas": a purchase."""
    goods = read_table("commodities")["goods"]
    return re.compile(
        rf"[^.;]{{0,90}}?\bfor\s+(?:its\s+|their\s+|the\s+)?(?:\w+\s+)?(?:{goods})\b", re.IGNORECASE
    )


def noun_topic(
    text: str, topic: Topic, parties: Sequence[Party], bounds: tuple[int, int, int]
) -> Topic:
    """A noun with the parties beside it; ``bounds`` are floor, limit and sentence start."""
    _floor, limit, start = bounds
    owners = _owners(text, topic, parties, start)
    stop = _clause_end(text, topic.end, limit)
    apart = _SET_APART.search(text, topic.end, stop)
    stop = apart.start() if apart else stop
    than = _THAN.search(text, topic.end, stop)
    stop = than.start() if than else stop
    right = [p for p in parties if topic.end <= p.start < stop]
    if owners:
        topic = replace(topic, start=owners[0].lead if owners[0].bare else owners[0].start)
    if topic.measure in {"total_trade", "services_trade"}:
        found = _trade_topic(text, topic, owners, right, parties)
    else:
        found = _directed_topic(
            text, topic, owners, right, (parties, _clause_start(text, start, topic.core))
        )
    return found if found.partner else _led_by(text, found, parties, start)


_LED = lazy(r",?\s+(?:the|its|their|that|total|overall)?\s*(?:\w+\s+){0,2}", re.IGNORECASE)
_LEADING = frozenset({"with", "to", "from"})


def _led_by(text: str, topic: Topic, parties: Sequence[Party], start: int) -> Topic:
    """ "With Taiwan the shortfall came in at …": the partner opens the sentence."""
    first = next((p for p in parties if p.start >= start), None)
    opening = first is not None and first.prep in _LEADING and first.lead - start < 8
    if first is None or not opening or first.end > topic.core or first.code == topic.reporter:
        return topic
    following = [p for p in parties if first.end <= p.start and p.end <= topic.core]
    if following or not _LED.fullmatch(text, first.end, topic.core):
        return topic
    return replace(topic, partner=first.code)


_OWED = lazy(r"(?:debts?|arrears|indebtedness|liabilities|unpaid\s+bills?|IOUs)\b", re.IGNORECASE)
_LIST = lazy(
    r"\b(?:top|main|major|largest|biggest|leading|key|principal|chief|important|other|next)\s+(?:(?:two|three|four|five|six|ten|\d+|foreign|overseas|single)\s+)*"
    r"(?:(?P<imports>(?:import\s+)?(?:suppliers|sources(?:\s+of\s+(?:its\s+)?imports)?|import\s+partners))|(?P<exports>export\s+(?:markets|destinations|partners|customers)|markets|destinations|buyers|customers|importers|takers)"
    r"|(?P<total_trade>(?:trading\s+|trade\s+)?partners)|(?P<fdi>(?:foreign\s+)?investors)|(?P<aid>donors)|(?P<loan>creditors|lenders))\b(?!\s+(?:said|say|are\s+worried))",
    re.IGNORECASE,
)


def find_lists(text: str, parties: Sequence[Party], *, start: int, end: int) -> list[Topic]:
    """ "Top five suppliers of Vietnam: China ($81.3bn), …": what the listed are of.

    A list gives one side of a flow only; who is listed comes with each number.
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
        if not owners:
            continue
        owner = owners[0]
        measure = match.lastgroup or "total_trade"
        given = measure in {"fdi", "aid", "loan"}
        code = owner.code
        span = Topic(match.start(), match.start(), max(match.end(), owner.end), measure, "list")
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


_SET_APART = lazy(
    r",\s+(?:(?:second|third|fourth|next)\s+(?:only\s+)?(?:to|behind|after)|only\s+behind|behind|ahead\s+of|after|more\s+than|less\s+than|compared|against|versus|followed)\b|\bsecond\s+(?:only\s+)?to\b",
    re.IGNORECASE,
)
_THAN = lazy(
    r"\bthan\s+(?:to|from|with|in|that\s+of|those\s+of|the)\b|\b(?:ahead\s+of|as\s+against)\b"
)
_WHOSE = lazy(r",?\s+whose\s+(?:[\w-]+\s+){0,3}")
_ARTICLE = lazy(r"\s+(?:an?|the|some|any)\b", re.IGNORECASE)


_COUNTED = lazy(
    r"[a-z]\s+(?:an?\s+)?(?:[$€£¥]|[A-Z]{2,3}\$?)?\s?\d"
)  # "Peru obtained a $9 million"
_SHORT = lazy(r"(?:[A-Z]\.?){2,5}")  # "with U.S. goods exports of …"
_GOODS_ONLY = lazy(
    r"\s+(?:(?:goods|services|merchandise|total|and|direct|foreign|agricultural|manufactured|non-oil)\s+)*"
)


def _owners(text: str, topic: Topic, parties: Sequence[Party], start: int) -> list[Party]:
    """The parties whose flow it is: "China's", "Chinese", "U.S.-Italy"."""
    before = [p for p in parties if start <= p.start and p.end <= topic.core]
    if not before:
        return []
    last = before[-1]
    gap = text[last.end : topic.core]
    if _WHOSE.fullmatch(gap):
        return [last]
    gap = gap[2:] if gap.startswith("'s") else gap[1:] if gap.startswith("'") else gap
    if len(gap) > 70 or _STOP.search(gap):
        return []
    if not last.possessive and (_ARTICLE.match(gap) or (last.bare and _COUNTED.search(gap))):
        return []  # "gave Peru a grant"
    adjunct = last.form in {"name", "bloc"} and _SHORT.fullmatch(text, last.start, last.end)
    if not (
        last.possessive
        or (adjunct and _GOODS_ONLY.fullmatch(gap))
        or last.adjective
        or last.bare
        or last.prep in {"of", "in", "by", "for", "on", "than", "via", "including", "to", "from"}
    ):
        return []
    loose = not (last.possessive or last.adjective or (adjunct and _GOODS_ONLY.fullmatch(gap)))
    if loose and (
        last.prep in {"to", "from", "in"} or (last.prep == "with" and len(gap.split()) > 1)
    ):
        return []
    owners = [last]
    for party in reversed(before[:-1]):
        if not owners[0].joined:
            break
        owners.insert(0, party)
    return owners


_DETACHED = lazy(r"\b(?:that|which|beside|than|while|compared)\b|,\s+an?\s")


def _trade_topic(
    text: str, topic: Topic, owners: list[Party], right: list[Party], parties: Sequence[Party]
) -> Topic:
    codes = _distinct([p.code for p in owners])
    single = (
        not owners and next((p.prep for p in right if p.prep in {"with", "between"}), "") == "with"
    )
    for party in right:
        if (single and len(codes) == 1) or _DETACHED.search(text, topic.end, party.lead):
            break
        if party.prep in {"with", "between", "and", "among"} or (
            party.prep in {"to", "and"} and codes
        ):
            codes = _distinct([*codes, party.code])
        if len(codes) >= 2:
            break
    if not codes:
        codes = _distinct([p.code for p in right if p.prep in {"of", "by", "for"}])[:1]
        owned = bool(codes)
        return replace(topic, reporter=codes[0] if codes else None, owner=owned)
    if owners:
        return replace(
            topic, reporter=codes[0], partner=codes[1] if len(codes) > 1 else None, owner=True
        )
    if len(codes) > 1:
        return replace(topic, reporter=codes[0], partner=codes[1])
    return replace(topic, partner=codes[0])


def _directed_topic(
    text: str,
    topic: Topic,
    owners: list[Party],
    right: list[Party],
    scope: tuple[Sequence[Party], int],
) -> Topic:
    sources, targets = _ROLES[topic.measure]
    reporter, partner = _owning(text, topic, owners, scope[0])
    for party in right:
        if party.prep in targets and party.code != reporter and partner is None:
            if topic.measure == "imports" and party.prep == "of" and not party.adjective:
                continue
            partner = party.code
        elif party.prep in sources and party.code != partner and reporter is None:
            reporter = party.code
    if _OWED.match(text, topic.core):
        lender = partner or (reporter if not owners else None)
        reporter, partner = lender, owners[-1].code if owners else None
        topic = replace(topic, reporter=reporter, partner=partner, owner=False)
        return _subject_owned(text, topic, *scope) if reporter is None else topic
    reporter, partner = _arriving(topic, right, reporter, partner)
    reporter, partner = _sent_home(text, topic, right, (reporter, partner))
    if reporter is not None and partner is None:
        partner = _share_holder(text, topic, scope)
    topic = replace(topic, reporter=reporter, partner=partner, owner=bool(owners))
    if topic.measure == "balance":
        topic = _favoured(text, topic, scope[0])
    if topic.reporter is None:
        topic = _subject_owned(text, topic, *scope)
    return topic


_WHO_WORK = lazy(
    r"\s+(?:(?:migrant|guest|seasonal|domestic|foreign)\s+)*(?:workers?|migrants?|labou?r(?:ers)?|citizens|nationals|expatriates|emigrants|diaspora|helpers|staff)?\s*(?:working\s+|living\s+|abroad\s+)?$"
)


def _sent_home(
    text: str, topic: Topic, right: list[Party], ends: tuple[str | None, str | None]
) -> tuple[str | None, str | None]:
    """ "Remittances from Tajik workers in Russia": the money goes from Russia."""
    if topic.measure == "fdi" and text.startswith(" attributable", topic.end):
        return next((p.code for p in right if p.prep == "to"), ends[0]), None
    if topic.measure != "other" or len(right) < 2:
        return ends
    who, where = right[0], right[1]
    if who.prep not in {"from", "by", "of"} or where.prep not in {"in", "at"}:
        return ends
    named = who.form == "demonym" and _WHO_WORK.fullmatch(text, who.end, where.lead)
    return (where.code, who.code) if named else ends


def _owning(
    text: str, topic: Topic, owners: list[Party], parties: Sequence[Party]
) -> tuple[str | None, str | None]:
    """What the owners alone say of reporter and partner."""
    whose = _owner_before(text, topic, owners, parties)
    if whose is not None:
        return whose, owners[-1].code
    if len(owners) > 1 and owners[-1].joined and topic.measure == "balance":
        return owners[0].code, None
    return (owners[-1].code if owners else None), None


_POSSESSED = lazy(r"'s?\s", re.IGNORECASE)


def _owner_before(
    text: str, topic: Topic, owners: list[Party], parties: Sequence[Party]
) -> str | None:
    """ "Japan's French imports", "America's China deficit": the first owns, from the second."""
    if len(owners) != 1 or owners[0].possessive or topic.measure not in {"imports", "balance"}:
        return None
    for party in parties:
        gap = owners[0].start - party.end
        if party.possessive and 0 < gap < 4 and party.code != owners[0].code:
            return party.code if _POSSESSED.fullmatch(text, party.end, owners[0].start) else None
    return None


def _arriving(
    topic: Topic, right: list[Party], reporter: str | None, partner: str | None
) -> tuple[str | None, str | None]:
    """ "Morocco's arrivals from Italy": who owns them is where they go."""
    if topic.measure != "tourists" or reporter is None:
        return reporter, partner
    origin = next((p.code for p in right if p.prep == "from" and p.code != reporter), None)
    return (origin, reporter) if origin is not None else (reporter, partner)


_SHARE_OF = lazy(
    r"'s?\s+(?:\w+\s+){0,2}(?:share|part|portion|slice|proportion)\s+(?:of|in)\s+(?:all\s+|the\s+)?(?:total\s+|overall\s+)?$"
)


def _share_holder(text: str, topic: Topic, scope: tuple[Sequence[Party], int]) -> str | None:
    """ "China's share of Chile's exports": whose part it is."""
    parties, floor = scope
    for party in parties:
        near = party.end < topic.start < party.end + 60
        if floor <= party.start and party.possessive and near:
            gap = text[party.end : topic.start].removeprefix("'")
            if _SHARE_OF.fullmatch("'" + gap):
                return party.code
    return None


_FAVOUR = lazy(r"(?:'s)?\s+favou?r\b")
_IN_FAVOUR = lazy(r"\b(?:in\s+favou?r\s+of|favou?r(?:ed|s|ing))\s+(?:the\s+)?$")


def _favoured(text: str, topic: Topic, parties: Sequence[Party]) -> Topic:
    """ "in Djibouti's favour", "in favour of Japan": whose surplus it is."""
    for party in parties:
        if party.start < topic.core or party.start - topic.end > 120:
            continue
        if _FAVOUR.match(text, party.end) or _IN_FAVOUR.search(
            text[max(0, party.start - 24) : party.start]
        ):
            pair = [
                c
                for c in (topic.reporter, topic.partner, *(p.code for p in parties))
                if c and c != party.code
            ]
            return replace(
                topic, reporter=party.code, partner=pair[0] if pair else None, sign=1, owner=True
            )
    return topic


_HOLDS = lazy(
    r"\b(?:ran|runs|run|running|had|has|have|having|posted|posts|recorded|records|registered|registers|reported|reports|enjoy(?:s|ed)?|maintain(?:s|ed)?|saw|sees|suffer(?:s|ed)?|incurred|received|receives|"
    r"secured|drew|attracted|got|obtained|provid(?:ed|es|ing)|g(?:ave|ives|iving|iven|ranted|ranting)|approv(?:ed|ing)|own(?:s|ed)?|extended|offer(?:ed|s)|pledg(?:ed|ing)|account(?:s|ed)?|made|makes|hold|holds|held|show(?:s|ed)|left\s+with|widened|narrowed|cut|increased|boosted|raised|took|takes|sent|won|will\s+\w+|would|contributed|committed|allocated|announced|signed|donated|cancel(?:led|s)|wrote\s+off|written\s+off|forgave|holds?|expects?|expected|wants?|plans?|aims?)\b",
    re.IGNORECASE,
)


_STANDS = lazy(r"\b(?:was|were|is|are|came\s+out|ended(?:\s+up)?|finished|stood|found\s+itself)\b")
_COLOURED = lazy(r"in\s+the\s+(?:red|black)\b|ahead\b|behind\b", re.IGNORECASE)
_GETS = lazy(r"\b(?:received|receives?|got|gets|secured|obtained|won|drew)\b")


_ACCOUNTS = lazy(
    r"(?:\s+(?:alone|now|still|in\s+turn|by\s+itself))?\s+(?:account(?:s|ed)\s+for|absorb(?:s|ed)|made\s+up|makes\s+up)\s[^;,]{0,40}?\s(?:of\s+(?:the\s+|all\s+|total\s+)*)$"
)


def _accounting(text: str, topic: Topic, parties: Sequence[Party]) -> Party | None:
    """ "Moscow alone accounts for 9.4 billion of exports": a partner, not whose they are."""
    for party in parties:
        if party.subject and party.end <= topic.core and topic.core - party.end < 80:
            lead = text[party.end : topic.core]
            if _ACCOUNTS.fullmatch(lead + ("" if lead.endswith(" ") else " ")):
                return party
    return None


def _subject_owned(text: str, topic: Topic, parties: Sequence[Party], floor: int) -> Topic:
    """ "Uzbekistan … had a surplus": the subject of the clause owns the flow."""
    if topic.measure in {"exports", "imports"} and (buyer := _accounting(text, topic, parties)):
        return replace(topic, partner=buyer.code, start=buyer.start)
    given: str | None = None
    for party in reversed([p for p in parties if floor <= p.start and p.end <= topic.core]):
        if not party.subject or party.code == topic.partner:
            continue
        between = text[party.end : topic.core]
        stands = _COLOURED.match(text, topic.core) and _STANDS.search(between)
        if (stands or _HOLDS.search(between)) and len(between) < 160:
            giver = next(
                (p.code for p in parties if p.start > party.end and p.prep == "from"), None
            )
            if giver and topic.measure in {"aid", "loan", "other", "fdi"} and _GETS.search(between):
                return replace(topic, reporter=giver, partner=party.code, start=party.start)
            owned = replace(topic, reporter=party.code, owner=True, subject=True, start=party.start)
            return replace(owned, partner=topic.partner or given)
        if given is not None or topic.measure not in {"aid", "loan", "other"}:
            return topic
        given = party.code  # "Chile gave Peru a grant"
    return topic


def _verb_topic(
    text: str, topic: Topic, parties: Sequence[Party], bounds: tuple[int, int, int]
) -> Topic:
    _floor, limit, start = bounds
    clause = _clause_start(text, start, topic.core)
    right_end = _clause_end(text, topic.end, limit)
    right = [p for p in parties if topic.end <= p.start < right_end]
    subjects = _subjects_of(text, topic, parties, (clause, start))
    if text[topic.core : topic.end].lower().startswith(("thank", "grateful")):
        thanked = next((p for p in right if p.bare or p.prep == "to"), None)
        giver = thanked.code if thanked else None
        by = subjects[-1].code if subjects else None
        return replace(topic, reporter=giver, partner=by, owner=True)
    turned = _turned_verb(text, topic, parties, (clause, start), (subjects, right))
    if turned is not None:
        return turned
    subject = _relative(text, topic, parties, clause) or (subjects[-1] if subjects else None)
    partner = _object_of(text, topic, right, subject) or _to_which(text, subject, parties, clause)
    word = text[topic.core : topic.end].lower()
    bought = next(
        (p for p in right if p.prep in {"on", "for"} and (p.adjective or p.possessive)), None
    )
    if word.startswith(("spent", "spend", "paid", "pays")):
        if bought is not None:
            topic, partner = replace(topic, measure="imports"), bought.code  # "on Libyan oil"
        elif (paid := _paid_for(text, topic, right)) is not None:
            topic, partner = paid, paid.partner
    debtor = next((p.code for p in right if p.prep == "by"), None)
    if word == "owed" and debtor is not None:
        lender = next((p.code for p in right if p.prep == "to"), None)
        return replace(
            topic, reporter=lender or (subject.code if subject else None), partner=debtor
        )
    if word.startswith(("ow", "borrow", "repa", "paid back")):
        return _debt(topic, subject, partner)
    if topic.measure in {"tourists", "other"} and subject is not None:
        return _people_verb(text, topic, subject, (partner, right))
    if topic.measure == "tourists":
        return _tourist_verb(text, topic, subject, partner)
    return replace(
        topic,
        start=subject.start if subject and topic.core - subject.end < 60 else topic.core,
        reporter=subject.code if subject else None,
        partner=partner,
        owner=subject is not None,
        subject=subject is not None,
    )


def _subjects_of(
    text: str, topic: Topic, parties: Sequence[Party], bounds: tuple[int, int]
) -> list[Party]:
    """The subjects of a verb, from the clause before where its own has none."""
    clause, start = bounds
    own = [p for p in parties if clause <= p.start and p.end <= topic.core and p.subject]
    if own or not _RUNS_ON.fullmatch(text, clause, topic.core):
        return own
    return [p for p in parties if start <= p.start and p.end <= clause and p.subject][:1]


# "but gave it 410 million": the subject is that of the clause before
_RUNS_ON = lazy(
    r"\s*(?:(?:also|then|now|later|still|has|have|had|will|would|did|even|\w+ly|in\s+\d{4})\s+)*"
)
_GAVE_IT = lazy(r"\s+(?:it|them)\s+(?=[A-Z$€£\d]|an?\s|some\s|about\s|another\s)")
_WHICH = lazy(
    r"(?:'s)?,?\s+(?:which|who|that)\s+(?:(?:has|have|had|also|now|still|alone|for\s+(?:her|its|their)\s+part|in\s+turn|already|last\s+year|this\s+year|recently|in\s+\d{4}|since\s+\d{4})\s+)*"
)
_TO_WHICH = lazy(r",?\s+(?:to|from|with|of)\s+(?:which|whom)\s+(?:the\s+)?")


def _relative(text: str, topic: Topic, parties: Sequence[Party], clause: int) -> Party | None:
    """ "… to Britain, which gives us five million": the subject of a relative clause."""
    last = next((p for p in reversed(parties) if clause <= p.start and p.end <= topic.core), None)
    if last is None or last.adjective or not _WHICH.fullmatch(text, last.end, topic.core):
        return None
    return last


def _turned_verb(
    text: str,
    topic: Topic,
    parties: Sequence[Party],
    bounds: tuple[int, int],
    ends: tuple[list[Party], list[Party]],
) -> Topic | None:
    """Verbs whose subject is not the giver: "the two traded", "wine went to", "was sold by"."""
    clause, start = bounds
    subjects, right = ends
    passive = re.search(
        r"\b(?:was|were|been|being|be|is|are)\s+(?:\w+ly\s+)?$",
        text[max(start, topic.core - 24) : topic.core],
    )
    if topic.measure == "total_trade":
        ahead = [p for p in parties if clause <= p.start and p.end <= topic.core]
        fronted = next((p for p in ahead if p.prep == "with"), None)
        if fronted is not None and len(subjects) == 1:
            right = [fronted]
        return _mutual_verb(topic, subjects, right)
    if _GOING.match(text, topic.core):
        return _going_verb(topic, [p for p in parties if clause <= p.start < topic.core], right)
    if passive:
        return _passive_verb(topic, subjects, right)
    return None


def _people_verb(
    text: str, topic: Topic, subject: Party, ends: tuple[str | None, list[Party]]
) -> Topic:
    """ "Basotho send home 280 million": from where they are; "Poles visited Iceland"."""
    partner, right = ends
    if topic.measure == "tourists":
        return _tourist_verb(text, topic, subject, partner)
    where = next((p.code for p in right if p.prep in {"from", "in"}), None)
    if subject.form == "demonym":
        return replace(topic, start=subject.start, partner=subject.code, reporter=where)
    return replace(topic, start=subject.start, reporter=subject.code, partner=partner, owner=True)


def _to_which(
    text: str, subject: Party | None, parties: Sequence[Party], clause: int
) -> str | None:
    """ "the Soviet Union, to which we owe": the object that a relative clause begins with."""
    if subject is None:
        return None
    for party in parties:
        near = clause <= party.start and party.end <= subject.start
        if near and _TO_WHICH.fullmatch(text, party.end, subject.start):
            return party.code
    return None


_FOR_GOODS = lazy(
    r"\b(?:on|for)\s+(?P<goods>(?:[a-z][\w-]*\s+){1,4}?)(?:purchased\s+|bought\s+|imported\s+|coming\s+)?$"
)


def _paid_for(text: str, topic: Topic, right: list[Party]) -> Topic | None:
    """ "Paid $3 billion for crude from Russia": imports, of what was paid for."""
    for party in right:
        match = _FOR_GOODS.search(text, topic.end, party.lead) if party.prep == "from" else None
        if match is not None and party.lead - topic.end < 90:
            goods = plain_goods(match.group("goods"))
            return replace(topic, measure="imports", partner=party.code, commodity=goods)
    paid = next((p for p in right if p.bare and p.start - topic.end < 8), None)
    if paid is not None and _for_goods().match(text, topic.end):
        return replace(topic, measure="imports", partner=paid.code)
    return None


def _going_verb(topic: Topic, before: list[Party], right: list[Party]) -> Topic:
    """ "Chilean wine … went to China": whose goods, and where."""
    whose = [p for p in before if p.adjective or p.possessive or p.prep in {"of", "from"}]
    to = next((p for p in right if p.prep in {"to", "in", "into"} or p.bare), None)
    return replace(
        topic,
        start=whose[-1].start if whose else topic.core,
        reporter=whose[-1].code if whose else None,
        partner=to.code if to else None,
        owner=bool(whose),
    )


def _debt(topic: Topic, subject: Party | None, partner: str | None) -> Topic:
    """ "Belarus owes Russia": the lender is the reporter."""
    debtor = subject.code if subject else None
    return replace(topic, reporter=partner, partner=debtor, owner=partner is not None)


def _mutual_verb(topic: Topic, subjects: list[Party], right: list[Party]) -> Topic:
    codes = _distinct([p.code for p in subjects[-2:]])
    codes = _distinct(
        [*codes, *(p.code for p in right if p.prep in {"with", "between", "and", "among"})]
    )
    start = subjects[0].start if subjects else topic.core
    return replace(
        topic,
        start=start,
        reporter=codes[0] if codes else None,
        partner=codes[1] if len(codes) > 1 else None,
    )


def _passive_verb(topic: Topic, subjects: list[Party], right: list[Party]) -> Topic:
    """ "was sold to B by A", "were bought from A"."""
    by = next((p.code for p in right if p.prep == "by"), None)
    to = next((p.code for p in right if p.prep in {"to", "in", "into"}), None)
    source = next((p.code for p in right if p.prep == "from"), None)
    if topic.measure == "imports":
        return replace(topic, reporter=by or to, partner=source)
    return replace(topic, reporter=by or source, partner=to)


_NEXT_ITEM = lazy(r"\d[^,;]*[,;]\s")  # "took 2.2 bcm, Bulgaria 3.1"


def _object_of(text: str, topic: Topic, right: list[Party], subject: Party | None) -> str | None:
    wanted = {
        "imports": {"from", "of"},
        "exports": {"to", "into", "in"},
        "fdi": {"in", "into"},
    }.get(topic.measure, {"to", "for", "in", "into"})
    for party in right:
        if subject is not None and party.code == subject.code:
            continue
        gap = text[topic.end : party.start]
        near = len(gap) < 30 and " and " not in gap and not _NEXT_ITEM.search(gap)
        if party.prep in wanted or (party.bare and near):
            return party.code
        if topic.measure == "loan" and party.prep == "from":
            return party.code
    if topic.measure == "aid":  # "to the reconstruction of Iraq"
        return next((p.code for p in right if p.prep == "of" and not p.adjective), None)
    return None


def _tourist_verb(text: str, topic: Topic, subject: Party | None, partner: str | None) -> Topic:
    code = subject.code if subject else None
    if text[topic.core : topic.end].lower() in {"received", "welcomed", "hosted"}:
        return replace(topic, reporter=None, partner=code, subject=True)
    return replace(topic, reporter=code, partner=partner, owner=code is not None)


def _distinct(codes: list[str]) -> list[str]:
    return list(dict.fromkeys(codes))
