"""Rankings: who is first, second or largest in whose list.

"X is Y's third-largest trading partner", "X ranks second among buyers of Y's goods",
"second only to Z among investors in Y", "4th and 12th largest … respectively",
"the third largest in the world" of a surplus, a record among the years of a flow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from accord.model.period import Period
from accord.model.statement import Approximation, Kind, Measure, Statement, Trace
from accord.read.attachment import clause_start
from accord.read.lexicons import read_table
from accord.read.parties import Party
from accord.read.periods import PeriodMention, Role
from accord.read.resolution import resolve_topic
from accord.read.scene import Memory, Scene, Setting
from accord.read.topics import Topic

__all__ = ["ranking_topics", "read_rankings"]

_WORDS = {
    word: place
    for place, words in enumerate(
        (
            "first 1st", "second 2nd", "third 3rd", "fourth 4th", "fifth 5th", "sixth 6th", "seventh 7th", "eighth 8th",
            "ninth 9th", "tenth 10th", "eleventh 11th", "twelfth 12th", "thirteenth", "fourteenth", "fifteenth",
            "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",
        ),
        1,
    )
    for word in words.split()
}  # fmt: skip
_CARDINALS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
_ORDINAL = rf"(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))}|\d{{1,3}}(?:st|nd|rd|th)|twenty-\w+|(?:number|No\.?|no\.?|#)\s?(?:\d{{1,2}}|one|two|three|four|five|six|seven|eight|nine|ten))"
_SUPER = r"(?:largest|biggest|most\s+important|leading|main|top|principal|foremost|major(?!\w)|greatest|most\s+significant|primary|chief|premier|highest|best|key(?!\w))"
_PLACE = rf"(?:(?P<ordinal>{_ORDINAL})(?:\s*(?:,|and|or)\s*(?P<second>{_ORDINAL}))?[\s-]+(?:(?:{_SUPER})[\s-]+)?|(?P<super>{_SUPER})[\s-]+)"
_ONE_OF = re.compile(
    r"\b(?:one|some|two|three|several|many|most|any)\s+(?:of|among)\s+(?:[\w.'-]+\s+){0,6}$|\bamong\s+(?:the\s+|its\s+|their\s+|[\w.'-]+'s\s+)(?:\w+\s+){0,2}$|\bamong\s+(?:the\s+)?$|\ban?\s+$|\bof\s+the\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_RANKS = re.compile(
    rf"\b(?:in|rank(?:s|ed|ing)?|com(?:es|ing)|came|stands?|stood|plac(?:ed|es)|is|was|moved(?:\s+up)?|rose|climbed|became|slipped|fell|and|with|were|finished|listed)\s+(?:(?:up|in|at|as|to|the|its|now|currently|also|down|only|back)\s+)*(?P<ordinal>{_ORDINAL})(?:[\s-]+(?:place|position|rank|spot|largest|biggest))?\s+(?:only\s+to\s+(?:the\s+)?(?P<behind>[\w.' -]{{2,30}}?)\s+)?(?:among|amongst|in\s+the\s+(?:list|ranking|rankings|table)\s+of|of|as\s+an?|in|on\s+the\s+list\s+of)\s+(?P<list>[^.;]{{2,90}})",
    re.IGNORECASE,
)
_RECORD = re.compile(
    r"\b(?:(?:set|sets|hit|hits|hitting|reached)\s+(?:an?\s+)?(?:new\s+|all-time\s+)?record(?!\s+(?:low|number))|an?\s+(?:all-time\s+|new\s+|historic\s+)?(?:record|high)(?:\s+(?:high|level))?(?=\s+(?:for|in\s+the\s+history|since)\b)|(?:the\s+)?(?:highest|largest)\s+(?:\w+\s+)?(?:ever|on\s+record)|(?:a\s+|an\s+)?(?:all-time|record|historic|new)\s+(?:record\s+)?high|(?:a\s+)?record\s+(?:high|level)|the\s+(?P<nth>second|third)[\s-](?:highest|largest)\s+(?:ever|on\s+record))\b",
    re.IGNORECASE,
)
_OF_BALANCE = re.compile(
    rf"\b(?:the|its|their|our)\s+(?:(?P<ordinal>{_ORDINAL})[\s-]+)?(?P<super>largest|biggest|highest|widest)(?=\s+(?:in\s+the\s+world|with\s+any|of\s+any|among|recorded|bilateral|for\s+any|anywhere))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Noun:
    measure: Measure
    of_owner: bool


@cache
def _noun_phrase() -> re.Pattern[str]:
    nouns = "|".join(
        f"(?P<n{i}>{entry['pattern']})" for i, entry in enumerate(read_table("rankings")["nouns"])
    )
    return re.compile(
        rf"\b{_PLACE}(?P<what>(?:(?!and\b|of\b|in\b|to\b|was\b|is\b|with\b|for\b|among\b|any\b|on\b|at\b)[A-Za-z][\w.'-]*\s+){{0,4}}?)(?:{nouns})(?![\w-])",
        re.IGNORECASE,
    )


@cache
def _list_noun() -> re.Pattern[str]:
    nouns = "|".join(
        f"(?P<n{i}>{entry['pattern']})" for i, entry in enumerate(read_table("rankings")["nouns"])
    )
    return re.compile(rf"\b(?:{nouns})(?![\w-])", re.IGNORECASE)


def _noun(match: re.Match[str]) -> _Noun | None:
    for place, entry in enumerate(read_table("rankings")["nouns"]):
        if match.group(f"n{place}"):
            return _Noun(Measure(entry["measure"]), entry["list"] == "owner")
    return None


def rank_of(word: str | None) -> int:
    """The place that an ordinal names; 1 for a bare superlative."""
    if not word:
        return 1
    plain = re.sub(r"^(?:number|no\.?|#)\s?", "", word.lower())
    if plain in _WORDS or plain in _CARDINALS:
        return _WORDS.get(plain) or _CARDINALS[plain]
    digits = re.match(r"\d+", plain)
    if digits:
        return int(digits.group())
    tens, _, ones = plain.partition("-")
    return 20 + _WORDS.get(ones, 0)


def read_rankings(scene: Scene, memory: Memory, setting: Setting) -> list[Statement]:
    """The rankings that a sentence asserts."""
    found = [*_phrases(scene, memory, setting), *_ranked_among(scene, memory, setting)]
    found += [*_balances(scene, memory, setting), *_records(scene, memory, setting)]
    found += [*_elliptic(found, scene, memory)]
    return _apart(found)


def ranking_topics(found: list[Statement]) -> list[Topic]:
    """What rankings speak of, for the figures that follow them ("with more than …")."""
    topics = []
    for s in found:
        measure = "fdi" if s.measure is Measure.FDI_STOCK else str(s.measure)
        if s.reporter and s.partner and measure not in {"other"}:
            topics.append(
                Topic(
                    s.start, s.end - 1, s.end, measure, "ranking", s.reporter, s.partner, owner=True
                )
            )
    return topics


def _apart(found: list[Statement]) -> list[Statement]:
    kept: list[Statement] = []
    for s in found:
        if not any(
            k.value == s.value
            and (k.reporter, k.partner) == (s.reporter, s.partner)
            and k.measure == s.measure
            for k in kept
        ):
            kept.append(s)
    return kept


def _phrases(scene: Scene, memory: Memory, setting: Setting) -> Iterator[Statement]:
    for match in _noun_phrase().finditer(scene.text, scene.start, scene.end):
        noun = _noun(match)
        before = scene.text[max(scene.start, match.start() - 50) : match.start()]
        if noun is None or _ONE_OF.search(before) or _is_plural_only(match):
            continue
        if noun.measure in {Measure.EXPORTS} and not _export_list(match, scene):
            continue
        subjects = _subjects(match, scene, memory, setting)
        owner = _owner(match, scene, memory, setting, subjects)
        ranks = [rank_of(match.group("ordinal"))]
        if match.group("second"):
            ranks.append(rank_of(match.group("second")))
        if (
            match.group("ordinal")
            and not match.group("super")
            and not _has_super(match)
            and ranks == [1]
        ):
            continue  # "the first partner"
        for place, rank in enumerate(ranks):
            subject = subjects[min(place, len(subjects) - 1)] if subjects else None
            statement = _ranking(
                scene, memory, (match.start(), match.end()), (noun, subject, owner, rank)
            )
            if statement is not None:
                yield statement


def _has_super(match: re.Match[str]) -> bool:
    return (
        re.search(_SUPER, match.group(), re.IGNORECASE) is not None
        or re.match(r"(?:number|no|#)", match.group(), re.IGNORECASE) is not None
    )


def _is_plural_only(match: re.Match[str]) -> bool:
    word = match.group().rstrip()
    if match.group("second"):
        return False
    return (
        re.search(
            r"(?:partners|markets|investors|suppliers|donors|buyers|customers|destinations|sources|creditors|lenders|traders|exporters|importers)$",
            word,
        )
        is not None
    )


def _export_list(match: re.Match[str], scene: Scene) -> bool:
    """A bare "market" ranks exports only where goods, exports or a seller are meant."""
    if not re.search(r"markets?$|destinations?$", match.group(), re.IGNORECASE) or re.search(
        r"export", match.group(), re.IGNORECASE
    ):
        return True
    after = scene.text[match.end() : match.end() + 40]
    before = scene.text[max(scene.start, match.start() - 40) : match.start()]
    return re.match(r"\s+for\b", after) is not None or (
        re.search(r"(?:'s|s'|its|our|their)\s+$", before) is not None
        and re.search(r"world", before) is None
    )


def _subjects(match: re.Match[str], scene: Scene, memory: Memory, setting: Setting) -> list[str]:
    """Who holds the place: the clause's subject, an apposition, "we" or "it"."""
    start = clause_start(scene.text, scene.start, match.start())
    before = [p for p in scene.parties if start <= p.start and p.end <= match.start()]
    before = [p for p in before if not _owns(p, match, scene)]
    bare = [p for p in before if p.bare and not p.possessive] or [
        p for p in before if p.prep in {"with", "of", "by", "than", "for"} and not p.possessive
    ]
    if bare:
        chain = [bare[-1]]
        for party in reversed(bare[:-1]):
            if not chain[0].joined:
                break
            chain.insert(0, party)
        if len(chain) == 1 and len(bare) > 1 and _passed(bare, scene):
            chain = [bare[0]]
        return [p.code for p in chain]
    after = [
        p
        for p in scene.parties
        if 0 <= p.start - match.end() < 40 and _apposed(scene.text[match.end() : p.start], p)
    ]
    if after:
        return [after[0].code]
    lead = scene.text[start : match.start()]
    if re.search(r"\b(?:we|our\s+country|as)\b", lead, re.IGNORECASE) and setting.home:
        return [setting.home]
    if (
        re.match(
            r"\W*(?:it|the\s+(?:country|kingdom|bloc|union|group|island|republic))\b",
            lead,
            re.IGNORECASE,
        )
        and memory.subject
    ):
        return [memory.subject]
    return []


