"""How well statements are read: predictions for annotated passages, and their scores.

``python -m benchmarks.reading_accuracy`` scores the shared development passages (when
``../shared`` stands beside the checkout) and the project's own passages, side by side.
``--file GOLD`` reads one file, ``--out PREDICTIONS`` keeps what was read, ``--errors N``
prints N of the statements missed or wrong.
"""

from __future__ import annotations

import argparse
import calendar
import json
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from accord.model.document import Document, PublicationDate
from accord.model.statement import Statement
from accord.read.statements import find_statements

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
SCORER = SHARED / "gold" / "claims" / "score.py"


def published(text: str | None) -> PublicationDate | None:
    """A publication date at the precision in which it is given."""
    if not text:
        return None
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 1:
        return PublicationDate(date(parts[0], 1, 1), date(parts[0], 12, 31))
    if len(parts) == 2:
        last = calendar.monthrange(*parts)[1]
        return PublicationDate(date(*parts, 1), date(*parts, last))
    return PublicationDate(date(*parts), date(*parts))


def read_row(row: dict[str, Any]) -> tuple[Statement, ...]:
    """The statements of one passage, from what its line gives."""
    document = Document(
        text=row["text"],
        source=row["id"],
        title=row.get("title"),
        published=published(row.get("published")),
        url=row.get("url"),
    )
    return find_statements(document)


def as_dict(statement: Statement) -> dict[str, Any]:
    """A statement in the fields of the annotation guide."""
    change, period = statement.change, statement.period
    return {
        "kind": str(statement.kind),
        "quote": statement.quote,
        "measure": str(statement.measure) if statement.measure else None,
        "reporter": statement.reporter,
        "partner": statement.partner,
        "commodity": statement.commodity,
        "value": statement.value,
        "unit": statement.unit,
        "approx": str(statement.approx) if statement.approx else None,
        "change": {
            "value": change.value,
            "unit": change.unit,
            "direction": change.direction,
            "base": change.base,
        }
        if change
        else None,
        "period_start": None
        if period is None or statement.period_open
        else period.start.isoformat(),
        "period_end": period.end.isoformat() if period else None,
        "attributed_to": statement.attributed_to,
        "speaker": statement.speaker,
        "date": statement.date,
        "negated": statement.negated,
        "hedged": statement.hedged,
    }


def predict(gold: Path, out: Path) -> None:
    """Write a prediction line for every passage of ``gold``."""
    with gold.open(encoding="utf-8") as lines, out.open("w", encoding="utf-8") as written:
        for line in lines:
            if not line.strip():
                continue
            row = json.loads(line)
            statements = [as_dict(s) for s in read_row(row)]
            written.write(
                json.dumps({"id": row["id"], "statements": statements}, ensure_ascii=False) + "\n"
            )


def score(gold: Path, out: Path, *, errors: int = 0) -> None:
    """Print the shared scorer's table for one file."""
    if not SCORER.exists():
        print("no scorer: ../shared is absent", file=sys.stderr)
        return
    command = [sys.executable, str(SCORER), str(gold), str(out)]
    subprocess.run([*command, "--errors", str(errors)] if errors else command, check=True)


def main() -> None:
    """Read and score one file, or all that are at hand."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--file", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--quick", action="store_true", help="the same: it takes seconds")
    given = parser.parse_args()
    files = (
        [given.file]
        if given.file
        else [
            SHARED / "gold" / "claims" / "dev.jsonl",
            ROOT / "tests" / "passages" / "seen.jsonl",
            ROOT / "tests" / "passages" / "unseen.jsonl",
        ]
    )
    for gold in files:
        if not gold.exists() or not gold.stat().st_size:
            continue
        with tempfile.TemporaryDirectory() as folder:
            out = given.out or Path(folder) / "predictions.jsonl"
            predict(gold, out)
            print(f"== {gold.name}")
            score(gold, out, errors=given.errors)


if __name__ == "__main__":
    main()
