"""The annotated passages keep their schema and the rules of docs/reference/statements.md.

These tests hold the annotation itself to account; what is read out of the passages is
measured elsewhere.
"""

from __future__ import annotations

import json
import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
FILES = (
    "seen.jsonl",
    "unseen.jsonl",
    "negatives.jsonl",
    "verdicts.jsonl",
    "verdicts_wordings.jsonl",
    "verdicts_unseen.jsonl",
    "acts.jsonl",
    "acts_unseen.jsonl",
)

QUANTITATIVE = {"figure", "growth", "ranking", "share", "target"}
QUALITATIVE = {"agreement", "membership", "event", "anniversary", "position"}
MEASURES = {
    "total_trade", "exports", "imports", "balance", "fdi_stock", "fdi_flow",
    "services_trade", "aid", "loan", "tourists", "other",
}  # fmt: skip
APPROX = {"exact", "about", "over", "under", "nearly"}
OUTCOMES = {"supported", "imprecise", "contradicted", "unverifiable", "not_checkable"}
REASONS = {
    "no_series", "no_coverage", "later_than_record", "needs_complete_record",
    "ambiguous_party", "ambiguous_period",
}  # fmt: skip
KEYS = {
    "kind", "quote", "measure", "reporter", "partner", "commodity", "value", "unit", "approx",
    "change", "period_start", "period_end", "attributed_to", "speaker", "date", "negated",
    "hedged",
}  # fmt: skip
EXTENSIONS = {"of", "alt_value", "note", "parties_from_context"}
VERDICT_KEYS = {"expected", "why", "class"}
PASSAGE_KEYS = {"id", "published", "lang", "style", "text", "statements"}
PASSAGE_EXTENSIONS = {"title", "context_speaker", "hard_negative", "note", "tags"}
BLOCS = {
    "EU", "EAEU", "ASEAN", "GCC", "MERCOSUR", "BRICS", "WTO", "COMECON", "OTS", "COMMONWEALTH",
    "AFRICA", "LATAM", "SAMER", "W_EUROPE", "EUROPE", "NORDIC", "ARAB", "PIC", "SUN", "SCO",
    "APEC", "BIMSTEC", "CIS", "CSTO", "RCEP", "CPTPP", "AFCFTA", "ECOWAS", "EAC", "SADC", "NATO",
    "UN", "CARICOM", "EFTA", "OPEC", "AU", "OECD", "BRI", "AIIB", "SAARC", "EURATOM", "CEFTA",
    "GUAM", "IMF", "G20", "PIF", "USMCA", "COMESA", "FRANCOPHONIE", "NAM", "G7", "OIC",
    "OSCE", "APTA",
}  # fmt: skip
ISO_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")

Row = dict[str, Any]


def rows(name: str) -> list[Row]:
    """All passages of one file."""
    with (HERE / name).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def statements(*names: str) -> Iterator[tuple[Row, Row]]:
    """Every (passage, statement) of the files."""
    for name in names or FILES:
        for row in rows(name):
            for statement in row["statements"]:
                yield row, statement


def valid_date(text: str) -> bool:
    """An ISO year, month or day that exists."""
    if not ISO_DATE.fullmatch(text):
        return False
    year, *rest = (int(part) for part in text.split("-"))
    if not rest:
        return True
    month = rest[0]
    return 1 <= month <= 12 and (len(rest) == 1 or 1 <= rest[1] <= monthrange(year, month)[1])


@pytest.mark.parametrize("name", FILES)
def test_passages_have_their_fields(name: str) -> None:
    for row in rows(name):
        missing = PASSAGE_KEYS - row.keys()
        unknown = row.keys() - PASSAGE_KEYS - PASSAGE_EXTENSIONS
        assert not missing, row["id"]
        assert not unknown, row["id"]
        assert row["text"].strip() == row["text"] != "", row["id"]
        assert row["published"] is None or valid_date(row["published"]), row["id"]
        assert bool(row.get("hard_negative")) == (not row["statements"]), row["id"]


def test_ids_and_texts_are_unique() -> None:
    everything = [row for name in FILES for row in rows(name)]
    for key in ("id", "text"):
        twice = [value for value, n in Counter(row[key] for row in everything).items() if n > 1]
        assert not twice, key


def test_statements_have_all_keys_and_no_others() -> None:
    for row, statement in statements():
        allowed = KEYS | EXTENSIONS
        if row["id"].startswith("v-"):
            allowed |= VERDICT_KEYS
        assert statement.keys() >= KEYS, row["id"]
        assert not statement.keys() - allowed, row["id"]


def test_quotes_and_attributions_stand_in_the_text() -> None:
    for row, statement in statements():
        assert statement["quote"] in row["text"], row["id"]
        for key in ("attributed_to", "speaker"):
            assert statement[key] is None or statement[key] in row["text"], (row["id"], key)