def _passed(bare: list[Party], scene: Scene) -> bool:
    """ "the U.S. has surpassed China as", "X, ahead of Y"."""
    gap = scene.text[bare[-2].end : bare[-1].start]
    return (
        re.search(
            r"\b(?:surpass|overtak|overtook|pass|replac|displac|ahead\s+of|behind|topp|edg|pipp|after|succeed)",
            gap,
            re.IGNORECASE,
        )
        is not None
    )


def _apposed(gap: str, party: Party) -> bool:
    return (
        re.fullmatch(
            r"(?:,|\s+(?:is|was|remains|became|being|remained|has\s+been|:|-))\s*(?:the\s+|now\s+|still\s+)*",
            gap,
        )
        is not None
        and not party.possessive
    )


def _owns(party: Party, match: re.Match[str], scene: Scene) -> bool:
    gap = scene.text[party.end : match.start()]
    return party.possessive and re.fullmatch(r"'s?\s*(?:\w+\s+){0,2}", gap) is not None


def _owner(
    match: re.Match[str], scene: Scene, memory: Memory, setting: Setting, subjects: list[str]
) -> str | None:
    """Whose list it is: "Y's", "of Y", "in Y", "its", "our"."""
    owners = [p for p in scene.parties if p.end <= match.start() and _owns(p, match, scene)]
    if owners:
        return owners[-1].code
    inside = [p for p in scene.parties if match.start() <= p.start and p.end <= match.end() + 1]
    if inside:
        return inside[-1].code
    after = [
        p
        for p in scene.parties
        if match.end() <= p.start
        and p.start - match.end() < 60
        and (
            p.prep in {"of", "for", "in", "to", "within", "into", "on", "with"}
            or p.adjective
            or p.possessive
        )
    ]
    after = [
        p
        for p in after
        if p.code not in subjects and not re.search(r"[;,.]", scene.text[match.end() : p.start])
    ]
    if after:
        return after[0].code
    lead = scene.text[max(scene.start, match.start() - 14) : match.start()].lower()
    if re.search(r"\bour\s+(?:\w+\s+)?$", lead):
        return setting.home or next((c for c in setting.pair if c not in subjects), None)
    if re.search(
        r"\b(?:its|their|his|the\s+country's|the\s+bloc's|the\s+kingdom's|the\s+islands?'s?)\s+(?:\w+\s+)?$",
        lead,
    ):
        return _possessor(match, scene, memory, subjects, setting)
    ours = re.match(r"\s+of\s+ours\b", scene.text[match.end() : match.end() + 10])
    return setting.home if ours else _possessor(match, scene, memory, subjects, setting)


