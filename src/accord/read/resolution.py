"""Resolution: whose flow it is, when the words beside it do not say.

Missing parties come from the clause's subject, from the topic spoken of before, from
the pair of the title, from "our" and the outlet, in that order; each way has a name,
which the trace of the field carries.
"""

from __future__ import annotations

import re
from dataclasses import replace

from accord.read.attachment import clause_end, clause_start
from accord.read.everywhere import (
    GOODS,
    all_trade,
    is_ours,
    names_pair,
    of_no_pair,
    of_several,
    with_a_group,
    with_all,
    worldwide,
)
from accord.read.first_person import SPEAKER
from accord.read.inward import from_anybody, turned_inward
from accord.read.parties import Party
from accord.read.patterns import lazy
from accord.read.peoples import PEOPLE
from accord.read.scene import Memory, Scene, Setting
from accord.read.topic import Topic

__all__ = ["resolve_topic"]

MUTUAL = frozenset({"total_trade", "services_trade"})


def resolve_topic(topic: Topic, scene: Scene, memory: Memory, setting: Setting) -> Topic | None:
    """The topic with reporter and partner, or ``None`` if they cannot be known."""
    if topic.form == "list" and not (topic.reporter and topic.partner):
        return None
    if topic.form == "noun" and not topic.partner and with_a_group(scene, topic):
        return None
    if topic.measure == PEOPLE:
        filled = _of_people(topic, scene, memory, setting)
    elif topic.measure in MUTUAL:
        filled = _mutual(topic, scene, memory, setting)
    else:
        filled = _directed(topic, scene, memory, setting)
    if filled is None or not filled.reporter or not filled.partner:
        return None
    return filled if filled.reporter != filled.partner else None


def _of_people(topic: Topic, scene: Scene, memory: Memory, setting: Setting) -> Topic | None:
    """Of whom and where, if the words name one of the two and the other is beyond doubt."""
    known = topic.reporter or topic.partner
    if known is None or (topic.reporter and topic.partner):
        return topic if known else None
    if topic.commodity in {
        "companies",
        "firms",
        "enterprises",
        "businesses",
        "subsidiaries",
        "population",
    }:
        return None
    pairs = (setting.ends if setting.titled else (), memory.pair)
    pair = next((p for p in pairs if p and len(p) == 2 and known in p), None)
    host = _clause_subject(topic, scene, known)
    hosted = host is not None and _HOSTS.search(scene.text, scene.start, topic.core)
    other = host if hosted else _opposite(pair, known) if pair else None
    if topic.reporter:
        return replace(topic, partner=other)
    return replace(topic, reporter=other)


_HOSTS = lazy(
    r"\b(?:hosts?|hosted|shelters?|sheltered|houses?|housed|employs?|employed|took|takes|taken|receive[sd]?|welcome[sd]?|admits?|admitted|trains?|trained|had|has|have|counts?|counted|accept\w*|sent|sends?|granted|grants|harbours?|home\s+to|deployed|stationed|deported|expelled|gave|gives|offers?|offered|awards?|awarded|sees?|saw)\b"
)


def _mutual(topic: Topic, scene: Scene, memory: Memory, setting: Setting) -> Topic | None:
    if topic.reporter and topic.partner:
        return topic
    known = topic.reporter or topic.partner
    if (topic.partner is None or topic.owner) and all_trade(scene, topic):
        return None
    if known is None:
        pair = _pair_for(topic, scene, memory, setting)
        return replace(topic, reporter=pair[0], partner=pair[1]) if pair else None
    if topic.reporter and with_all(topic, scene, memory, setting):
        return None
    alone = len({p.code for p in scene.parties}) < 2 and not topic.partner
    guessed = setting.guessed and not memory.pair and not names_pair(scene, topic)
    if guessed and (topic.owner or alone):
        return None  # "Nigeria recorded a total trade of …"
    other = _other_party(known, topic, scene, memory, setting)
    if other is None or _AND_ITS.match(scene.text, topic.end, scene.end):
        return None
    if topic.reporter:
        return replace(topic, partner=other)
    return replace(topic, reporter=other)