def test_vocabularies() -> None:
    for row, statement in statements():
        where = (row["id"], statement["quote"])
        assert statement["kind"] in QUANTITATIVE | QUALITATIVE, where
        assert statement["measure"] in MEASURES | {None}, where
        assert statement["approx"] in APPROX | {None}, where
        for party in (statement["reporter"], statement["partner"]):
            assert party is None or party in BLOCS or re.fullmatch("[A-Z]{3}", party), where


def test_parties_differ() -> None:
    for row, statement in statements():
        assert statement["reporter"] != statement["partner"] or statement["reporter"] is None, row[
            "id"
        ]


def test_periods_are_closed_iso_intervals() -> None:
    for row, statement in statements():
        start, end = statement["period_start"], statement["period_end"]
        for day in (start, end):
            assert day is None or (len(day) == 10 and valid_date(day)), row["id"]
        if start and end:
            assert start <= end, row["id"]
        if statement["measure"] == "fdi_stock" and statement["kind"] == "figure":
            assert start is None, (row["id"], "a stock has only an end")


def test_dates_belong_to_datable_kinds() -> None:
    for row, statement in statements():
        if statement["date"] is not None:
            assert valid_date(statement["date"]), row["id"]
            assert statement["kind"] in QUALITATIVE - {"position"}, row["id"]


def test_numbers_carry_unit_and_approximation() -> None:
    for row, statement in statements():
        where = (row["id"], statement["quote"])
        kind, value = statement["kind"], statement["value"]
        if kind == "growth":
            assert value is None, where
            assert statement["change"], where
            continue
        if kind in QUANTITATIVE - {"target"} or kind == "anniversary":
            assert None not in (value, statement["unit"], statement["approx"]), where
        if value is None:
            assert statement["unit"] is None, where


def test_ranks_shares_and_anniversaries() -> None:
    for row, statement in statements():
        where = (row["id"], statement["quote"])
        if statement["kind"] == "ranking":
            assert statement["unit"] == "rank", where
            assert isinstance(statement["value"], int), where
            assert statement["value"] >= 1, where
        if statement["kind"] == "share":
            assert statement["unit"] == "percent", where
            assert 0 < statement["value"] <= 100, where
        if statement["kind"] == "anniversary":
            assert statement["unit"] == "years", where
            assert statement["date"], where


def test_changes() -> None:
    for row, statement in statements():
        change = statement["change"]
        where = (row["id"], statement["quote"])
        if change is None:
            assert statement["kind"] != "growth", where
            continue
        assert set(change) == {"value", "unit", "direction", "base"}, where
        assert change["direction"] in {"up", "down"}, where
        assert (change["value"] is None) == (change["unit"] is None), where
        if change["value"] is not None:
            assert change["value"] > 0, where
            assert re.fullmatch("[A-Z]{3}|[a-z_ ]+", change["unit"]), where
        if statement["kind"] == "growth":
            assert (change["value"] is None) == (statement["approx"] is None), where


def test_only_balances_are_signed() -> None:
    for row, statement in statements():
        if statement["value"] is not None and statement["measure"] != "balance":
            assert statement["value"] >= 0, (row["id"], statement["quote"])


def test_undated_documents_leave_relative_periods_open() -> None:
    relative = re.compile(r"\b(last|this|previous) (year|month|quarter)\b", re.IGNORECASE)
    for row, statement in statements():
        if row["published"] is None and relative.search(statement["quote"]):
            assert statement["period_end"] is None, (row["id"], statement["quote"])


def test_negatives_hold_no_statement() -> None:
    assert all(not row["statements"] for row in rows("negatives.jsonl"))


def test_unseen_is_not_templated_from_seen() -> None:
    """No run of eight words is shared between what is trained on and what measures."""

    def shingles(name: str) -> set[tuple[str, ...]]:
        found = set()
        for row in rows(name):
            words = re.findall(r"\w+", row["text"].lower())
            found |= {tuple(words[i : i + 8]) for i in range(len(words) - 7)}
        return found

    assert not shingles("seen.jsonl") & shingles("unseen.jsonl")


def test_verdicts_name_an_outcome_and_its_ground() -> None:
    for row, statement in statements(
        "verdicts.jsonl", "verdicts_wordings.jsonl", "verdicts_unseen.jsonl"
    ):
        where = (row["id"], statement["quote"])
        expected = statement["expected"]
        assert expected["outcome"] in OUTCOMES, where
        assert set(expected.get("acceptable", [])) <= OUTCOMES, where
        assert expected.get("reason") in REASONS | {None}, where
        assert (expected["outcome"] == "unverifiable") == ("reason" in expected), where
        assert statement["why"], where
        assert statement["class"] in set("abcdefg"), where