def _possessor(
    match: re.Match[str], scene: Scene, memory: Memory, subjects: list[str], setting: Setting
) -> str | None:
    before = [p.code for p in scene.parties if p.end <= match.start() and p.code not in subjects]
    if before:
        return before[-1]
    for code in [memory.subject, *(memory.pair or ()), *setting.pair]:
        if code and code not in subjects:
            return code
    return None


def _ranking(
    scene: Scene,
    memory: Memory,
    span: tuple[int, int],
    content: tuple[_Noun, str | None, str | None, int],
) -> Statement | None:
    noun, subject, owner, rank = content
    reporter, partner = (owner, subject) if noun.of_owner else (subject, owner)
    if not reporter or not partner or reporter == partner:
        return None
    period, is_open = _period(scene, memory, span)
    start = span[0]
    subject_party = [p for p in scene.parties if p.end <= span[0] and p.code in {subject, owner}]
    if subject_party and span[0] - subject_party[0].start < 90:
        start = subject_party[0].start
    lead = scene.text[start : span[1]].lower()
    return Statement(
        id="",
        quote=scene.text[start : span[1]],
        start=start,
        end=span[1],
        kind=Kind.RANKING,
        measure=noun.measure,
        reporter=reporter,
        partner=partner,
        value=float(rank),
        unit="rank",
        approx=Approximation.EXACT,
        period=period,
        period_open=is_open or noun.measure is Measure.FDI_STOCK,
        of=scene.text[span[0] : span[1]],
        sentence_start=scene.start,
        sentence_end=scene.end,
        text_cue="largest" if rank == 1 else "ranked",
        hedged=re.search(r"\bI think\b|expected|could|likely|may become", lead) is not None,
        negated=re.search(r"\b(?:not|no longer|never)\b", lead) is not None,
        traces=(
            Trace("value", span[0], span[1], f"rank {rank}"),
            Trace("measure", span[0], span[1], f"list of {noun.measure}"),
        ),
    )