# "Trade between the EU and its six partners": with several that are not named.
_AND_ITS = lazy(
    r"\s+between\s+(?:the\s+)?[\w ]{2,40}?\s+and\s+(?:its|their|the|other|all)\s+(?:\w+\s+){0,2}"
    r"(?:partners|neighbou?rs|members|countries|states|nations|markets)\b(?!\s+of\s+(?:the\s+)?[A-Z]{2})"
)


def _directed(topic: Topic, scene: Scene, memory: Memory, setting: Setting) -> Topic | None:
    if topic.reporter and topic.partner:
        return topic
    if topic.form == "bare verb":
        return _given_in_context(topic, scene, memory, setting)
    if _named_for_partner(topic, scene, memory) and memory.pair:
        return replace(topic, reporter=memory.pair[0], partner=topic.reporter)
    topic = turned_inward(topic, scene)
    if from_anybody(topic, scene, memory, setting):
        return None
    if topic.reporter:
        partner = _partner_for(topic, scene, memory, setting)
        return replace(topic, partner=partner) if partner else None
    if topic.partner:
        if worldwide(scene, topic) or _all_tourists(topic, scene):
            return None
        reporter = _goes_on(topic, scene, memory, setting) or _other_party(
            topic.partner, topic, scene, memory, setting
        )
        return replace(topic, reporter=reporter) if reporter else None
    return _unnamed(topic, scene, memory, setting)


def _named_for_partner(topic: Topic, scene: Scene, memory: Memory) -> bool:
    """ "The deficit with China grew. The Chinese deficit …": still that of the other side."""
    last = memory.rival
    if topic.measure != "balance" or topic.sign >= 0 or last is None or last.measure != "balance":
        return False
    if not memory.pair or topic.reporter != memory.pair[1] or topic.partner:
        return False
    owner = next((p for p in scene.parties if p.start == topic.start), None)
    return owner is not None and owner.adjective and not owner.possessive


def _all_tourists(topic: Topic, scene: Scene) -> bool:
    """ "Tourist arrivals to Malta rose to 246,972": from everywhere."""
    if topic.measure != "tourists" or topic.form != "noun":
        return False
    return not any(p.code != topic.partner and p.start < topic.core for p in scene.parties)


_TOWARDS = lazy(
    r"[^.;]{0,60}?\b(?:for|to|towards?|in|since|so\s+far|alone|at\s+once|more|immediately|"
    r"this|last)\b",
    re.IGNORECASE,
)


def _given_in_context(topic: Topic, scene: Scene, memory: Memory, setting: Setting) -> Topic | None:
    """ "The United States has also provided $5 million for …": to the other one spoken of."""
    known = topic.reporter
    if setting.speech and known not in {setting.home, SPEAKER}:
        return replace(topic, form="verb", partner=setting.home or SPEAKER)
    recent = scene.number - memory.sentence <= 2
    pair = memory.pair if recent else None
    if setting.titled and len(setting.ends) == 2 and known in setting.ends:
        pair = (setting.ends[0], setting.ends[1])
    other = (
        _opposite(pair, known) if pair and known in pair else _same_receiver(topic, scene, memory)
    )
    if other is None:
        two = next((p for p in (memory.named, setting.counts) if len(p) == 2 and known in p), None)
        other = _opposite(two, known) if two else None
    if other is None or not _TOWARDS.match(scene.text, topic.end, scene.end):
        return None
    return replace(topic, form="verb", partner=other)


def _same_receiver(topic: Topic, scene: Scene, memory: Memory) -> str | None:
    """ "The EU lifted its embargo on Y and promised 200 million": who else is spoken of."""
    named = {p.code for p in scene.parties} - {topic.reporter}
    if named:
        return named.pop() if len(named) == 1 else None
    last = memory.topic
    recent = last is not None and scene.number - memory.sentence <= 1
    if last is None or not recent or last.measure not in {"aid", "loan"}:
        return None
    return last.partner if last.partner != topic.reporter else None


