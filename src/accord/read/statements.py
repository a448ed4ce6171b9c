"""Statements: everything checkable that a document asserts on relations between polities.

:func:`find_statements` is the reader's front door. Cheap things come first: a text
without a word of trade or relations, or without a polity, is dismissed by one pattern
each; only sentences that pass are taken apart. No parser is used (see
``docs/adr/read-rules.md``); time is linear in the length of the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from accord.model.document import Document
from accord.model.statement import QUANTITATIVE, Kind, Statement
from accord.read.acts import read_acts
from accord.read.agreements import read_agreements
from accord.read.anniversaries import read_anniversaries
from accord.read.apposed import read_apposed
from accord.read.attribution import find_voice
from accord.read.bare_trends import read_bare_trends
from accord.read.blocks import cut_blocks, move_memory, move_statement
from accord.read.bracketed_partners import read_bracketed_partners
from accord.read.comparatives import second_only
from accord.read.credit import credited
from accord.read.datelines import place_of_writing, without_dateline
from accord.read.deeds import read_deeds
from accord.read.definites import DEFINITE, find_definites
from accord.read.deliveries import read_deliveries
from accord.read.document_dates import reckon
from accord.read.ellipsis import read_ellipsis
from accord.read.figures import read_figures
from accord.read.first_person import OWN, SPEAKER, find_own, is_speech, name_speaker, with_own
from accord.read.folding import fold
from accord.read.growth_rows import read_growth_rows
from accord.read.independence import read_independence
from accord.read.invested_in import flowing_on
from accord.read.later_shares import read_later_shares
from accord.read.memberships import read_memberships
from accord.read.parties import names_a_pact, names_nobody
from accord.read.partner_rows import read_partner_rows
from accord.read.people import read_people
from accord.read.polities import Mention, find_mentions
from accord.read.positions import read_firsts, read_links, read_positions, read_trends
from accord.read.projects import read_projects
from accord.read.quotations import name_quoted
from accord.read.quoted_speakers import find_quoted_own
from accord.read.rankings import read_rankings
from accord.read.remembering import list_owner, notice, take_up, take_up_acts
from accord.read.repeats import TOLD, apart_from, besides_firsts, numbered, untold
from accord.read.scene import Memory, Scene, Setting, build_scene
from accord.read.screening import may_hold, means_parties, worth_reading
from accord.read.sentences import Sentence, find_sentences
from accord.read.setting import describe_setting, dollar_of, flow_owner, speaks
from accord.read.share_runs import read_share_runs
from accord.read.superlatives import read_superlatives
from accord.read.thanks import read_thanks
from accord.read.transfers import read_transfers
from accord.read.undated import dated_by_the_only, period_of_title
from accord.read.wholes import read_wholes

__all__ = ["Survey", "find_statements", "survey_document"]


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
    if not document.text or not may_hold(document.text):
        return Survey((), 0, 0)
    text = fold(document.text)
    at = document.published.start if document.published else None
    mentions = [
        m
        for m in find_mentions(text, at=at)
        if (not m.inside_name or m.form == "compound") and not names_nobody(m, text)
    ]
    if not mentions and not document.title and not means_parties(text):
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
            if (
                not here
                and not known_before
                and not means_parties(block.text, sentence.start, sentence.end)
            ):
                continue
            if not worth_reading(block.text, sentence, here, memory, number):
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
                owner=list_owner(memory, setting, number),
            )
            statements = [name_speaker(s) for s in _read_scene(scene, memory, setting)]
            notice(memory, scene)
            memory.spoke = number if statements else memory.spoke
            found.extend(move_statement(s, base) for s in statements)
            counted = len(here) > 0 and (len(scene.quantities) > 0 or len(here) > 1)
            silent += not statements and counted
    return flowing_on(dated_by_the_only(found, memory, reckoning.today)), silent


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
    take_up(statements, scene, memory)
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
    take_up_acts(statements, scene, memory)
    statements += read_positions(scene, memory, setting, others=statements)
    statements = [s for s in statements if s.kind not in TOLD or _has_parties(s)]
    if memory.sentence == scene.number:
        memory.listed = _lists_several(statements)
    return credited(statements, scene, memory)


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