def _period(scene: Scene, memory: Memory, span: tuple[int, int]) -> tuple[Period | None, bool]:
    """A ranking is of the period its own clause names."""
    best: PeriodMention | None = None
    for mention in scene.periods:
        if mention.role in {Role.BEFORE, Role.SAME} or mention.period is None:
            continue
        gap = (
            scene.text[span[1] : mention.start]
            if mention.start >= span[1]
            else scene.text[mention.end : span[0]]
        )
        if ";" not in gap and (best is None or mention.start >= span[1] > best.start):
            best = mention
    return (best.period, best.role is Role.AS_OF) if best else (memory.period, memory.period_open)


def _ranked_among(scene: Scene, memory: Memory, setting: Setting) -> Iterator[Statement]:
    last: _Noun | None = None
    for match in _RANKS.finditer(scene.text, scene.start, scene.end):
        what = _list_noun().search(scene.text, match.start("list"), match.end("list"))
        noun = _noun(what) if what else None
        if noun is None:
            noun = last if last and re.search(r"'s\W*$|'s\s*[,.]", match.group("list")) else None
        if noun is None:
            continue
        last = noun
        start = clause_start(scene.text, scene.start, match.start())
        subjects = [
            p
            for p in scene.parties
            if start <= p.start and p.end <= match.start("ordinal") and p.bare and not p.possessive
        ]
        owners = [
            p for p in scene.parties if match.start("list") - 1 <= p.start < match.end("list")
        ]
        subject = subjects[-1].code if subjects else memory.subject
        owner = (
            owners[0].code
            if owners
            else next((c for c in [*(memory.pair or ()), *setting.pair] if c != subject), None)
        )
        end = (
            what.end()
            if what and (not owners or what.end() > owners[0].end)
            else owners[0].end
            if owners
            else match.end("ordinal")
        )
        statement = _ranking(
            scene,
            memory,
            (match.start("ordinal"), end),
            (noun, subject, owner, rank_of(match.group("ordinal"))),
        )
        if statement is not None:
            yield statement
        if match.group("behind") and owner:
            yield from _runner_up(match, scene, memory, (noun, owner, end))


