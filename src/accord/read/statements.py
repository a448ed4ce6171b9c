"""Statements: everything checkable that a document asserts on relations between polities.

:func:`find_statements` is the reader's front door. Cheap things come first: a text
without a word of trade or relations, or without a polity, is dismissed by one pattern
each; only sentences that pass are taken apart. No parser is used (see
``docs/adr/read-rules.md``); time is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from accord.model.document import Document
from accord.model.statement import QUANTITATIVE, Kind, Statement, Trace
from accord.read.acts import read_acts
from accord.read.agreements import read_agreements
from accord.read.anniversaries import read_anniversaries
from accord.read.apposed import read_apposed
from accord.read.attribution import Attribution, find_voice
from accord.read.bare_trends import read_bare_trends
from accord.read.blocks import cut_blocks, move_memory, move_statement
from accord.read.bracketed_partners import read_bracketed_partners
from accord.read.comparatives import second_only
from accord.read.datelines import place_of_writing, without_dateline
from accord.read.deed_words import may_tell
from accord.read.deeds import read_deeds
from accord.read.definites import DEFINITE, find_definites
from accord.read.deliveries import read_deliveries
from accord.read.ellipsis import read_ellipsis
from accord.read.figures import read_figures
from accord.read.first_person import OWN, SPEAKER, find_own, is_speech, name_speaker, with_own
from accord.read.folding import fold
from accord.read.growth_rows import read_growth_rows
from accord.read.independence import read_independence
from accord.read.invested_in import flowing_on
from accord.read.later_shares import read_later_shares
from accord.read.memberships import read_memberships
from accord.read.parties import PAIR_WORDS, names_a_pact, names_nobody
from accord.read.partner_rows import read_partner_rows
from accord.read.patterns import lazy, one_of
from accord.read.people import read_people
from accord.read.polities import Mention, find_mentions
from accord.read.positions import read_firsts, read_links, read_positions, read_trends
from accord.read.projects import read_projects
from accord.read.quantities import Sort
from accord.read.quotations import name_quoted
from accord.read.quoted_speakers import find_quoted_own
from accord.read.rankings import ranking_topics, read_rankings
from accord.read.repeats import TOLD, apart_from, besides_firsts, numbered, untold
from accord.read.scene import Memory, Scene, Setting, build_scene
from accord.read.sentences import Sentence, find_sentences
from accord.read.setting import describe_setting, dollar_of, flow_owner, reckon, speaks
from accord.read.share_runs import read_share_runs
from accord.read.superlatives import read_superlatives
from accord.read.thanks import read_thanks
from accord.read.transfers import read_transfers
from accord.read.undated import dated_by_the_only, period_of_title
from accord.read.wholes import read_wholes

__all__ = ["Survey", "find_statements", "survey_document"]

# One word of these, in any case, must stand in a text that is read at all.
_WORTH_READING = one_of(
    r"trad|turn(?:s|ed)\s+(?:\d|\w+(?:ty|teen|red)\b)|customer|buyer|creditor|lender|recipient|export|import|deficit|surplus|balance|imbalance|invest|\baid\b|\bloan|\bgrant|assistance|tourist|visitor|turnover|commerce|shipment|\bsold\b|bought|\bbuys?\b|purchas|"
    r"agreement|treaty|pact|accord|diplomatic|relations|embassy|ambassador|member|\bjoin|recogni[sz]|anniversary|visit|sanction|alliance|partner|signed|ratif|accession|cooperation|bilateral|suppl(?:y|ie)|export|market|donor|donat|"
    r"bridge|pipeline|delegation|sever|credit|summit|friendship|students|bloc|goods|shipped|sales|\bfdi\b|dlrs|assisted|independen|link|deliver|into\s+force|in\s+force|took\s+effect|takes\s+effect|business|epidemic|vaccin|diplomacy|ventilator|\bowes?\b|\blend|\blent\b|remit|freight|cargo|\bties\b|suppl|capital|students|workers|migrants|tonnes|barrels|consulate|troops|expel|recall|war\b|parties|blockade|traffic|railway|road|port\b|gas\b|oil\b",
)

# Or one word of what states do to, with and within each other.
_ACT = one_of(
    r"\boperat|\bcompan(?:y|ies)\b|\bfirms?\b|scholarship|\bliv(?:e|es|ed|ing)\b|resid|refuge|asylum|migra|\bfled\b|diaspora|communit|employ|debt|\bow(?:e|es|ed|ing)\b|\bgifts?\b|given|giv(?:es|ing)|forg[ai]v|pledg|earn|holiday|study|studied|studying|scholar|funded|subsid|belong|\bent(?:er|ry)|admi(?:t|ss)|\bseat|\bs[ia]ts?\b|exist|\bpart(?:y|ies)\b|found(?:er|ed|ing)|observer|candidate|withdr|pulled|walked|\bquit\b|taken\s+in|took|enlarg|expand|\bsent\b|"
    r"dispatch|\bfl(?:ew|own|ies)\b|airlift|\bland(?:ed|s|ing)|arriv|reach|masks|doses|aircraft|\bplanes?\b|medic|doctors|experts|physicians|evacuat|reactor|\bgrid\b|open(?:ed|s|ing)|inaugurat|commission|launch|"
    r"construct|\bmet\b|\bmeets?\b|talks|phone|envoy|years?\s+(?:of|since|ago|after|on|later)\b|decade|centur|turn(?:s|ed)\b|birthday|jubilee|first\s+(?:country|state|nation|to)\b|plant\b|unit\b|tunnel|train|should|must|hope|seek|\binside\b|itself\s+in|within|"
    r"tariff|dispute|quarrel|friend|\bally\b|allies|\bwar\b|unjust|unfair|bulwark|pillar|reliable|grateful|thank|visa|\bdeals?\b|minister|credential|embargo|\bbans?\b|\bhosts?|summon|\blands?\b|slap|\blift|border|prisoner|ambassador|diplomat|arms\b|\bUnion\b|\bSCO\b|APEC|CSTO|\bCIS\b|\bWTO\b|OPEC|Organi[sz]ation|Commonwealth|Mercosur|RCEP|USMCA|CPTPP|ASEAN|BRICS|\bEU\b|NATO|names\s+to|pen\s+to|signatur|contract|memorand|declaration|statement|protocol|convention|charter|ceasefire|truce|roadmap|road\s+map|initialled|\bink|exten(?:d|s)|prolong|expire|lapse|evacuat|receiv|gave\b|donat|brought|carried|handed|severed|broke",
)

# Or a figure with a currency, a scale or a percent sign.
_FIGURE = lazy(
    r"[$€£¥₹]\s?\d|\d,\d{3}|\b(?:half|third|quarter|fifth|tenth|sixth|eighth)s?\b|\d\s?(?:%|per\s?cent|pct|million|billion|trillion|mln|bln|bn\b|tonnes|tons)",
    re.IGNORECASE,
)

# Or parties that are meant but not named.
_UNNAMED = lazy(rf"{PAIR_WORDS.pattern}|\b(?:to|with|from)\s+(?:them|(?-i:us))\b", re.IGNORECASE)


_SUBJECT = lazy(
    r"\b(?:relations|diplomatic|embassy|agreements?|treaty|pact|trade|turnover|exports|imports|investment)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Survey:
    """What a document was found to assert, and how much of it was not understood.

    ``not_understood`` counts the sentences that hold a figure and a party, or two
    parties, but in which no rule found a statement; ``sentences`` all sentences.
    """

    statements: tuple[Statement, ...]
    not_understood: int
    sentences: int


def find_statements(document: Document) -> tuple[Statement, ...]:
    """The statements of ``document`` in the order of the text.

    Raises nothing on any text; each ``quote`` is exactly ``text[start:end]``.
    """
    return survey_document(document).statements


def survey_document(document: Document) -> Survey:
    """The statements of ``document`` and the number of sentences not understood."""
    if not document.text or not (
        _WORTH_READING.search(document.text)
        or _FIGURE.search(document.text)
        or _ACT.search(document.text)
        or may_tell().search(document.text)
    ):
        return Survey((), 0, 0)
    text = fold(document.text)
    at = document.published.start if document.published else None
    mentions = [
        m
        for m in find_mentions(text, at=at)
        if (not m.inside_name or m.form == "compound") and not names_nobody(m, text)
    ]
    if not mentions and not document.title and not _UNNAMED.search(text):
        return Survey((), 0, 0)
    sentences = without_dateline(text, find_sentences(document.text), mentions)
    speech = is_speech(text)
    setting = describe_setting(document, text, mentions, speech=speech)
    setting = replace(setting, place=place_of_writing(text, sentences, mentions))
    mentions = with_own(mentions, find_definites(text, mentions))
    if speaks(document):
        mentions = with_own(mentions, find_quoted_own(document.text, mentions))
        own = find_own(text, setting.home, _addressed(setting), speech=speech)
        mentions = with_own(mentions, own)
    found, silent = _read_sentences(document, text, sentences, (mentions, setting))
    found = name_quoted(document.text, found)
    return Survey(numbered(document.text, found), silent, len(sentences))


def _addressed(setting: Setting) -> str | None:
    """To whom one speaks: the other of two that the document is about."""
    if setting.home is None or setting.home not in setting.pair or len(setting.pair) != 2:
        return None
    return next(code for code in setting.pair if code != setting.home)


def _read_sentences(
    document: Document,
    text: str,
    sentences: Sequence[Sentence],
    known: tuple[list[Mention], Setting],
) -> tuple[list[Statement], int]:
    mentions, setting = known
    memory = Memory()
    found: list[Statement] = []
    silent = base = 0
    number = -1
    # fiscal years are those of the place of writing before those of whom it writes about
    owner = flow_owner(text, mentions)
    at = [
        code
        for code in (setting.place, owner, setting.outlet, *setting.pair, *setting.counts)
        if code
    ]
    reckoning = reckon(document, text, at)
    dollar = dollar_of(document, setting.home)
    memory.period = period_of_title(document.title, reckoning)
    for block in cut_blocks(text, sentences, mentions):
        move_memory(memory, base - block.base)
        base = block.base
        for sentence, here in block.sentences:
            number += 1
            known_before = memory.seen or setting.pair or setting.home or setting.fallback
            if not here and not known_before and not _names_unnamed(block.text, sentence):
                continue
            if not _worth_reading(block.text, sentence, here, memory, number):
                continue
            scene = build_scene(
                block.text,
                sentence,
                here,
                number=number,
                reckoning=reckoning,
                carried=memory.unit,
                counted=memory.counted if memory.spoke >= number - 1 else None,
                known=(*reversed(memory.seen), *setting.pair, *setting.counts),
                subject=memory.subject,
                dollar=dollar,
            )
            statements = [name_speaker(s) for s in _read_scene(scene, memory, setting)]
            _notice(memory, scene)
            memory.spoke = number if statements else memory.spoke
            found.extend(move_statement(s, base) for s in statements)
            counted = len(here) > 0 and (len(scene.quantities) > 0 or len(here) > 1)
            silent += not statements and counted
    return flowing_on(dated_by_the_only(found, memory)), silent


def _names_unnamed(text: str, sentence: Sentence) -> bool:
    """Whether a sentence means parties without naming them."""
    return _UNNAMED.search(text, sentence.start, sentence.end) is not None


def _worth_reading(
    text: str, sentence: Sentence, here: Sequence[Mention], memory: Memory, number: int
) -> bool:
    if number - max(memory.sentence, memory.spoke) <= 2 or len(here) > 1:
        return True
    words = _WORTH_READING.search(text, sentence.start, sentence.end) is not None
    figure = _FIGURE.search(text, sentence.start, sentence.end) is not None
    if here:
        return words or figure
    # Far from the last statement one without names has a figure, says "the two countries",
    # or is on trade, relations or an agreement.
    return words and (
        figure
        or _names_unnamed(text, sentence)
        or _SUBJECT.search(text, sentence.start, sentence.end) is not None
    )


def _read_scene(scene: Scene, memory: Memory, setting: Setting) -> list[Statement]:
    memory.voice = find_voice(scene.text, scene.start, scene.end) or memory.voice
    statements = read_rankings(scene, memory, setting)
    memory.ranking = (
        statements[0]
        if statements
        else memory.ranking
        if memory.spoke >= scene.number - 1
        else None
    )
    _take_up(statements, scene, memory)
    statements += read_figures(scene, memory, setting)
    listed = read_people(scene, memory, others=statements)
    listed += read_share_runs(scene, memory, others=[*statements, *listed])
    statements += _owned_lists(listed, setting, memory)
    statements += read_thanks(scene, setting, others=statements)
    statements = read_partner_rows(scene, memory, setting, others=statements)
    statements = read_bracketed_partners(scene, memory, setting, others=statements)
    statements = read_growth_rows(scene, memory, setting, others=statements)
    statements += read_later_shares(scene, memory, others=statements)
    statements += read_transfers(scene, memory, others=statements)
    statements += read_wholes(scene, others=statements)
    statements += second_only(scene, memory, others=statements)
    statements += read_apposed(scene, memory, others=statements)
    whole, scene = _with_speaker(scene), _without_own(scene)
    statements += read_trends(scene, memory, setting)
    statements += read_bare_trends(scene, memory, setting, others=statements)
    statements += read_firsts(scene, memory, setting)
    statements += read_superlatives(scene, memory, setting, others=statements)
    statements += read_anniversaries(scene, memory, setting)
    statements += apart_from(read_memberships(scene, memory, setting), statements)
    statements += apart_from(read_agreements(scene, memory, setting), statements)
    statements += apart_from(read_links(scene, memory, setting), statements)
    help_sent = apart_from(read_deliveries(scene, memory, setting), statements)
    statements = [s for s in statements if not _told_as_help(s, help_sent)] + help_sent
    statements += apart_from(read_projects(scene, memory, setting), statements)
    statements += untold(read_independence(scene, memory), statements)
    deeds = besides_firsts(read_deeds(whole, memory, setting), statements)
    statements += untold(deeds, statements)
    acts = apart_from(read_acts(scene, memory, setting), statements)
    statements += untold(acts, statements)
    statements += untold(read_ellipsis(scene, memory, told=statements), statements)
    _take_up_acts(statements, scene, memory)
    statements += read_positions(scene, memory, setting, others=statements)
    statements = [s for s in statements if s.kind not in TOLD or _has_parties(s)]
    if memory.sentence == scene.number:
        memory.listed = _lists_several(statements)
    told = [_attributed(s, _sources(scene, memory)) for s in statements]
    if scene.attributions:
        memory.attribution, memory.heard = _best(scene.attributions), scene.number
    return told


def _lists_several(statements: Sequence[Statement]) -> bool:
    """Whether numbers of several pairs are told: "with A it came to 2 billion, with B to 1"."""
    pairs = {
        frozenset((s.reporter, s.partner))
        for s in statements
        if s.kind in QUANTITATIVE and s.partner
    }
    return len(pairs) > 1


def _has_parties(statement: Statement) -> bool:
    """Whether an act is not that of a speaker who cannot be known."""
    return SPEAKER not in {statement.reporter, statement.partner}


def _with_speaker(scene: Scene) -> Scene:
    """The sentence with "us" and "our" as parties, where it is known who speaks."""
    return replace(
        scene,
        parties=[
            p
            for p in scene.parties
            if p.code != SPEAKER and p.form != DEFINITE and not names_a_pact(p, scene.text)
        ],
    )


def _without_own(scene: Scene) -> Scene:
    """The sentence for acts and positions, which know "we" and "our" by rules of their own."""
    own = {OWN, DEFINITE}
    return replace(
        scene,
        parties=[p for p in scene.parties if p.form not in own and not names_a_pact(p, scene.text)],
    )


def _owned_lists(found: list[Statement], setting: Setting, memory: Memory) -> list[Statement]:
    """Lists of partners belong to the country that the document is about."""
    last = memory.share.reporter if memory.share else None
    known = (last, *setting.pair[:1], *setting.fallback[:1], memory.subject)
    owner = next((code for code in known if code), None)
    kept = []
    for statement in found:
        if statement.reporter == "":
            if owner is None or owner == statement.partner:
                continue
            kept.append(replace(statement, reporter=owner))
        else:
            kept.append(statement)
    return kept


def _told_as_help(statement: Statement, events: list[Statement]) -> bool:
    """Whether a count is that of a delivery, which is told as an event."""
    return statement.kind is Kind.FIGURE and any(
        e.value is not None and (e.value, e.unit) == (statement.value, statement.unit)
        for e in events
    )


def _take_up_acts(statements: list[Statement], scene: Scene, memory: Memory) -> None:
    """Let the next sentences say who "did so" too."""
    done = [s for s in statements if s.kind in {Kind.EVENT, Kind.MEMBERSHIP} and s.partner]
    if done:
        memory.did, memory.did_at = max(done, key=lambda s: s.start), scene.number


def _take_up(rankings: list[Statement], scene: Scene, memory: Memory) -> None:
    """Let the figures of the sentence, and of the next, follow its rankings."""
    apposed = [r for r in rankings if _names_partner(r, scene)]
    topics = ranking_topics([r for r in rankings if r not in apposed])
    if not topics:
        return
    scene.topics[:] = sorted([*scene.topics, *topics], key=lambda t: (t.core, t.end))
    memory.remember(topics[0], scene.number)
    dated = next((s for s in rankings if s.period), None)
    if dated is not None:
        memory.period, memory.period_open = dated.period, False


_TO_ITS = lazy(
    r"\s+(?:to|from|with)\s+(?:the\s+|its\s+|their\s+|our\s+)?(?:(?:country|bloc|kingdom|nation)'s\s+|[A-Z][\w.]+(?:\s[A-Z]\w+)?'s?\s+)?"
)


_WHICH_IS = lazy(r",\s+(?:which|who|long|now|still|its|their|the)\b[^;]{0,60}$")


def _names_partner(ranking: Statement, scene: Scene) -> bool:
    """ "Exports to Japan's largest trading partner, China, fell": in place, whom they go to."""
    value = next((t for t in ranking.traces if t.name == "value"), None)
    if value is None or not (ranking.reporter and ranking.partner):
        return False
    for place, topic in enumerate(scene.topics):
        flow = topic.form == "noun" and topic.measure in {"exports", "imports", "balance"}
        beside = [p for p in scene.parties if p.code == topic.partner and p.start >= topic.end]
        if (
            flow
            and beside
            and topic.partner == ranking.partner
            and _WHICH_IS.match(scene.text, beside[0].end, value.start)
        ):
            return True
        if flow and _TO_ITS.fullmatch(scene.text, topic.end, max(topic.end, value.start)):
            scene.topics[place] = replace(topic, reporter=ranking.reporter, partner=ranking.partner)
            return True
    return False


_BODY_NAME = lazy(
    r"\b(?:customs|statistic\w*|ministry|bureau|bank|Eurostat|office)\b", re.IGNORECASE
)


def _best(sources: Sequence[Attribution]) -> Attribution:
    """The one that stands for a figure: a statistical body before a person."""
    return min(sources, key=lambda a: (not _BODY_NAME.search(a.name), not a.firm))


def _sources(scene: Scene, memory: Memory) -> list[Attribution]:
    """The attributions of a sentence, or the body that published the one before."""
    named = [a for a in scene.attributions if a.name.lower() not in {"he", "she"}]
    if named or scene.attributions:
        return named or scene.attributions
    if memory.voice is not None:
        return [memory.voice]
    last = memory.attribution
    if last is not None and memory.heard == scene.number - 1 and _BODY_NAME.search(last.name):
        return [last]
    return []


def _attributed(statement: Statement, sources: Sequence[Attribution]) -> Statement:
    if not sources or statement.attributed_to is not None:
        return statement
    source = _best(sources)
    trace = Trace("attributed_to", source.start, source.end, "who said or published it")
    return replace(
        statement,
        attributed_to=source.name,
        speaker=source.name if source.person else None,
        traces=(*statement.traces, trace),
    )


_PARTNER_OF = lazy(
    r"\b(?:partner|market|destination|supplier|customer|buyer|importer|exporter)\s+(?:of|for)\s+(?:the\s+)?$"
)


def _partner_last(codes: tuple[str, ...], scene: Scene) -> tuple[str, ...]:
    """The two named first; who is called a partner of the other comes after it."""
    if len(codes) == 2 and len(scene.parties) == 2:
        second = scene.parties[1]
        low = max(scene.start, second.start - 24)
        if _PARTNER_OF.search(scene.text, low, second.start):
            return codes[1], codes[0]
    return codes[:2]


def _notice(memory: Memory, scene: Scene) -> None:
    subject = next((p.code for p in scene.parties if p.subject), None)
    counted = next((p.code for p in scene.sources), None) if not scene.parties else None
    memory.subject = subject or counted or memory.subject
    codes = tuple(dict.fromkeys(p.code for p in scene.parties))
    if 2 <= len(codes) <= 4:
        memory.named, memory.crowd = _partner_last(codes, scene), len(codes) > 2
    for quantity in scene.quantities:
        memory.unit = quantity.unit if quantity.sort is Sort.MONEY else memory.unit
        if quantity.sort in {Sort.MONEY, Sort.COUNT}:
            memory.counted = quantity.unit if quantity.sort is Sort.COUNT else None
    for period in scene.periods:
        if period.period is not None:
            memory.anchor = period.period
            memory.periods.append(period.period)
    for party in scene.parties:
        if party.code in memory.seen:
            memory.seen.remove(party.code)
        memory.seen.append(party.code)
