"""Contrasts: topics made by a party alone, set against the topic before.

"… and with Thailand 9.2 percent", "Canada had $382.6 billion", "those to France sank
48 percent": the flow is the one spoken of, with another party in one of its slots.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from accord.model.polity import blocs_of
from accord.read.lexicons import read_table
from accord.read.parties import Party
from accord.read.patterns import lazy
from accord.read.quantities import Quantity
from accord.read.scene import Scene
from accord.read.topic import Topic

__all__ = ["contrasting", "people_of"]

_ELLIPSIS = lazy(
    r"(?:^|[,;]\s*(?:and\s+|while\s+|but\s+)?|\b(?:and|while|whereas|but)\s+(?:that\s+|those\s+|it\s+)?|\b(?:that|those)\s+|\b(?:inflows|transfers)\s+)$",
    re.IGNORECASE,
)
_SMALL = (
    r"share|portion|for|(?:up\s+|down\s+)?from|led|leads|leading|topped|tops|headed|heads|(?:kept|keeps|held|holds|took|takes)\s+(?:the\s+)?first\s+place|\w+ly|by|to|with|of|only|just|the|an?|it|they|and|then|also|even|too|still|now|in\s+turn"
    r"|instead|however|meanwhile|another|further|some|about|around|nearly|almost|over|barely"
    r"|(?:in\s+)?(?:(?:number|no\.?)\s+)?(?:first|sixth|seventh|eighth|ninth|tenth|\w+teenth|\d+(?:st|nd|rd|th))(?:\s+(?:place|spot|position|rank))?|in\s+(?:second|third|fourth|fifth)\s+(?:place|spot|position)"
    r"|(?:took|takes|taking)\s+(?:its|their)\s+place|in\s+the\s+top\s+(?:five|ten|\d+)"
    r"|behind|far\s+behind|close\s+behind|distant|alone|itself|goods\\s+(?:for|worth)|each|respectively|year-on-year"
)


_CLOSE = frozenset({"EU", "ASEAN", "GCC", "MERCOSUR", "EAEU"})
_GIVEN = frozenset({"aid", "loan", "fdi", "other", "tourists"})
_IT = lazy(r",?\s+(?:it|they|the\s+figure)\s")
_FOLLOWED = lazy(r"\b(?:followed|trailed)\s+by\s+(?:the\s+)?$")
_COLON = lazy(r"^\s*$")
_MOVED = lazy(r"\b(?:los(?:e|es|t|ing)|gain(?:s|ed)?|rose|fell|grew)\b")
_APPOSED = lazy(r"^\s*,\s[^,;.]{2,50},(?=\s)")
_PLACED = frozenset({"exports", "tourists", "fdi"})


@cache
def _direct() -> re.Pattern[str]:
    """What may stand between a party and the number that is set against another."""
    changes = read_table("changes")
    verbs = "|".join(changes["verbs"].values())
    words = rf"(?:{verbs}|{changes['levels']['words']}|{_SMALL})(?![\w-])"
    return re.compile(rf"(?:'s?)?(?:\s|[,:(+-]|-bound|{words})*", re.IGNORECASE)


_LONGEST = 60  # characters between a party and its number, so that matching stays bounded


def _leads_on(words: str) -> bool:
    """Whether nothing but verbs and small words stands between a party and its number."""
    plain = " ".join(words.split())
    return len(plain) <= _LONGEST and _direct().fullmatch(plain) is not None


def contrasting(quantity: Quantity, index: int, scene: Scene, model: Topic | None) -> Topic | None:
    """A topic made by a party alone, set against the topic before."""
    if model is None:
        return None
    if model.owner and model.partner and _TOP.match(scene.text, scene.start):
        model = replace(model, swapped="partner")
    if model.measure in _GIVEN and _GIVERS.match(scene.text, scene.start):
        model = replace(model, swapped="reporter")
    found = _party_after(quantity, index, scene, model) or people_of(quantity, scene, model)
    if found is not None:
        return found
    floor = scene.quantities[index - 1].end if index else scene.start
    ends = [t.end for t in scene.topics if t.end <= quantity.core]
    floor = max([floor, *ends])
    inside = [p for p in scene.parties if floor <= p.start and p.end <= quantity.start]
    if not inside:
        return None
    if inside[-1].possessive:
        return _owned(inside[-1], quantity, scene, model)
    other = _those_of(inside, scene, model)
    return other or _beside(inside[-1], (quantity, index), scene, model)


# "The top five were China (…), Vietnam (…)": partners of the one whose flow was told.
_TOP = lazy(
    r"\W*(?:Among\s+)?(?:[Tt]he|[Ii]ts|[Oo]ther)\s+(?:top|leading|main|major|biggest|largest|key|countries|markets|suppliers|buyers)\b"
)


# "Other top sources of aid include Peru (…)", "Others in the top ten were Peru with …"
_GIVERS = lazy(
    r"\W*(?:Among\s+)?(?:[Tt]he\s+)?(?:[Oo]thers?\b|[Tt]op|[Mm]ain|[Ll]eading|[Mm]ajor|[Bb]iggest|[Ll]argest|[Rr]ounding\s+up)(?:\s+[\w-]+){0,5}?\s+(?:sources?|donors?|providers?|investors?|lenders?|creditors?|contributors?|(?:in\s+the\s+)?top\s+\w+)\b"
)


def _beside(party: Party, at: tuple[Quantity, int], scene: Scene, model: Topic) -> Topic | None:
    """The party that stands right before the number, in the slot that it can have."""
    quantity, index = at
    between = _APPOSED.sub(" ", scene.masked[party.end : quantity.start])
    if not _leads_on(between) or (model.form == "list" and _MOVED.search(between)):
        return None
    if _of_one_unnamed(model, scene):
        model = replace(model, swapped="partner")
    if party.prep == "in" and party.lead <= scene.start + 1 and model.measure in _PLACED:
        return _same_slot(model, party)
    taken_up = party.prep == "for" and _IT.match(scene.text, party.end)
    if index and _next_in_row(party, scene, index):
        party = replace(party, prep="", joined=False)
    abroad = party.prep == "in" and model.measure == "people"  # "those in Peru fell"
    if party.prep in {"with", "to", "from"} or taken_up or abroad:
        opened = _ELLIPSIS.search(scene.text, max(scene.start, party.lead - 20), party.lead)
        return _same_slot(model, party) if opened or party.lead == scene.start else None
    if party.prep == "by" and _FOLLOWED.search(
        scene.text, max(scene.start, party.start - 20), party.start
    ):
        return _replaced(_listing_givers(model, scene), party)
    if model.form == "verb" and party.code == model.partner:
        return None  # "visited Malta in 2019, 7 percent more": the verb's object
    listed = model.form == "list" or (model.owner and not model.partner and _COLON.search(between))
    counted = party.prep == "of" and scene.text.endswith("number ", scene.start, party.lead)
    if (party.bare or counted) and (
        listed or index or not scene.topics or model not in scene.topics
    ):
        if _next_partner(party, at, scene, model):
            model = replace(model, swapped="partner")
        return _replaced(model, party)
    return None


def _next_in_row(party: Party, scene: Scene, index: int) -> bool:
    """ "The US sold $4 billion to China, Taiwan $3 billion": not to China and Taiwan."""
    if not party.joined or party.prep not in {"with", "to", "from"}:
        return False
    last = scene.quantities[index - 1].end
    between = [p for p in scene.parties if last <= p.start < party.start]
    return len(between) == 1 and scene.text.startswith(", ", between[0].end)


def _listing_givers(model: Topic, scene: Scene) -> Topic:
    """ "An inflow into Fiji of $2 billion, followed by Tonga": the others give as well."""
    if model.swapped is not None or model.measure not in _GIVEN:
        return model
    into = any(p.code != model.reporter and p.prep in {"in", "into", "to"} for p in scene.parties)
    return replace(model, swapped="reporter") if into else model


def _of_one_unnamed(model: Topic, scene: Scene) -> bool:
    """ "Peru was first with $4 billion, then Chile with $3 billion", in a text on Bolivia."""
    if model.swapped is not None or model.measure != "total_trade":
        return False
    named = {p.code for p in scene.parties}
    return model.partner in named and model.reporter not in named and not model.owner


_NEXT = lazy(r"[\s)]*(?:,\s*)?(?:and\s+)?(?:the\s+)?")


def _next_partner(party: Party, at: tuple[Quantity, int], scene: Scene, model: Topic) -> bool:
    """ "Trade with Iran came to 1.2 billion, Iraq 0.9 billion": another partner, no verb."""
    quantity, index = at
    if not index or model.form != "noun" or model.swapped or not model.partner:
        return False
    if not model.owner and any(p.code == model.reporter for p in scene.parties):
        return False  # "trade with Iran", of a country that the sentence does not name
    alone = not scene.text[party.end : quantity.start].strip(" (:-")
    last = scene.quantities[index - 1].end
    named = any(p.code == model.partner and p.end <= last for p in scene.parties)
    return alone and named and _NEXT.fullmatch(scene.text, last, party.start) is not None


_ITS_NUMBER = lazy(
    r"'s?\s+(?:(?:figure|total|value|volume|tally|turnover|number|was|were|is|stood\s+at|came\s+to|reached|just|own|mere|modest|total|record|only|about|some|nearly|over)\s+)*$"
)
_COMPARING = lazy(
    r"\b(?:topping|exceeding|exceeded|topped|surpass\w+|against|than|over|above|below|behind|beating|with|to|from)\s+(?:the\s+)?$",
    re.IGNORECASE,
)


def _owned(party: Party, quantity: Quantity, scene: Scene, model: Topic) -> Topic | None:
    """ "Germany's exposure is 68 billion, France's 43.8", "topping China's $12.7 billion"."""
    gap = scene.text[party.end : quantity.start]
    gap = gap if gap.startswith("'") else "'" + gap
    told = _leads_on(scene.masked[party.end : quantity.start])
    if not (told or _ITS_NUMBER.fullmatch(gap)) or party.code in {model.reporter, model.partner}:
        return None
    compared = _COMPARING.search(scene.text, max(scene.start, party.lead - 24), party.start)
    goods = model.measure in {"exports", "imports", "balance"}
    if goods and compared and model.swapped is None:
        return replace(_same_slot(model, replace(party, prep="with")), start=party.start)
    if model.swapped is None and model.measure in _GIVEN:
        model = replace(model, swapped="reporter")
    return _replaced(model, party)


def people_of(quantity: Quantity, scene: Scene, model: Topic | None) -> Topic | None:
    """ "Against 324,900 Swedes", after other visitors."""
    if model is None or model.measure != "tourists" or quantity.unit != "persons":
        return None
    people = next((p for p in scene.parties if quantity.core <= p.start < quantity.end), None)
    if people is None or people.end < quantity.end or people.code == model.partner:
        return None
    span = {"start": people.start, "core": people.start, "end": people.end}
    return replace(model, **span, form="ellipsis", reporter=people.code)  # type: ignore[arg-type]


_THOSE = lazy(r"\b(?:those|that)\s+$")
_PARTNERS = frozenset({"to", "for", "with", "from"})


def _those_of(inside: list[Party], scene: Scene, model: Topic) -> Topic | None:
    """ "those of Kuwait to Germany": the same flow between other ends."""
    if model.measure not in {"exports", "imports", "balance", "total_trade"}:
        return None
    last = inside[-1]
    those = _THOSE.search(scene.text, max(scene.start, last.lead - 8), last.lead)
    if those and last.prep in _PARTNERS and last.code not in {model.reporter, model.partner}:
        bound = replace(last, prep="with") if last.prep == "for" else last
        return _same_slot(model, bound)  # "those for Togo also rose, by 9 percent"
    if len(inside) < 2 or model.measure == "total_trade":
        return None
    whose, end = inside[-2], inside[-1]
    lead = scene.text[max(scene.start, whose.lead - 8) : whose.lead]
    if whose.prep not in {"of", "from"} or not re.search(r"\b(?:those|that)\s+$", lead):
        return None
    made = _same_slot(model, end) if end.prep in {"to", "with", "from"} else None
    return replace(made, reporter=whose.code) if made and whose.prep == "of" else None


_WENT = lazy(
    r"\)?(?:\s*\([^)]{0,40}\))?\s*(?:(?:worth\s+)?(?:of\s+(?:it|this|that|them|these|goods)\s+)?|worth\s+)"
    r"(?P<verb>(?:went|goes|go|flowed|headed|(?:have\s+|has\s+|had\s+)?(?:arrived|come|flown\s+in|visited)|flew\s+in|hailed|(?:was|were|is|are|has\s+been|have\s+been)(?:\s+(?:shipped|sent|exported|sold|bound|destined|given|allocated|earmarked|granted|lent|provided|paid|channelled|disbursed))?|came"
    r"|(?:will|would|is\s+to|are\s+to)\s+(?:also\s+)?(?:go|flow|be\s+(?:given|allocated|sent|provided|paid|spent|earmarked|channelled|made\s+available)))\s+)?"
)


_DASH = lazy(r"\s*(?:-\s*)?")


def _from_to(quantity: Quantity, ahead: list[Party], scene: Scene, model: Topic) -> Topic | None:
    """ "… and goods worth $40 million - from Peru to Chile": the flow the other way."""
    source, target = ahead[:2]
    apart = _DASH.fullmatch(scene.text, quantity.end, source.lead)
    goods = model.measure in {"exports", "imports", "total_trade"}
    if not goods or apart is None or (source.prep, target.prep) != ("from", "to"):
        return None
    if scene.text[source.end : target.lead].strip() or source.code == target.code:
        return None
    span = {"start": source.lead, "core": source.start, "end": target.end}
    ends = {"reporter": source.code, "partner": target.code}
    return replace(model, measure="exports", form="ellipsis", **span, **ends)  # type: ignore[arg-type]


def _party_after(quantity: Quantity, index: int, scene: Scene, model: Topic) -> Topic | None:
    """ "against 18.6% ($18.9bn) for Russia", "and 9 percent with Japan"."""
    ahead = [p for p in scene.parties if p.start >= quantity.end]
    if len(ahead) > 1 and (both := _from_to(quantity, ahead, scene, model)) is not None:
        return both
    for party in ahead:
        gap = scene.text[quantity.end : party.lead]
        went = _WENT.fullmatch(gap)
        if went is None:
            return None
        if went.group("verb") and party.prep in {"to", "for", "from"}:
            going = replace(party, prep="to" if party.prep == "for" else party.prep)
            return replace(_same_slot(model, going), start=quantity.start)
        placed = model.measure in {"people", "aid", "loan", "fdi"} and party.prep == "in"
        if placed and index and party.code not in {model.reporter, model.partner}:
            return replace(_same_slot(model, party), start=quantity.start)  # "and 50,000 in Oman"
        if party.prep == "for" and index and party.code not in {model.reporter, model.partner}:
            # "104,000 workers got permits for X and 90,000 for Y"
            bound = model.measure in {"people", "aid", "loan"}
            other = _same_slot(model, party) if bound else _replaced(model, party)
            return replace(other, start=quantity.start)
        if (
            party.prep in {"with", "to", "from"}
            and (index or (model.measure in {"aid", "loan"} and party.prep == "to"))
            and party.code not in {model.reporter, model.partner}
        ):
            return replace(_same_slot(model, party), start=quantity.start)
        return None
    return None


def _same_slot(model: Topic, party: Party) -> Topic:
    """ "with Thailand": the same flow with another partner."""
    measure = model.measure
    if party.prep == "from" and measure in _GIVEN:
        return replace(
            model,
            start=party.lead,
            core=party.start,
            end=party.end,
            form="ellipsis",
            reporter=party.code,
            swapped="reporter",
        )
    if party.prep == "to" and measure == "imports":
        measure = "exports"
    if party.prep == "from" and measure == "exports":
        measure = "imports"
    return replace(
        model,
        start=party.lead,
        core=party.start,
        end=party.end,
        measure=measure,
        form="ellipsis",
        partner=party.code,
        swapped="partner",
    )


def _akin(one: str, other: str | None) -> bool:
    """Whether two belong to one bloc."""
    return other is not None and bool({*blocs_of(one)} & {*blocs_of(other)} & _CLOSE)


def _lacks_giver(model: Topic) -> bool:
    """ "Aid to Kyiv, Denmark first with €7bn": who gives is named next."""
    return model.measure in _GIVEN and model.reporter is None and model.partner is not None


def _replaced(model: Topic, party: Party) -> Topic:
    """ "Canada had …": another country in the place of the one set out first."""
    reporter, partner = model.reporter, model.partner
    if model.swapped is not None:
        reporter = party.code if model.swapped == "reporter" else reporter
        partner = party.code if model.swapped == "partner" else partner
    elif model.measure in {"total_trade", "services_trade"}:
        if party.code in {reporter, partner}:
            return replace(
                model, start=party.start, core=party.start, end=party.end, form="ellipsis"
            )
        keep = (partner if model.owner or model.subject else None) or partner or reporter
        if _akin(party.code, partner) and not _akin(party.code, reporter):
            keep = reporter  # "Iran-Germany trade … Italy and France were next"
        reporter, partner = party.code, keep
    elif model.owner:
        reporter = party.code
    elif (model.measure == "tourists" and not model.subject) or _lacks_giver(model):
        reporter = party.code  # "1.7 million Germans came; … Slovenians were next"
    elif party.code != reporter:
        partner = party.code
    return replace(
        model,
        start=party.start,
        core=party.start,
        end=party.end,
        form="ellipsis",
        reporter=reporter,
        partner=partner,
    )