_SECOND = re.compile(
    rf"\s*(?:,|\b(?:is|was|came|comes|ranks|ranked|being|as|remains?)\b|\bin\b|\bthe\b|\ba\s+distant\b|\s)*(?P<ordinal>{_ORDINAL})(?=\s*(?:[,.;)]|with\b|at\b|on\b|place\b|$|\())",
    re.IGNORECASE,
)
_FOLLOWED = re.compile(r"\bfollowed\s+by\s+(?:the\s+)?$")


def _elliptic(found: list[Statement], scene: Scene, memory: Memory) -> Iterator[Statement]:
    """ "…; Russia is second with 29 percent", "while the U.S. is Morocco's fourth"."""
    model = next((s for s in found if s.kind is Kind.RANKING), None) or memory.ranking
    if model is None or not model.reporter or not model.partner:
        return
    of_owner = model.measure not in {Measure.FDI_STOCK, Measure.AID, Measure.LOAN, Measure.TOURISTS}
    noun = _Noun(model.measure or Measure.OTHER, of_owner)
    owner = model.reporter if of_owner else model.partner
    for place, party in enumerate(scene.parties):
        if any(s.start <= party.start < s.end for s in found):
            continue
        if (
            _FOLLOWED.search(scene.text, max(scene.start, party.start - 20), party.start)
            and model.value
        ):
            statement = _ranking(
                scene,
                memory,
                (party.start, party.end),
                (noun, party.code, owner, int(model.value) + 1),
            )
            if statement is not None:
                yield statement
            continue
        match = _SECOND.match(scene.text, party.end + (2 if party.possessive else 0), scene.end)
        if match is None:
            continue
        subject, whose = party.code, owner
        if party.possessive:
            earlier = [p for p in scene.parties[:place] if p.bare and not p.possessive]
            if not earlier:
                continue
            subject, whose = earlier[-1].code, party.code
        if subject == whose:
            continue
        statement = _ranking(
            scene,
            memory,
            (party.start, match.end()),
            (noun, subject, whose, rank_of(match.group("ordinal"))),
        )
        if statement is not None:
            yield statement


