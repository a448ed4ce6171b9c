"""Attachment: which topic and which period a quantity belongs to.

Topics: a noun right after the quantity ("$3.8 billion in U.S. exports", "a $2 billion
trade surplus") goes before the last topic that stands to the left; a contrasting party
makes a topic of its own ("and with Thailand 9.2 percent", "Canada had $382.6 billion").
"""

from __future__ import annotations

import re
from dataclasses import replace

from accord.read.contrasts import contrasting, people_of
from accord.read.patterns import lazy
from accord.read.peoples import COUNTED, PEOPLE
from accord.read.quantities import Quantity, Sort
from accord.read.scene import Memory, Scene
from accord.read.topic import GIVEN, Topic

__all__ = ["attach_topic", "clause_end", "clause_start"]

_BREAK = lazy(
    r";|,\s+and\s+that\b|\s\b(?:while|whereas|whilst)\b|,\s+but\b"
    r"|\s\bbut\s+(?=(?:gave|sold|bought|sent|took|paid|fell|rose|lent|received)\b)"
)

_NO_BRIDGE = lazy(
    r"[,;:()]|\b(?:out|from|to|against|with|while|but|compared|for|by|was|were|is|are|as|which|that|over|during|than|had|rose|fell|grew|and(?!\s+(?:services|imports|exports|development|security|economic|humanitarian))|on|at|it|its|their|resulting|leaving|giving|yielding|since|until|after|because|when|if|not|has|have|will|would|more|less|higher|lower|up|down)\b",
    re.IGNORECASE,
)

_OWNED = lazy(r"\s+of\s+(?:its|their|our|his|her)\b")

_OWN = lazy(r"^\s+(?:its|their|our|his|her)\b")

_LEADS_OF = lazy(r"\s+(?:worth\s+)?(?:in|of|worth\s+of)\b", re.IGNORECASE)


def clause_end(text: str, start: int, limit: int) -> int:
    """Where the clause that holds ``start`` ends."""
    match = _BREAK.search(text, start, limit)
    return match.start() if match else limit


def clause_start(text: str, floor: int, at: int) -> int:
    """Where the clause that holds ``at`` begins."""
    last = floor
    for match in _BREAK.finditer(text, floor, at):
        last = match.end()
    return last


def attach_topic(
    index: int, scene: Scene, memory: Memory, chosen: list[Topic | None]
) -> tuple[Topic | None, bool]:
    """The topic of quantity ``index``, and whether it is carried from another sentence."""
    quantity = scene.quantities[index]
    right = _right_topic(quantity, index, scene)
    left = _left_topic(quantity, scene)
    if right is not None and right.measure == PEOPLE and not right.partner:
        also = people_of(quantity, scene, left or _last(chosen) or memory.topic)
        if also is not None:
            return also, False
    same = left is not None and right is not None and left.measure == right.measure
    rate = quantity.sort in {Sort.PERCENT, Sort.FRACTION} and not (right and right.partner)
    if (
        same
        and left is not None
        and left.partner
        and (rate or _OWNED.match(scene.text, quantity.end))
    ):
        right = None  # "sold 5 tonnes to Chad, a quarter of its total exports"
    if right is not None and not _tight(left, quantity, scene):
        return _from_verb(right, left, quantity, scene), False
    if right is not None and left is not None and not left.partner:
        left = replace(
            left,
            partner=next(
                (c for c in (right.partner, right.reporter) if c and c != left.reporter), None
            ),
        )
    if (later := _own_clause(left, quantity, index, scene)) is not None:
        return later, False
    return _from_left(index, scene, memory, chosen, left)


def _from_left(
    index: int, scene: Scene, memory: Memory, chosen: list[Topic | None], left: Topic | None
) -> tuple[Topic | None, bool]:
    """The topic before a quantity, or a party set against it, else one told earlier."""
    quantity = scene.quantities[index]
    apart = _elliptic(chosen, left, quantity) if left is not None else None
    if apart is not None and scene.text.find("respectively", scene.start, scene.end) >= 0:
        apart = None
    model = apart or _settled(left, chosen) or _last(chosen) or _spoken_of(scene, memory)
    if left is not None and _from_anybody(left) and index and chosen[index - 1] is None:
        return left, False
    contrast = contrasting(quantity, index, scene, model)
    if contrast is not None:
        return contrast, False
    if left is not None:
        return apart or left, False
    ahead = _topic_ahead(quantity, index, scene) or _opens_with(quantity, scene)
    if ahead is not None:
        return ahead, False
    return _carried(scene, memory), True