def _goes_on(topic: Topic, scene: Scene, memory: Memory, setting: Setting) -> str | None:
    """ "Exports to X fell; deliveries to Y rose": one exporter, while no other is named."""
    last = memory.rival or memory.topic
    if last is None or topic.measure not in GOODS or last.measure not in GOODS:
        return None
    if scene.number - memory.sentence > 1 or not last.reporter or last.reporter == topic.partner:
        return None
    floor = max(scene.start, last.end) if memory.sentence == scene.number else scene.start
    said = [p for p in scene.parties if floor <= p.start and p.end <= topic.core]
    if any(p.code not in {last.reporter, last.partner} or p.bare for p in said):
        return None
    if is_ours(scene, topic) or topic.form == "verb":
        return None
    home = setting.place
    at_home = home in {last.reporter, last.partner} and home != topic.partner
    return home if at_home else last.reporter


def _unnamed(topic: Topic, scene: Scene, memory: Memory, setting: Setting) -> Topic | None:
    """ "Imports came to …": the pair spoken of, from the same side."""
    if of_no_pair(topic, scene, memory, setting):
        return None
    given = _given_or_sent(topic, scene, memory, setting)
    if given is not None:
        return given
    home = setting.home if is_ours(scene, topic) else None
    pair: tuple[str, ...] | None = memory.pair
    subject = _subject_before(topic, scene, memory)
    if topic.measure == "tourists" and subject and pair and subject not in pair:
        return replace(topic, reporter=subject, partner=pair[1])  # "Canada sent 914,000 tourists"
    if subject and pair and subject in pair:
        return replace(topic, reporter=subject, partner=_opposite(pair, subject))
    if pair is None and len({p.code for p in scene.parties}) == 2:
        pair = tuple(dict.fromkeys(p.code for p in scene.parties))
    if (
        pair is None
        and len(setting.ends) == 2
        and (home in setting.ends or names_pair(scene, topic))
    ):
        pair = setting.ends
    goods = topic.measure in {"exports", "imports", "balance"}
    local = setting.home in setting.ends and setting.home not in setting.counts
    titled = setting.titled and not setting.guessed and len(setting.ends) == 2
    cut = _CUTS.search(scene.text, scene.start, scene.end) is not None
    if pair is None and goods and titled and not local and not cut:
        pair = _titled_pair(scene, setting)
    if pair is None:
        return None
    if home in pair:
        return replace(topic, reporter=home, partner=_opposite(pair, home))
    return replace(topic, reporter=pair[0], partner=pair[1])


_HOMES = {
    "EUR": "EU", "DKK": "DNK", "CHF": "CHE", "GBP": "GBR", "SEK": "SWE", "JPY": "JPN",
    "KRW": "KOR", "TRY": "TUR", "AUD": "AUS", "CNY": "CHN", "DEM": "DEU", "NOK": "NOR",
    "NZD": "NZL", "CAD": "CAN", "KWD": "KWT", "INR": "IND",
}  # fmt: skip


def _titled_pair(scene: Scene, setting: Setting) -> tuple[str, str]:
    """The two of the title, from the side of the one that the sentence names."""
    here = [p for p in scene.parties if p.code in setting.ends]
    whose = here[0].code if len({p.code for p in here}) == 1 else setting.ends[0]
    if here and all(p.prep in {"with", "to", "from"} for p in here):
        whose = _opposite(setting.ends, whose) or whose  # "trade with China … in exports"
    return whose, _opposite(setting.ends, whose) or setting.ends[1]


def _given_or_sent(topic: Topic, scene: Scene, memory: Memory, setting: Setting) -> Topic | None:
    """Money that goes one way: aid in the giver's money, what migrants send home."""
    if topic.measure in {"aid", "loan"} and memory.pair is None:
        return _by_currency(topic, scene, memory, setting)
    last = memory.topic
    if memory.pair and last and last.measure == PEOPLE and topic.measure == "other":
        return replace(topic, reporter=memory.pair[1], partner=memory.pair[0])
    return None


