"""Which quantities are no figure of a flow: polls, duties, what is of something else."""

from __future__ import annotations

import re

from accord.read.changes import Place
from accord.read.patterns import lazy
from accord.read.peoples import COUNTED, PEOPLE
from accord.read.quantities import Quantity, Sort
from accord.read.scene import Scene
from accord.read.slots import RATES, Slot
from accord.read.topic import Topic

__all__ = ["fits", "untopical"]


def untopical(scene: Scene, start: int, end: int) -> str:
    """Masked text without the words of topics."""
    words = scene.masked[start:end]
    for topic in scene.topics:
        if start <= topic.core and topic.end <= end and topic.form == "noun":
            words = (
                words[: topic.core - start]
                + " " * (topic.end - topic.core)
                + words[topic.end - start :]
            )
    return words


_NOT_A_FLOW = lazy(
    r"\b(?:interest|inflation|GDP|gross\s+(?:domestic|national)|econom(?:y|ies)|stake|unemployment|approval|votes?|per\s+capita|efficacy|discount|cut\s+in\s+emissions)\b",
    re.IGNORECASE,
)

_FOREIGN_LEAD = lazy(
    r"\b(?:GDP|gross\s+domestic\s+product|population|GNP|budget|reserves|market\s+capitali[sz]ation|revenues?|loss(?:es)?|profits?|damages?|salar(?:y|ies)|fine\s+of|economy|cost(?:s|ing)?)\b[^;]*$",
    re.IGNORECASE,
)

_SWAP = lazy(r"\s*(?:\([^)]{0,40}\)\s*)?(?:[\w-]+\s+){0,2}?(?:currency\s+)?swap\b")
_OF_DEALS = lazy(
    r"\b(?:projects|contracts|agreements|deals|MoUs|memoranda|documents|ventures),?\s+(?:worth|valued\s+at|totall?ing|with\s+(?:an?\s+)?(?:total|combined|overall)\s+(?:value|worth)\s+of)\s+(?:over\s+)?$",
    re.IGNORECASE,
)

SMALLEST = 2e4  # units of money; flows between countries are larger

_POLL = lazy(
    r"\b(?:told\s+pollsters|polls?|survey(?:ed)?|respondents|voters|per\s+(?:thousand|hundred|head|capita|100|1,000)|one\s+in|six\s+in|\w+\s+in\s+ten)\b"
)


def _of_a_poll(quantity: Quantity, scene: Scene) -> bool:
    """Whether people are only asked, or counted by the head of others."""
    part = quantity.sort is Sort.COUNT and quantity.value < 1e4 and quantity.value % 1 != 0
    return part or _POLL.search(scene.text, scene.start, scene.end) is not None


def fits(slot: Slot, scene: Scene, floor: int) -> bool:
    """Whether a quantity of this sort can be one of its topic."""
    quantity, topic, reading = slot.quantity, slot.topic, slot.reading
    if topic is None or reading is None or _of_something_else(quantity, topic, scene, floor):
        return False
    if topic.measure == PEOPLE and _of_a_poll(quantity, scene):
        return False
    if slot.share:
        return True
    if quantity.sort is Sort.MONEY:
        if topic.measure in {"tourists", PEOPLE}:
            return False
        return quantity.value >= SMALLEST or topic.form == "ranking"  # else a price, a fare
    if quantity.sort is Sort.AMOUNT:
        return reading.place is not Place.BY
    if quantity.sort is Sort.COUNT:
        return _counts(quantity, topic)
    return reading.place is Place.BY


_BELOW_MARK = lazy(r"\b(?:fall|fell|drop|slip|dip|sink|plung)\w*\s+(?:below|under)\s+(?:the\s+)?$")
_MARK = lazy(
    r"\b(?:fall|drop|slip|dip|sink|sinking|dipp|slipp|dropp|fell|plung)(?:ing|ed|s)?\s+(?:below|under)\s+(?:the\s+)?$"
)
_MARK = lazy(r"[\s-](?:mark|threshold|level|line)\b")


_WITHIN_MARK = lazy(r"\b(?:in|within|inside|around|near)\s+the\s+$")


def _is_milestone(quantity: Quantity, scene: Scene) -> bool:
    """ "Falling below the ten billion-dollar mark": no amount by which it fell."""
    low = max(scene.start, quantity.start - 30)
    lead = _BELOW_MARK.search(scene.text, low, quantity.core)
    lead = lead or _WITHIN_MARK.search(scene.text, low, quantity.core)
    return lead is not None and _MARK.match(scene.text, quantity.end) is not None


_THAN_TO = lazy(
    r"\s+(?:more|less|higher|lower|larger|smaller)\s+than\s+(?:(?:that|those)\s+)?(?:to|with|from|in|for|of|via)\s+(?:the\s+)?"
)


