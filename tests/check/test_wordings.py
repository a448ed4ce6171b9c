"""From text to verdict on our own passages: other cells, other words, a third kept unseen.

``verdicts_wordings.jsonl`` is for developing; ``verdicts_unseen.jsonl`` only measures.
What is expected follows from the rows of the bundled facts, by the rules of
docs/explanation/verdicts.md. A statement that is not found counts as wrong.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from accord.check import Facts, check_document
from accord.model.statement import Statement
from accord.read.documents import document_from_line
from accord.read.statements import survey_document

PASSAGES = Path(__file__).resolve().parents[1] / "passages"
Row = dict[str, Any]


def ratio(change: Any) -> float | None:
    """A change as new ÷ old; ``change`` is a mapping."""
    if not change or change["value"] is None:
        return None
    value, down = abs(float(change["value"])), change["direction"] == "down"
    if change["unit"] == "percent":
        return 1 - value / 100 if down else 1 + value / 100
    return 1 / value if down else value


def same_number(wanted: Row, found: Statement) -> bool:
    """Whether a statement has the number of an annotated one, or neither has any."""
    stated = ratio(wanted["change"])
    if stated is not None and wanted["value"] is None:
        change = found.change
        if change is None or change.value is None:
            return False
        told = {"value": change.value, "unit": change.unit, "direction": change.direction}
        return abs((ratio(told) or 0) - stated) <= 0.006
    if wanted["kind"] in {"figure", "share", "target"}:
        value = abs(found.value or 0)
        return abs(value - abs(wanted["value"])) <= 0.001 * abs(wanted["value"])
    return found.change is None


def score(name: str, facts: Facts) -> Counter[str]:
    """Counts of right, wrongly contradicted and wrongly supported statements."""
    counts: Counter[str] = Counter()
    for number, line in enumerate((PASSAGES / name).read_bytes().splitlines(), start=1):
        row = json.loads(line)
        document = document_from_line(line, number)
        check = check_document(document, survey_document(document).statements, facts)
        for wanted in row["statements"]:
            start = row["text"].index(wanted["quote"])
            end = start + len(wanted["quote"])
            outcomes = [
                entry.verdict.outcome.value
                for entry in check.statements
                if entry.statement.start < end
                and start < entry.statement.end
                and same_number(wanted, entry.statement)
            ]
            allowed = {wanted["expected"]["outcome"], *wanted["expected"]["acceptable"]}
            counts["all"] += 1
            counts["right"] += any(o in allowed for o in outcomes)
            wrong = outcomes and not any(o in allowed for o in outcomes)
            counts["wrong contradicted"] += bool(wrong) and "contradicted" in outcomes
            counts["wrong supported"] += bool(wrong) and "supported" in outcomes
    return counts


@pytest.mark.parametrize(
    ("name", "accuracy"), [("verdicts_wordings.jsonl", 0.9), ("verdicts_unseen.jsonl", 0.85)]
)
def test_verdicts_in_other_words(name: str, accuracy: float, facts: Facts) -> None:
    counts = score(name, facts)
    assert counts["all"] > 150
    assert counts["right"] >= accuracy * counts["all"], counts
    assert counts["wrong contradicted"] <= 0.02 * counts["all"], counts
    assert counts["wrong supported"] <= 0.03 * counts["all"], counts
