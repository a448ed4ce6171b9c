"""Fault injection into event coding: workers are killed, documents are poisoned.

Run as ``python tests/events/coding_faults.py --count 600``; prints one JSON line. Whatever
happens, each document gets one line, in order; only a poisoned one may get an error.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from coding_work import DEADLY, HANGING, RAISING, code_or_fall

from accord.read.engine_local import LocalPool
from accord.read.streams import Item, items_from_lines

POISON = {DEADLY: "READ041", HANGING: "READ040", RAISING: "READ042"}
ODD = (
    "",
    " \t\n",
    "\x00\x01" * 40,
    "\ud83d" * 30,
    "Россия помогла Китаю.",
    "((" * 5_000,
    "7 " * 9_000,
)
TIME_LIMIT = 6.0


def texts(count: int, rng: random.Random) -> list[str]:
    """Plain documents, among them odd and poisoned ones."""
    found = [f"Norway donated {k} trucks to Moldova, and Chad thanked Togo." for k in range(count)]
    for word, share in ((DEADLY, 60), (RAISING, 60), (HANGING, 300)):
        for _ in range(max(1, count // share)):
            found[rng.randrange(count)] = word
    for odd in ODD:
        found[rng.randrange(count)] = odd
    return found


def injected(count: int, kills: int, seed: int = 1) -> dict[str, Any]:
    """Code ``count`` documents while workers are killed; what came of it."""
    rng = random.Random(seed)
    documents = texts(count, rng)
    started, killed, found = time.monotonic(), 0, []
    with LocalPool(code_or_fall, workers=2, time_limit=TIME_LIMIT) as pool:
        for line in pool.map(_items(documents)):
            found.append(json.loads(line.data))
            if killed < kills and len(found) % max(1, count // (kills + 1)) == 0:
                os.kill(rng.choice(pool.process_ids), signal.SIGKILL)
                killed += 1
    names = [row["id"] for row in found]
    wanted = {k: POISON[text] for k, text in enumerate(documents) if text in POISON}
    errors = {int(row["id"]): row["error"]["code"] for row in found if "error" in row}
    return {
        "documents": count, "workers_killed": killed, "poisoned": len(wanted),
        "lost": count - len(set(names)), "doubled": len(names) - len(set(names)),
        "out_of_order": int(names != [str(k) for k in range(count)]),
        "wrong_errors": len(errors.items() ^ wanted.items()),
        "events": sum(len(row.get("events", ())) for row in found),
        "seconds": round(time.monotonic() - started, 1),
    }  # fmt: skip


def _items(documents: list[str]) -> Iterator[Item]:
    rows = (json.dumps({"id": str(k), "text": text}) for k, text in enumerate(documents))
    return items_from_lines(io.BytesIO("\n".join(rows).encode()))


def main() -> None:
    """Inject and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=600)
    parser.add_argument("--kills", type=int, default=20)
    options = parser.parse_args()
    sys.stdout.write(json.dumps(injected(options.count, options.kills)) + "\n")


if __name__ == "__main__":
    main()