def _by_currency(topic: Topic, scene: Scene, memory: Memory, setting: Setting) -> Topic | None:
    """ "Development aid rose from DKK 24 million": between two, it is counted by the giver."""
    pair = memory.named if len(memory.named) == 2 else setting.ends
    if len(pair) != 2:
        return None
    homes = {_HOMES.get(quantity.unit) for quantity in scene.quantities}
    giver = next((c for c in pair if c in homes), None)
    return replace(topic, reporter=giver, partner=_opposite(pair, giver)) if giver else None


def _opposite(pair: tuple[str, ...], code: str | None) -> str | None:
    return next((c for c in pair if c != code), None)


def _apposed(party: Party, scene: Scene) -> bool:
    """ "Its biggest partner, China, …": named between commas, not as who acts."""
    led = scene.text[scene.start : party.start].endswith(", ")
    return led and scene.text.startswith(",", party.end)


def _subject_before(topic: Topic, scene: Scene, memory: Memory) -> str | None:
    """The subject before a flow, if none of the flows in between has an owner of its own."""
    last = memory.rival if memory.sentence == scene.number else None
    owned = last.core if last is not None and last.owner and last.core < topic.core else -1
    for party in reversed(scene.parties):
        if party.end <= topic.core and party.subject and not _apposed(party, scene):
            if party.start < owned and topic.measure in GOODS:
                return None
            return party.code
    return None


def _pair_for(
    topic: Topic, scene: Scene, memory: Memory, setting: Setting
) -> tuple[str, str] | None:
    """The two that "bilateral trade" is between."""
    here = list(dict.fromkeys(p.code for p in scene.parties))
    apart = {"after", "behind", "among"}
    told = [p.code for p in scene.parties if p.end <= topic.core and p.prep not in apart]
    before = list(dict.fromkeys(told))
    if setting.titled and len(setting.ends) == 2 and set(setting.ends) <= set(before):
        return setting.ends[0], setting.ends[1]
    if len(before) >= 2:
        return _list_owner(scene, before) or before[-2], before[-1]
    if not before and memory.named and len(memory.named) == 2 and names_pair(scene, topic):
        return (memory.pair if memory.pair and scene.number - memory.sentence <= 1 else None) or (
            memory.named[0],
            memory.named[1],
        )
    if len(here) >= 2 and memory.pair is None:
        return here[0], here[1]
    if is_ours(scene, topic) and setting.home:
        other = next((c for c in here if c != setting.home), None) or _opposite(
            setting.ends, setting.home
        )
        if other:
            return setting.home, other
    if here and memory.pair and here[0] in memory.pair:
        return memory.pair
    if len(here) == 1:
        other = _other_party(here[0], topic, scene, memory, setting)
        if other:
            return here[0], other
    meant = names_pair(scene, topic) or is_ours(scene, topic)
    return memory.pair or _setting_pair(setting.pair if meant else setting.ends, setting, memory)


def _list_owner(scene: Scene, before: list[str]) -> str | None:
    """ "A and B came second and third, with trade of …": with the one whose partners they are."""
    ranked = [t for t in scene.topics if t.form == "ranking" and t.measure == "total_trade"]
    owners = {t.reporter for t in ranked}
    if len(owners) != 1 or not set(before) <= {t.partner for t in ranked}:
        return None
    return owners.pop()


def _setting_pair(
    known: tuple[str, ...], setting: Setting, memory: Memory
) -> tuple[str, str] | None:
    if len(known) >= 2:
        return known[0], known[1]
    codes = list(dict.fromkeys([*memory.seen, *setting.fallback]))
    if len(codes) >= 2:
        return codes[0], codes[1]
    return None


def _other_party(
    known: str, topic: Topic, scene: Scene, memory: Memory, setting: Setting
) -> str | None:
    """The party opposite the one that is known."""
    for candidate in _candidates(known, topic, scene, memory, setting):
        if candidate and candidate != known:
            return candidate
    return None


def _only_where(party: Party) -> bool:
    """ "In Paris the firm put its sales at …": where it was said."""
    return party.prep == "in" and party.form in {"capital", "city"}


