"""Passages with verdicts, the statements given as annotated: judging apart from reading."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from accord.check import Facts, check_statement
from accord.model.document import Document
from accord.model.serial import publication_date, statement_from_dict
from accord.model.statement import Statement

PASSAGES = Path(__file__).resolve().parents[1] / "passages"
_NUMBER = re.compile(r"\d[\d,]*(?:\.(\d+))?")


def statement(row: dict[str, Any], text: str, number: int) -> Statement:
    """An annotated statement as reading would have found it."""
    start = text.index(row["quote"])
    end = start + len(row["quote"])
    begun = max((m.end() for m in re.finditer(r"[.!?;] (?=[A-Z])", text[:start])), default=0)
    ended = re.search(r"[.!?](?= [A-Z]|$)", text[end - 1 :])
    period = {"start": row["period_start"], "end": row["period_end"]}
    fields = {
        **row, "id": f"s{number}", "start": start, "end": end, "sentence_start": begun,
        "sentence_end": end - 1 + ended.end() if ended else len(text),
        "period": period if row["period_end"] else None,
    }  # fmt: skip
    printed = _NUMBER.search(row["quote"])
    if fields["change"] and printed:
        fields["change"] = {**fields["change"], "decimals": len(printed.group(1) or "")}
    return statement_from_dict(fields)


@pytest.mark.parametrize("name", ["verdicts.jsonl", "verdicts_more.jsonl"])
def test_statements_as_annotated(name: str, facts: Facts) -> None:
    total, wrong = 0, []
    for line in (PASSAGES / name).read_text("utf-8").splitlines():
        row = json.loads(line)
        text = row["text"]
        document = Document(text, "test", published=publication_date(row["published"]))
        given = tuple(statement(s, text, n) for n, s in enumerate(row["statements"]))
        for made, expected in zip(given, (s["expected"] for s in row["statements"]), strict=True):
            outcome = check_statement(made, document, facts, siblings=given).outcome.value
            total += 1
            if outcome not in {expected["outcome"], *expected.get("acceptable", [])}:
                wrong.append((row["id"], made.quote, outcome))
    assert len(wrong) <= 0.05 * total, wrong
    assert not [w for w in wrong if w[2] in ("contradicted", "supported")]