def _sets_apart(quantity: Quantity, scene: Scene) -> bool:
    """ "$6 billion more than to Germany": two flows beside each other, no change."""
    if quantity.sort not in {Sort.MONEY, Sort.AMOUNT, Sort.COUNT}:
        return False
    than = _THAN_TO.match(scene.text, quantity.end, scene.end)
    return than is not None and any(p.start == than.end() for p in scene.parties)


_LISTED = lazy(r"\s+in\s+[^,;.]{2,30}\band\s*")  # "$4bn in one and $2bn in the other"


# "investment in the Kazakh economy", "into the economy of Peru": the host, not its output
_IN_ITS_ECONOMY = lazy(
    r"\b(?:in|into|to|with|from)\s+(?:the\s+)?(?:economy\s+of\b|(?:[\w.'-]+\s+){1,3}economy\b)",
    re.IGNORECASE,
)


def _of_something_else(quantity: Quantity, topic: Topic, scene: Scene, floor: int) -> bool:
    """Whether the words beside it make it a tariff, a budget, a population."""
    around = scene.text[max(floor, quantity.start - 50) : min(scene.end, quantity.end + 45)]
    after_topic = topic.end if topic.end < quantity.start else 0
    listed = _LISTED.fullmatch(scene.text, floor, quantity.start)
    reach = (scene.start, 80) if listed else (floor, 50)
    lead = scene.text[max(reach[0], after_topic, quantity.start - reach[1]) : quantity.start]
    lead = _IN_ITS_ECONOMY.sub(" ", lead)
    lead = lead.replace("costing", " ") if topic.measure in {"loan", "aid"} else lead
    if _SWAP.match(scene.text, quantity.end, scene.end):
        return True
    if _FOREIGN_LEAD.search(lead) or _is_of_deals(quantity, topic, scene):
        return True
    if _sets_apart(quantity, scene) or _is_milestone(quantity, scene):
        return True
    return quantity.sort in RATES and (
        _NOT_A_FLOW.search(around) is not None or _is_duty(quantity, scene)
    )


def _is_of_deals(quantity: Quantity, topic: Topic, scene: Scene) -> bool:
    """ "90 projects worth $200 billion": what was agreed, not what is traded."""
    low = max(scene.start, quantity.start - 60)
    match = _OF_DEALS.search(scene.text, low, quantity.start)
    if match is None or topic.end > match.start():
        return False
    signed = topic.measure == "fdi" and not match.group().lower().startswith(("proj", "vent"))
    return signed or topic.measure in {"total_trade", "exports", "imports", "services_trade"}


_DUTY = r"(?:tariffs?|dut(?:y|ies)|tax(?:es)?|levy|levies|surcharges?)"

_DUTY_AFTER = lazy(rf"\s*(?:\w+\s+){{0,3}}{_DUTY}\b", re.IGNORECASE)

# "98 per cent of exports will enter duty-free": what a pact frees, not who buys.
_FREED = lazy(
    r"\s+of\s+[^.,;\d]{3,50}?\b(?:(?:duty|tariff|customs)-free|free\s+of\s+(?:duty|duties|tariffs?)|tariff\s+lines?|(?:are|be|been|being|is|was|were)\s+(?:\w+ly\s+)?(?:eliminated|liberali[sz]ed))\b"
)
_DUTY_BEFORE = lazy(
    rf"\b{_DUTY}(?:\s+(?!cut|hit|hurt|drove|pushed|reduced|lowered)\w+){{0,4}}?\s+(?:of|at|to|from|by|on|is|are|was|were|between)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)


def _is_duty(quantity: Quantity, scene: Scene) -> bool:
    """Whether a rate is that of a tariff ("a 20 per cent tariff", "duties of 10 percent")."""
    low = max(scene.start, quantity.start - 60)
    return (
        _FREED.match(scene.text, quantity.end, scene.end) is not None
        or _DUTY_AFTER.match(scene.text, quantity.end, scene.end) is not None
        or _DUTY_BEFORE.search(scene.text, low, quantity.start) is not None
    )


def _counts(quantity: Quantity, topic: Topic) -> bool:
    if topic.measure == "tourists":
        return quantity.unit in {"persons", "trips", "overnight stays"}
    if topic.measure == PEOPLE:
        return quantity.unit in COUNTED
    flows = {"exports", "imports", "aid", "loan", "total_trade"}
    return topic.measure in flows and quantity.unit not in {
        "permits", "visas", "scholarships",
        "containers", "persons", "jobs", "companies", "projects", "flights", "trips", "km",
        "hectares", "MW",
    }  # fmt: skip