def _spoken_of(scene: Scene, memory: Memory) -> Topic | None:
    """The flow told before; one with everybody, where it came last, may be told by partners."""
    return memory.all_told(scene.number) or memory.topic


def _from_anybody(topic: Topic) -> bool:
    """ "FDI in Peru was $3 billion and Chile $4 billion": neither is from the other."""
    return topic.measure == "fdi" and not (topic.reporter and topic.partner)


def _tight(left: Topic | None, quantity: Quantity, scene: Scene) -> bool:
    """ "a deficit of $35 billion in trade with China": the first noun has the number."""
    if left is None or left.form != "noun" or left.measure != "balance":
        return False
    gap = scene.masked[left.end : quantity.start]
    return (
        re.fullmatch(
            r"\s*(?:of|at|worth|was|is|stood\s+at|totalling|totaling|came\s+to|reached|:)?\s*", gap
        )
        is not None
    )


def _from_verb(right: Topic, left: Topic | None, quantity: Quantity, scene: Scene) -> Topic:
    """ "Australia gave the islands A$156m in aid": the verb has the parties."""
    if left is None or left.form != "verb" or (right.reporter and right.partner):
        return right
    if left.measure == right.measure == "tourists" and quantity.start - left.end < 40:
        return replace(right, reporter=right.reporter or left.reporter, partner=left.partner)
    if right.measure not in GIVEN or quantity.start - left.end > 90:
        return right
    if left.measure not in {"aid", "loan", right.measure}:
        return right
    return replace(
        right,
        form="verb" if right.measure == left.measure == "fdi" else right.form,
        start=left.start,
        reporter=left.reporter or right.reporter,
        partner=right.partner if right.partner not in {None, left.reporter} else left.partner,
        owner=left.owner,
    )


def _elliptic(chosen: list[Topic | None], left: Topic, quantity: Quantity) -> Topic | None:
    """ "…, with Japan increased 700 mln to 14.8 billion": the partner set apart last."""
    last = _last(chosen)
    if last is None or last.form != "ellipsis":
        return None
    return last if left.end <= last.core < quantity.start else None


def _last(chosen: list[Topic | None]) -> Topic | None:
    return next((t for t in reversed(chosen) if t is not None), None)


def _right_topic(quantity: Quantity, index: int, scene: Scene) -> Topic | None:
    following = (
        scene.quantities[index + 1].start if index + 1 < len(scene.quantities) else scene.end
    )
    for topic in scene.topics:
        if topic.core < quantity.core or not _countable(quantity, topic):
            continue
        if topic.core < quantity.end:
            return topic  # "120,000 Chinese tourists": the counted noun
        if topic.core >= following or topic.core - quantity.end > 90:
            return None
        bridge = scene.masked[quantity.end : topic.core]
        if quantity.direction:  # "halved its gold sales"
            bridge = re.sub(r"^\s+(?:its|their|the|his|our)\b", " ", bridge)
        led = _LEADS_OF.match(bridge)
        bridge = _OWN.sub(" ", bridge[led.end() :]) if led else bridge
        if topic.measure == "tourists" and topic.form == "verb" and quantity.unit == "persons":
            return topic if not bridge.strip() else None  # "1.5 million Russians visited"
        if (
            topic.form == "noun"
            and not _NO_BRIDGE.search(bridge)
            and (led or len(bridge.split()) <= 4)
        ):
            return topic
        if topic.form == "noun" and _of_which(scene, quantity, topic):
            return topic
        if topic.form == "noun" and re.fullmatch(
            r"(?:,|\s)*(?:\w+\s+in\s+)?(?:the\s+)?(?:value|size|volume|sum|figure|amount)\s+of\s+\S*\s*",
            bridge,
        ):
            return topic
        return None
    return None


_WERE = lazy(r"\s+(?:was|were|is|are)\s+(?:\S+\s+){0,2}\s*")

_OF_WHICH = lazy(r"\bof\s+(?:which|this|that|it|them)\W+(?:\w+\s+)?$", re.IGNORECASE)
_OF_THE_SUM = lazy(r"(?:^|[,;]|\b(?:and|while|whereas|with))\s+(?:\w+\s+)?$")
_ENDED = lazy(r"\s*(?:[,;)]|\.(?!\d)|$|\b(?:and|while|whereas|from|to|by|in)\b)")


