"""Resolution: whose flow it is, when the words beside it do not say.

Missing parties come from the clause's subject, from the topic spoken of before, from
the pair of the title, from "our" and the outlet, in that order; each way has a name,
which the trace of the field carries.
"""

from __future__ import annotations

import re
from dataclasses import replace

from accord.read.aid_sources import received
from accord.read.everywhere import (
    GOODS,
    all_trade,
    is_ours,
    names_pair,
    of_no_pair,
    with_a_group,
    with_all,
    worldwide,
)
from accord.read.first_person import SPEAKER
from accord.read.givers import from_the_giver
from accord.read.inward import from_anybody, turned_inward
from accord.read.pairs import pair_for
from accord.read.partner_words import goes_to_it, subject_before
from accord.read.partners import (
    CUTS,
    clause_subject,
    opposite,
    other_party,
    partner_for,
)
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
    return from_the_giver(filled, scene) if filled.reporter != filled.partner else None


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
    host = clause_subject(topic, scene, known)
    hosted = host is not None and _HOSTS.search(scene.text, scene.start, topic.core)
    other = host if hosted else opposite(pair, known) if pair else None
    if topic.reporter:
        return replace(topic, partner=other)
    return replace(topic, reporter=other)


_HOSTS = lazy(
    r"\b(?:hosts?|hosted|shelters?|sheltered|houses?|housed|employs?|employed|took|takes|taken|receive[sd]?|welcome[sd]?|admits?|admitted|trains?|trained|had|has|have|counts?|counted|accept\w*|sent|sends?|granted|grants|issued|issues|harbours?|home\s+to|deployed|stationed|deported|expelled|gave|gives|offers?|offered|awards?|awarded|sees?|saw)\b"
)


def _mutual(topic: Topic, scene: Scene, memory: Memory, setting: Setting) -> Topic | None:
    if topic.reporter and topic.partner:
        return topic
    known = topic.reporter or topic.partner
    if (topic.partner is None or topic.owner) and all_trade(scene, topic):
        return None
    if known is None:
        pair = pair_for(topic, scene, memory, setting)
        return replace(topic, reporter=pair[0], partner=pair[1]) if pair else None
    if topic.reporter and with_all(topic, scene, memory, setting):
        return None
    alone = len({p.code for p in scene.parties}) < 2 and not topic.partner
    guessed = setting.guessed and not memory.pair and not names_pair(scene, topic)
    if guessed and (topic.owner or alone):
        return None  # "Nigeria recorded a total trade of …"
    other = other_party(known, topic, scene, memory, setting)
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
        partner = partner_for(topic, scene, memory, setting)
        return replace(topic, partner=partner) if partner else None
    if topic.partner:
        if worldwide(scene, topic) or _from_everywhere(topic, scene):
            return None
        reporter = _goes_on(topic, scene, memory, setting) or other_party(
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


def _from_everywhere(topic: Topic, scene: Scene) -> bool:
    """ "Tourist arrivals to Malta rose to 246,972", "remittances to Peru rose"."""
    if received(scene.text, topic):
        return True
    sent = topic.commodity == "remittances"
    if not (sent or topic.measure == "tourists") or topic.form != "noun":
        return False
    if sent:
        return all(p.code == topic.partner for p in scene.parties)
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
        opposite(pair, known) if pair and known in pair else _same_receiver(topic, scene, memory)
    )
    if other is None:
        two = next((p for p in (memory.named, setting.counts) if len(p) == 2 and known in p), None)
        other = opposite(two, known) if two else None
    titled = setting.titled and other in setting.ends and known in setting.ends
    if other is None or not (titled or _TOWARDS.match(scene.text, topic.end, scene.end)):
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


def _owner_before(topic: Topic, scene: Scene) -> str | None:
    """ "Oman's imports exceeded exports, with exports of 43 million": Oman's as well."""
    flows = [t for t in scene.topics if t.end <= topic.core and t.form == "noun"]
    owned = [t for t in flows if t.owner and not t.partner and t.measure in GOODS]
    return owned[-1].reporter if owned and topic.measure in GOODS else None


