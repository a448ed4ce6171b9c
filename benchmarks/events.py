"""Event coding: agreement with the labelled sentences, actors found, and speed.

``python -m benchmarks.events [--quick] [--report]``: JSON lines; ``--report`` adds the
scores by class and the confusion matrix on standard error. Without the labelled
sentences beside the project only the own test set and the speed are measured.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from accord.errors import EventError
from accord.events.actors import ActorSpan, find_actors, principal_pair
from accord.events.classify import Classifier, Pair, Tier, classifier, read_pair
from accord.events.coder import Coder
from accord.events.ontology import BINARY, QUAD
from accord.model.document import Document
from benchmarks.harness import emit, peak_rss_mb

HOME = Path(__file__).resolve().parents[1]
LABELLED = HOME.parent / "shared" / "gold" / "events" / "relations_dev.jsonl"
OWN = HOME / "tests" / "events" / "economic_diplomacy.jsonl"
CONFLICT = HOME / "tests" / "events" / "conflict_news.jsonl"
# What the best published system reaches on the hidden part of the same set.
PEER = ("ZSP (roberta-large)", {"root": 82.1, "quad": 89.2, "binary": 96.4})


def main(argv: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--report", action="store_true")
    options = parser.parse_args(argv)
    tiers: list[Tier] = ["fast"] if options.quick else ["fast", "deep"]
    for tier in tiers:
        try:
            judge = classifier(tier)
        except EventError as problem:
            sys.stderr.write(f"{problem}\n")
            continue
        measure_relations(tier, judge, report=options.report)
    measure_actors("economic", read_rows(OWN))
    measure_actors("conflict", read_rows(CONFLICT))
    if LABELLED.exists():
        measure_actors("labelled", read_rows(LABELLED))
    measure_coding()


def measure_relations(tier: str, judge: Classifier, *, report: bool) -> None:
    """Macro-F1 of root, quad and binary class, and speed, on each set."""
    own = {"economic": OWN, "conflict": CONFLICT}
    sets = [(name, path, [r["root"] for r in read_rows(path)]) for name, path in own.items()]
    if LABELLED.exists():
        gold = [r["gold"]["plover_root15"] for r in read_rows(LABELLED)]
        sets.append(("labelled", LABELLED, gold))
    for name, path, gold in sets:
        rows = read_rows(path)
        judge.relation(read_pair(rows[0]))
        started = time.perf_counter()
        found = [judge.relation(read_pair(row)).root for row in rows]
        speed = len(rows) / (time.perf_counter() - started)
        levels = {
            "root": (gold, found),
            "quad": ([QUAD[r] for r in gold], [QUAD[r] for r in found]),
            "binary": ([BINARY[r] for r in gold], [BINARY[r] for r in found]),
        }
        for level, (wanted, got) in levels.items():
            value = 100 * macro_f1(wanted, got)
            peer = PEER[0] if name == "labelled" else None
            ratio = PEER[1][level] / value if peer else None
            emit(f"events {tier} {name} {level} macro-F1", value, "%", peer=peer, ratio=ratio)
        emit(f"events {tier} {name} speed", speed, "sentences/s", rss_mb=peak_rss_mb())
        if report:
            _write_report(f"{tier} {name}", gold, found)


def measure_actors(name: str, rows: Sequence[dict[str, Any]]) -> None:
    """F1 of the two spans found in each sentence against the two that are marked."""
    judge = classifier()
    exact = bare = found_count = gold_count = met = overlapping = 0
    for row in rows:
        text = row["text"]
        gold = [(s["start"], s["end"]) for s in row["source"] + row["target"]]
        gold = [(s, e) for s, e in gold if s is not None]
        spans = _chosen(text, judge)
        exact += len(set(spans) & set(gold))
        bare += len({_bare(text, *s) for s in spans} & {_bare(text, *g) for g in gold})
        met += sum(any(a < y and x < b for a, b in spans) for x, y in gold)
        overlapping += sum(any(a < y and x < b for x, y in gold) for a, b in spans)
        found_count += len(spans)
        gold_count += len(gold)
    emit(f"events actors {name} exact F1", 100 * _f1(exact, exact, found_count, gold_count), "%")
    emit(
        f"events actors {name} exact F1 without articles",
        100 * _f1(bare, bare, found_count, gold_count),
        "%",
    )
    emit(
        f"events actors {name} overlap F1",
        100 * _f1(overlapping, met, found_count, gold_count),
        "%",
    )


def measure_coding() -> None:
    """Whole documents: the own test sentences joined into ten texts."""
    texts = [row["text"] for row in read_rows(OWN)]
    documents = [Document(" ".join(texts[k::10]), f"text {k}") for k in range(10)]
    coder = Coder()
    coder.code(documents[0])
    started = time.perf_counter()
    events = sum(len(coder.code(document).events) for document in documents)
    taken = time.perf_counter() - started
    emit("events coding speed", len(texts) / taken, "sentences/s", rss_mb=peak_rss_mb())
    emit("events coded from the own sentences", events, "events")


def macro_f1(gold: Sequence[Any], found: Sequence[Any]) -> float:
    """The mean F1 over the labels of ``gold``."""
    scores = []
    for label in sorted(set(gold)):
        hits = sum(g == f == label for g, f in zip(gold, found, strict=True))
        scores.append(2 * hits / (list(gold).count(label) + list(found).count(label)))
    return sum(scores) / len(scores)


def _f1(right: int, met: int, found: int, gold: int) -> float:
    precision, recall = right / found, met / gold
    return 2 * precision * recall / (precision + recall)


def _chosen(text: str, judge: Classifier) -> list[tuple[int, int]]:
    spans = find_actors(text)

    def sure(source: ActorSpan, target: ActorSpan) -> float:
        return judge.relation(_between(text, source, target)).confidence

    pair = principal_pair(spans, sure)
    return [(s.start, s.end) for s in (pair or spans)]


def _between(text: str, source: ActorSpan, target: ActorSpan) -> Pair:
    return Pair(None, text, ((source.start, source.end),), ((target.start, target.end),))


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    article = re.match(r"(?i)(?:the|a|an)\s+", text[start:end])
    start += article.end() if article else 0
    return start, start + len(text[start:end].rstrip(" ,."))


def _write_report(name: str, gold: Sequence[str], found: Sequence[str]) -> None:
    cells = Counter(zip(gold, found, strict=True))
    sys.stderr.write(f"{name}\n{'gold':<10}" + "".join(f"{r[:5]:>6}" for r in QUAD) + "     F1\n")
    for root in QUAD:
        row = "".join(f"{cells[root, other]:>6}" for other in QUAD)
        total = gold.count(root) + found.count(root)  # type: ignore[attr-defined]
        value = 200 * cells[root, root] / total if total else 0.0
        sys.stderr.write(f"{root:<10}{row}{value:>7.1f}\n")


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


if __name__ == "__main__":
    main()