def _of_which(scene: Scene, quantity: Quantity, topic: Topic) -> bool:
    """ "of which 63.3 billion were German exports", "$9m were exports and $4m were imports"."""
    if _WERE.fullmatch(scene.masked, quantity.end, topic.core) is None:
        return False
    low = max(scene.start, quantity.start - 20)
    if _OF_WHICH.search(scene.text, low, quantity.start):
        return True
    flow = topic.measure in {"exports", "imports"} and not topic.partner
    ended = _ENDED.match(scene.text, topic.end, scene.end) is not None
    return flow and ended and _OF_THE_SUM.search(scene.text, low, quantity.start) is not None


def _left_topic(quantity: Quantity, scene: Scene) -> Topic | None:
    best = None
    for topic in scene.topics:
        if topic.end <= quantity.core and _countable(quantity, topic):
            if best is not None and _bracketed(scene, topic, quantity):
                continue  # "total trade (exports plus imports) was …"
            if best is not None and _names_partner(best, topic):
                continue  # "its trade with its biggest customer, Peru, fell"
            best = _given_by_verb(best, topic) if best is not None else topic
    if best is not None and best.measure == "tourists" and _weighed(quantity):
        return replace(best, measure="imports", reporter=None, partner=best.reporter, owner=False)
    return best


def _names_partner(flow: Topic, ranked: Topic) -> bool:
    """Whether a rank only says who the partner of a flow is."""
    if ranked.form != "ranking" or flow.form != "noun" or ranked.measure == flow.measure:
        return False
    ends = {flow.reporter, flow.partner} - {None}
    goods = flow.measure in {"exports", "imports", "balance"} or len(ends) == 2
    same = goods and flow.partner is not None and ends <= {ranked.reporter, ranked.partner}
    return same and (ranked.start <= flow.start or ranked.start - flow.end < 25)


def _weighed(quantity: Quantity) -> bool:
    """ "Canadian rapeseed arrivals were 0.52 million tonnes": goods arrived, not people."""
    return quantity.sort is Sort.COUNT and quantity.unit not in {
        *COUNTED, "trips", "overnight stays"
    }  # fmt: skip


def _given_by_verb(verb: Topic, noun: Topic) -> Topic:
    """ "Has given Tanzania more assistance than any other": the verb has the parties."""
    given = {"aid", "loan"}
    if noun.form != "noun" or verb.form != "verb" or not {noun.measure, verb.measure} <= given:
        return noun
    if noun.core - verb.end > 60 or not (verb.reporter and verb.partner):
        return noun
    if noun.reporter and noun.partner:
        return noun
    return replace(noun, reporter=verb.reporter, partner=verb.partner, owner=verb.owner)


def _settled(left: Topic | None, chosen: list[Topic | None]) -> Topic | None:
    """The flow to the left with the parties that an earlier number gave it."""
    same = [t for t in reversed(chosen) if t is not None and left and t.core == left.core]
    if not same or left is None or (left.form != "verb" and same[0] is not _last(chosen)):
        return left
    swapped = next((t.swapped for t in same if t.swapped), None)
    return replace(same[0], swapped=same[0].swapped or swapped)


def _own_clause(left: Topic | None, quantity: Quantity, index: int, scene: Scene) -> Topic | None:
    """ "The deficit was $48.7bn; telephones worth $3bn were bought": the verb of its clause."""
    if left is None or ";" not in scene.text[left.end : quantity.start]:
        return None
    ahead = _topic_ahead(quantity, index, scene)
    start = scene.text.rfind(";", left.end, quantity.start)
    named = any(start < p.start < quantity.start for p in scene.parties)
    return ahead if ahead is not None and ahead.form == "verb" and not named else None


def _bracketed(scene: Scene, topic: Topic, quantity: Quantity) -> bool:
    """Whether brackets that are closed before the number stand around a topic."""
    opened = scene.text.rfind("(", scene.start, topic.core)
    closed = scene.text.find(")", topic.end, quantity.start)
    return opened >= 0 and closed >= 0 and ")" not in scene.text[opened : topic.core]


def _countable(quantity: Quantity, topic: Topic) -> bool:
    """Whether a number can be one of people, or one of goods and money."""
    if topic.measure == PEOPLE:
        return quantity.sort not in {Sort.MONEY} and (
            quantity.sort is not Sort.COUNT or quantity.unit in COUNTED
        )
    persons = quantity.sort is Sort.COUNT and quantity.unit in COUNTED
    return not persons or topic.measure == "tourists"