def _candidates(
    known: str, topic: Topic, scene: Scene, memory: Memory, setting: Setting
) -> list[str | None]:
    subject = _clause_subject(topic, scene, known)
    pair = memory.pair
    speaks = is_ours(scene, topic) or (setting.speech and subject is None)
    found: list[str | None] = [setting.home if speaks else None, subject]
    if pair and known in pair:
        found.append(_opposite(pair, known))
    elif pair and topic.partner == known:
        found.append(pair[0])
    found += [p.code for p in scene.sources]
    found += [
        p.code
        for p in scene.parties
        if p.end <= topic.core and p.code != known and not _only_where(p)
    ]
    if known in setting.ends:
        found.append(_opposite(setting.ends, known))
    if memory.pair is None and topic.form == "noun" and topic.measure in GOODS:
        found.append(setting.place)  # "SEOUL - Exports to the U.S. gained"
    found += [memory.pair[0] if memory.pair else None]
    found += [c for c in reversed(memory.seen) if c != known]
    found += [*setting.ends, setting.home, *setting.counts, setting.outlet, *setting.fallback]
    return found


def _clause_subject(topic: Topic, scene: Scene, known: str) -> str | None:
    for party in reversed(scene.parties):
        if party.end <= topic.core and party.subject and party.code != known:
            return party.code
    return None


_NEW_CLAUSE = lazy(r";|,\s+(?:and|while|but|whereas)\b")


def _subject_elsewhere(code: str | None, topic: Topic, scene: Scene) -> bool:
    """ "Japan's deficit was …; Germany still had …": the subject of a clause of its own."""
    here = [p for p in scene.parties if p.code == code]
    return bool(here) and all(
        p.bare
        and p.start >= topic.end
        and _NEW_CLAUSE.search(scene.text, topic.end, p.start) is not None
        for p in here
    )


def _parallel(scene: Scene, pair: tuple[str | None, ...]) -> bool:
    """Whether another country is set beside these two ("…, and Nigeria's to …")."""
    return any(p.possessive and p.code not in pair for p in scene.parties)


def _named_elsewhere(known: str | None, scene: Scene) -> bool:
    """Whether another is named in the sentence, but not as who buys or sells."""
    return any(p.code != known for p in scene.parties)


def _spoken_of(known: str | None, memory: Memory) -> str | None:
    """Who "the country" is: the subject of the sentences before, or who was named last."""
    last: list[str | None] = [memory.subject, *(memory.pair or ()), *reversed(memory.seen)]
    return next((code for code in last if code and code != known), None)


def _meant_partner(topic: Topic, scene: Scene, memory: Memory, setting: Setting) -> str | None:
    """The partner by a word for it, by the place of writing, or as who receives."""
    known = topic.reporter
    first = scene.parties[0] if scene.parties else None
    hosts = first is not None and first.prep in {"in", "into"} and first.code != known
    if topic.measure == "fdi" and first and hosts and first.lead - scene.start < 4:
        return first.code  # "In Peru, … while Spain's investment was"
    if _BY_KIND.match(scene.text, topic.end, scene.end) and memory.sentence < scene.number:
        return _spoken_of(known, memory)
    host = setting.place or (setting.pair[0] if setting.titled and setting.pair else None)
    if topic.measure == "tourists" and memory.pair is None and host != known:
        return host  # "Nicosia: Tourist arrivals from the United Kingdom"
    if topic.measure in {"aid", "loan", "fdi"}:
        return _receiver(topic, scene, memory)
    if topic.measure == "other":
        subject = _subject_before(topic, scene, memory)
        return subject if subject != known else None  # "Peru got … in remittances from Spain"
    return None


# "Would cut its oil exports by 500,000 barrels per day": to everybody.
_CUTS = lazy(
    r"\b(?:OPEC|Opec)|\b(?:cut|cuts|cutting|curb\w*|reduc\w+)\s+(?:its\s+|their\s+)?(?:\w+\s+)?(?:output|exports|production|supply)\b"
    r"|\b(?:cuts?|reductions?)\s+(?:in|of)\s+(?:\w+\s+and\s+)?(?:output|exports|production|supply)\b"
)
_BE = re.compile(r"\b(?:is|are|was|were)\s+$")