def _unnamed(topic: Topic, scene: Scene, memory: Memory, setting: Setting) -> Topic | None:
    """ "Imports came to …": the pair spoken of, from the same side."""
    if of_no_pair(topic, scene, memory, setting):
        return None
    given = _given_or_sent(topic, scene, memory, setting)
    if given is not None:
        return given
    home = setting.home if is_ours(scene, topic) else None
    pair: tuple[str, ...] | None = memory.pair
    subject = subject_before(topic, scene, memory) or _owner_before(topic, scene)
    if topic.measure == "tourists" and subject and pair and subject not in pair:
        return replace(topic, reporter=subject, partner=pair[1])  # "Canada sent 914,000 tourists"
    if subject and pair and subject in pair:
        other = opposite(pair, subject)
        ends = (other, subject) if goes_to_it(topic, scene) else (subject, other)
        return replace(topic, reporter=ends[0], partner=ends[1])
    if pair is None and len({p.code for p in scene.parties}) == 2:
        hosts = topic.measure == "fdi"  # "invested in Peru, Chile is first, with …"
        here = sorted(scene.parties, key=lambda p: hosts and p.prep in {"in", "into"})
        pair = tuple(dict.fromkeys(p.code for p in here))
    if (
        pair is None
        and len(setting.ends) == 2
        and (home in setting.ends or names_pair(scene, topic))
    ):
        pair = setting.ends
    goods = topic.measure in {"exports", "imports", "balance"}
    local = setting.home in setting.ends and setting.home not in setting.counts
    titled = setting.titled and not setting.guessed and len(setting.ends) == 2
    cut = CUTS.search(scene.text, scene.start, scene.end) is not None
    if pair is None and goods and titled and not local and not cut:
        pair = _titled_pair(scene, setting)
    if pair is None:
        return None
    if home in pair:
        return replace(topic, reporter=home, partner=opposite(pair, home))
    source, host = (pair[1], pair[0]) if _is_inward(topic, scene) else (pair[0], pair[1])
    return replace(topic, reporter=source, partner=host)


def _is_inward(topic: Topic, scene: Scene) -> bool:
    """ "Inward stock of FDI": from the other of two."""
    low = max(scene.start, topic.core - 40)
    return topic.measure == "fdi" and _INWARD.search(scene.text, low, topic.core) is not None


_INWARD = lazy(r"\b(?:[Ii]nward|[Ii]nbound|[Ii]ncoming)\b[^.;,]{0,24}$")


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
        whose = opposite(setting.ends, whose) or whose  # "trade with China … in exports"
    return whose, opposite(setting.ends, whose) or setting.ends[1]


def _given_or_sent(topic: Topic, scene: Scene, memory: Memory, setting: Setting) -> Topic | None:
    """What goes one way: aid in the giver's money, what migrants send, a part of all exports."""
    if topic.measure in {"aid", "loan"} and memory.pair is None:
        return _by_currency(topic, scene, memory, setting)
    last, whole = memory.topic, memory.all_told(scene.number)
    if memory.pair and last and last.measure == PEOPLE and topic.measure == "other":
        return replace(topic, reporter=memory.pair[1], partner=memory.pair[0])
    subject = subject_before(topic, scene, memory) if whole else None
    if subject and whole and whole.measure == topic.measure and subject != whole.reporter:
        return replace(topic, reporter=whole.reporter, partner=subject)
    return None


def _by_currency(topic: Topic, scene: Scene, memory: Memory, setting: Setting) -> Topic | None:
    """ "Development aid rose from DKK 24 million": between two, it is counted by the giver."""
    pair = memory.named if len(memory.named) == 2 else setting.ends
    if len(pair) != 2:
        return None
    homes = {_HOMES.get(quantity.unit) for quantity in scene.quantities}
    giver = next((c for c in pair if c in homes), None)
    return replace(topic, reporter=giver, partner=opposite(pair, giver)) if giver else None