def _runner_up(
    match: re.Match[str], scene: Scene, memory: Memory, content: tuple[_Noun, str, int]
) -> Iterator[Statement]:
    """ "second only to the UK": the UK is first."""
    noun, owner, end = content
    for party in scene.parties:
        if match.start("behind") - 1 <= party.start < match.end("behind") + 1:
            statement = _ranking(
                scene, memory, (match.start("ordinal"), end), (noun, party.code, owner, 1)
            )
            if statement is not None:
                yield replace(
                    statement,
                    start=match.start("ordinal"),
                    quote=scene.text[match.start("ordinal") : end],
                )


def _balances(scene: Scene, memory: Memory, setting: Setting) -> Iterator[Statement]:
    """ "a surplus of …, the third largest in the world", "its fifteenth largest deficit with X"."""
    for match in _OF_BALANCE.finditer(scene.text, scene.start, scene.end):
        topic = next(
            (
                t
                for t in reversed(scene.topics)
                if t.end <= match.start() and t.measure == "balance"
            ),
            None,
        )
        if topic is None:
            continue
        filled = resolve_topic(topic, scene, memory, setting)
        if filled and filled.reporter and filled.partner:
            noun = _Noun(Measure.BALANCE, True)
            statement = _ranking(
                scene,
                memory,
                (match.start(), match.end()),
                (noun, filled.partner, filled.reporter, rank_of(match.group("ordinal"))),
            )
            if statement:
                yield replace(
                    statement, start=match.start(), quote=scene.text[match.start() : match.end()]
                )
    for topic in scene.topics:
        lead = re.search(
            rf"(?P<ordinal>{_ORDINAL})?[\s-]*(?:largest|biggest)\s+(?:\w+\s+)?$",
            scene.text[max(scene.start, topic.core - 40) : topic.core],
            re.IGNORECASE,
        )
        filled = (
            resolve_topic(topic, scene, memory, setting)
            if lead and topic.measure == "balance"
            else None
        )
        if lead and filled and filled.reporter and filled.partner:
            start = max(scene.start, topic.core - 40) + lead.start()
            statement = _ranking(
                scene,
                memory,
                (start, topic.end),
                (
                    _Noun(Measure.BALANCE, True),
                    filled.partner,
                    filled.reporter,
                    rank_of(lead.group("ordinal")),
                ),
            )
            if statement:
                yield statement


def _records(scene: Scene, memory: Memory, setting: Setting) -> Iterator[Statement]:
    """ "a record for those months", "the highest amount ever"."""
    for match in _RECORD.finditer(scene.text, scene.start, scene.end):
        topic = next((t for t in reversed(scene.topics) if t.end <= match.start()), memory.topic)
        filled = resolve_topic(topic, scene, memory, setting) if topic else None
        if (
            filled is None
            or not filled.reporter
            or not filled.partner
            or filled.measure
            not in {"total_trade", "exports", "imports", "balance", "services_trade"}
        ):
            continue
        statement = _ranking(
            scene,
            memory,
            (match.start(), match.end()),
            (
                _Noun(Measure(filled.measure), True),
                filled.partner,
                filled.reporter,
                rank_of(match.group("nth")),
            ),
        )
        if statement:
            yield replace(statement, period=statement.period or memory.period, text_cue="record")