def _is_theirs(topic: Topic, scene: Scene) -> bool:
    """ "45% of India's imports are Chinese", "Russia took $13 billion of China's exports"."""
    taken = any(
        t.form == "verb" and t.reporter and t.partner and topic.reporter in {t.reporter, t.partner}
        for t in scene.topics
    )
    return taken or any(
        p.adjective and p.start >= topic.end and _BE.search(scene.text, topic.end, p.start)
        for p in scene.parties
    )


def _same_host(topic: Topic, memory: Memory, scene: Scene) -> str | None:
    """ "Remittances from the US rose too": to where those told before went."""
    last = memory.topic
    recent = last is not None and scene.number - memory.sentence <= 2
    if last is None or not recent or topic.measure not in {"other", "tourists"}:
        return None
    if last.measure != topic.measure:
        return None
    return last.partner if last.partner != topic.reporter else None


def _partner_for(topic: Topic, scene: Scene, memory: Memory, setting: Setting) -> str | None:
    """The partner of a flow whose owner is named: only where the text means one."""
    known = topic.reporter
    if worldwide(scene, topic) or of_several(topic, scene, memory):
        return None
    meant = _meant_partner(topic, scene, memory, setting) or _same_host(topic, memory, scene)
    if meant is not None:
        return meant
    if memory.pair and known in memory.pair and scene.number - memory.sentence <= 2:
        return _opposite(memory.pair, known)
    governed = (
        _governed(topic, scene)
        or _continued(topic, scene, memory)
        or (
            _opposite(memory.named, known)
            if not memory.pair
            and known in memory.named
            and not (setting.guessed and topic.form == "noun")
            else None
        )
    )
    if governed is not None:
        return governed
    if (
        known in setting.ends
        and len(setting.ends) == 2
        and not (setting.guessed and topic.measure in GOODS and not _is_theirs(topic, scene))
        and not _CUTS.search(scene.text, scene.start, scene.end)
        and not (
            topic.form in {"verb", "ellipsis"}
            and topic.measure in GOODS
            and _named_elsewhere(known, scene)
        )
        and not _parallel(scene, setting.ends if setting.titled else (known,))
        and not _subject_elsewhere(_opposite(setting.ends, known), topic, scene)
    ):
        return _opposite(setting.ends, known)
    travels = topic.measure == "tourists" and not memory.pair
    # in a text on one country, to it; else to where it is written ("Windhoek: … Zambia's …")
    near = setting.ends[0] if travels and len(setting.ends) == 1 else setting.place
    if near and near != known and (travels or near in (memory.pair or ())):
        return near
    if topic.measure in {"aid", "loan"} and setting.speech and known != setting.home:
        return setting.home or SPEAKER  # "Japan has pledged 5 million dollars": to whoever speaks
    return setting.home if _ours_for_partner(scene) and setting.home != known else None


_BY_KIND = lazy(
    r"\s+(?:to|from|with|in|into)\s+(?:the|that|its)\s+(?:\w+\s+)?(?:island|country|kingdom|republic|nation|state|sultanate|emirate|city-state|territory|archipelago|neighbou?r|giant|economy)\b"
)
_ITS_SALES = lazy(r"\b(?:its|their)\s+(?:own\s+)?$", re.IGNORECASE)


def _bought_too(topic: Topic, last: Topic | None) -> bool:
    """ "Kenya bought maize from Zambia; Uganda bought 0.2 million": from the same seller."""
    return last is not None and topic.form == last.form == "verb" and last.measure == topic.measure