_STATES = lazy(
    r"\s*(?:,\s*)?(?:was|were|is|are|as|represent\w*|worth|of|in|for|that|which|it|they|the|more|less|up|down|moved|flowed|went|reached|entered|came|crossed|poured|by|\))(?!\w)"
)

_OPENING = lazy(
    r"\W*(?:After|Having|Despite|Following)\s+\w+ing\s+(?:by\s+)?(?:an?\s+)?(?:\w+\s+)?$"
    r"|\W*(?:With|After|Despite|Following)\s+an?\s+(?:\w+\s+)?(?:jump|rise|increase|growth|gain|surge|fall|drop|decline|decrease|slump|plunge)\s+of\s+(?:\w+\s+)?$"
)

_AT = lazy(r"\W*(?:At|Worth|Totall?ing)\s+(?:an?\s+|the\s+|record\s+|just\s+|only\s+)*")


def _opens_with(quantity: Quantity, scene: Scene) -> Topic | None:
    """ "After falling 12% in 2011, Portugal's exports climbed": the flow comes behind."""
    at = _AT.fullmatch(scene.text, scene.start, quantity.start) is not None
    at = at and scene.text.startswith(",", quantity.end)
    if not at and not _OPENING.fullmatch(scene.text, scene.start, quantity.core):
        return None
    return next((t for t in scene.topics if quantity.end <= t.core < quantity.end + 90), None)


def _topic_ahead(quantity: Quantity, index: int, scene: Scene) -> Topic | None:
    limit = min(clause_end(scene.text, quantity.end, scene.end), quantity.end + 120)
    ahead = next((t for t in scene.topics if quantity.end <= t.core < limit), None)
    if ahead is None or not _STATES.match(scene.masked, quantity.end):
        return None
    return ahead


_OPENER = lazy(
    r"[\"'(\s]*(?:(?:and|but|of\s+this|of\s+which)\s+)?(?:it|that|this|they|these|the\s+(?:figures?|totals?|amount|value|volume|number|increase|rise|growth|decline|drop|year-on-year|sum|rate|share|countr|two|pair|bloc)|from|to|with|compared|up|down|for|in|by|between|during|over|since|last|at|exports?|imports?|a\s+year)\b",
    re.IGNORECASE,
)

_FOREIGN = lazy(
    r"\b(?:GDP|inflation|interest\s+rate|unemployment|population|budget|revenue|profits?|shares?\s+(?:in\s+\w+\s+)?(?:rose|fell|price|lost|gained|dropped|slipped|climbed|closed|jumped)|index|jobs?|votes?|poll|percent\s+of\s+(?:people|voters)|tariffs?\s+(?:of|on|rate)|duty|duties|tax|wages?|salary|consumption|(?:ending|carry-?over|final|closing)\s+stocks|acreage|stocks?\s+(?:rose|fell)|bond|currency|per\s+capita|economy|debt|reserves|company|firm's|growth\s+rate\s+of\s+(?:the\s+)?econom\w+|output|production|produces?|producing|harvest|fine|died|killed|rainfall)\b",
    re.IGNORECASE,
)


def _carried(scene: Scene, memory: Memory) -> Topic | None:
    """The topic of the sentences before, where this one takes it up."""
    if memory.topic is None or scene.number - memory.sentence > 2:
        return None
    if memory.sentence == scene.number:
        return memory.rival
    if _FOREIGN.search(scene.text, scene.start, scene.end):
        return None
    opened = (
        _OPENER.match(scene.text, scene.start) or _OPENER.match(scene.undated, scene.start)
    ) is not None
    last = memory.rival or memory.topic
    if opened or _of_the_first(scene, memory.topic, last):
        return memory.topic
    if (
        scene.parties and scene.parties[0].start - scene.start < 12
    ) or scene.number - memory.sentence <= 1:
        return last
    return None


def _of_the_first(scene: Scene, first: Topic, last: Topic) -> bool:
    """Whether who is named now took part in the first flow of the sentence before alone."""
    one, other = {first.reporter, first.partner}, {last.reporter, last.partner}
    named = {p.code for p in [*scene.parties, *scene.sources]}
    return bool(named & (one - other)) and not named & (other - one)