def _continued(topic: Topic, scene: Scene, memory: Memory) -> str | None:
    """ "Japan bought 0.6 mln" of what the seller before sold; "Peru raised its shipments"."""
    last = memory.topic
    if last is None or scene.number - memory.sentence > 1 or topic.measure == last.measure:
        same = last is not None and last.measure == topic.measure == "exports"
        led = _ITS_SALES.search(scene.text, max(scene.start, topic.core - 20), topic.core)
        set_beside = memory.sentence == scene.number and topic.form == "verb"
        same = bool(same and (led or set_beside)) or _bought_too(topic, last)
        return last.partner if same and last and topic.reporter != last.partner else None
    if topic.reporter in {last.reporter, last.partner}:
        return None
    if topic.form != "verb" and not (topic.owner and topic.measure == "imports"):
        return None
    flows = {topic.measure, last.measure}
    return last.reporter if flows == {"imports", "exports"} else None


def _receiver(topic: Topic, scene: Scene, memory: Memory) -> str | None:
    """ "Sri Lanka got … in Chinese loans": who gets what another gives."""
    known = topic.reporter
    subject = _subject_before(topic, scene, memory)
    if subject is not None and subject != known:
        return subject
    others = [p for p in scene.parties if p.code != known]
    if memory.pair and known not in memory.pair and not others and topic.measure != "fdi":
        return memory.pair[1]
    return None


_AS_FOR = lazy(
    r"\b(?:[Aa]s\s+(?:for|regards|to)|[Ww]ith\s+(?:regard|respect)\s+to|[Tt]urning\s+to|[Ii]n\s+the\s+case\s+of|[Cc]oncerning|[Rr]egarding)\s+(?:the\s+)?$"
)


def _of_later_flows(topic: Topic, scene: Scene) -> set[int]:
    """Where the partners of the flows named after this one stand ("… as gaps with X grew")."""
    later = [t for t in scene.topics if t.core > topic.end and t.form == "noun" and t.partner]
    found: set[int] = set()
    last = -1
    for party in scene.parties:
        theirs = any(t.end <= party.start and t.partner == party.code for t in later)
        if theirs or (party.joined and last in found):
            found.add(party.start)
        last = party.start
    return found


# "hit by slowing demand in China": what is there is no trade.
_OF_DEMAND = lazy(
    r"\b(?:demand|slowdown|growth|recovery|recession|war|crisis|conflict|weakness|prices|production|output|harvest|consumption|spending|economy|conditions|tensions|protests|floods?|drought|outbreak)\s*$"
)


def _governed(topic: Topic, scene: Scene) -> str | None:
    """The other party of the sentence, where a preposition makes it a partner."""
    others = _of_later_flows(topic, scene)
    here = [p for p in scene.parties if p.code != topic.reporter and p.start not in others]
    if topic.measure in {"tourists", "other"}:
        here = [p for p in here if p.prep != "from"]
    if topic.form == "verb" and topic.measure in GOODS:
        stop = clause_end(scene.text, topic.end, scene.end)
        start = clause_start(scene.text, scene.start, topic.core)
        here = [p for p in here if start <= p.start < stop and p.prep not in {"in", "for"}]
    elif topic.measure in {"balance", "imports"}:
        here = [p for p in here if p.prep not in {"in", "for", "into"}]  # "amid a war in Libya"
    led = next((p.code for p in here if _AS_FOR.search(scene.text, scene.start, p.start)), None)
    if led is not None:
        return led
    here = [p for p in here if not _OF_DEMAND.search(scene.text, scene.start, p.lead)]
    distinct = list(dict.fromkeys(p.code for p in here))
    if len(distinct) == 1:
        near = {"with", "to", "from", "between", "against", "in", "into", "for"}
        return distinct[0] if here[0].prep in near and not here[0].possessive else None
    wanted = {"with", "to", "from", "against", "in"}
    after = [p.code for p in here if p.start >= topic.end and p.prep in wanted]
    return after[0] if after else None


def _ours_for_partner(scene: Scene) -> bool:
    return (
        re.search(
            r"\b(?:to|from|with|gives?|given|gave|granted|lent|sold|sells?)\s+(?:us|our\s+country)\b",
            scene.text[scene.start : scene.end],
        )
        is not None
    )


def _near(party: Party, topic: Topic) -> bool:
    return abs(party.start - topic.end) < 80 or abs(topic.start - party.end) < 80
