"""The work of ``accord check``: read, judge, show; in a batch one bad document stops no other."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from accord.errors import AccordError, CheckError

if TYPE_CHECKING:
    from accord.cli.batch import Batch, Sources
    from accord.model.document import Document
    from accord.model.verdict import Check

__all__ = ["FAILED_ON", "Job"]

FAILED_ON = 3


@dataclass
class Job:
    """One run of the command: its options, and the exit code that it comes to."""

    sources: Sources
    as_of: date | None = None
    fail_on: frozenset[str] = frozenset()
    _failed: bool = field(default=False, init=False)
    _matched: bool = field(default=False, init=False)

    @property
    def exit_code(self) -> int:
        """1 if a document failed, 3 if ``--fail-on`` matched, 0 otherwise."""
        return 1 if self._failed else FAILED_ON if self._matched else 0

    # --- documents by path or address ----------------------------------------------

    def run_documents(self, *, form: str, html: Path | None) -> None:
        """Check each document and show it in one form."""
        checks: list[Check] = []
        paths = self.sources.paths
        for path in paths:
            try:
                document = self._read(path)
                if form == "plan":
                    self._show_plan(document)
                    continue
                check = self.judge(document)
            except AccordError as problem:
                if len(paths) == 1:
                    raise
                self._report(path, problem, as_json=form == "json")
                continue
            if form == "csv":
                checks.append(check)
            else:
                self._show(check, form=form, html=html, several=len(paths) > 1)
        if form == "csv" and checks:
            from accord.cli.render_csv import render_csv

            sys.stdout.write(render_csv(checks))

    def _read(self, path: str) -> Document:
        from accord.read.documents import read_document

        return read_document(
            path,
            published=self.sources.published,
            title=self.sources.title,
            allow_private_addresses=self.sources.allow_private_addresses,
        )

    def judge(self, document: Document) -> Check:
        """Find the statements of a document and judge them."""
        from accord.cli.judging import judge

        check = judge(document, as_of=self.as_of)
        outcomes = {c.verdict.outcome.value for c in check.statements}
        self._matched = self._matched or bool(outcomes & self.fail_on)
        return check

    def _show(self, check: Check, *, form: str, html: Path | None, several: bool) -> None:
        if html is not None:
            from accord.cli.render_html import render_html

            _write_file(html, render_html(check))
            sys.stdout.write(f"{html}: {len(check.statements)} statements\n")
            return
        if form == "json":
            from accord.model.serial import check_to_dict

            indent = None if several else 2
            text = json.dumps(check_to_dict(check), ensure_ascii=False, indent=indent)
            sys.stdout.write(_encodable(text) + "\n")
        elif form == "markdown":
            from accord.cli.render_markdown import render_markdown

            sys.stdout.write(_encodable(render_markdown(check)))
        else:
            from accord.cli.render_table import render_table, wants_colour

            sys.stdout.write(_encodable(render_table(check, colour=wants_colour())))
        sys.stdout.flush()

    def _show_plan(self, document: Document) -> None:
        from accord.check.plan import plan_check
        from accord.cli.judging import open_facts
        from accord.model.verdict_display import plain_words
        from accord.read.statements import find_statements

        statements = find_statements(document)
        quotes = {s.id: plain_words(s.quote) for s in statements}
        shown = ""
        for entry in plan_check(statements, document, open_facts()):
            if entry.statement != shown:
                shown = entry.statement
                sys.stdout.write(_encodable(f"{shown}  {quotes[shown]}\n"))
            sys.stdout.write(f"    {entry.purpose}\n")
            if entry.query:
                sys.stdout.write(f"      {entry.query}\n")

    def _report(self, path: str, problem: AccordError, *, as_json: bool) -> None:
        self._failed = True
        if as_json:
            line = {"id": path, "error": problem.to_dict()}
            sys.stdout.write(json.dumps(line, ensure_ascii=True) + "\n")
        sys.stderr.write(f"error {problem.code}: {problem.message}\n  → {problem.hint}\n")

    # --- many documents, one line each ------------------------------------------------

    def run_batch(self, batch: Batch) -> None:
        """One line out for each document, in order, flushed as it goes."""
        from accord.cli.judging import WatchingOutput, judge_line, judge_whole
        from accord.read.engine import Output
        from accord.record import open_record

        open_record().close()  # built once, before several processes ask for it
        watching: list[WatchingOutput] = []

        def watch(output: Output) -> Output:
            watching.append(WatchingOutput(output, self.fail_on))
            return watching[0]

        function = judge_line if self.sources.jsonl is not None else judge_whole
        errors = batch.run(partial(function, as_of=self.as_of), watch=watch, as_of=self.as_of)
        self._failed = self._failed or errors > 0
        self._matched = self._matched or any(output.matched for output in watching)


def _write_file(path: Path, text: str) -> None:
    try:
        path.write_text(_encodable(text), encoding="utf-8")
    except OSError as problem:
        detail = problem.strerror or str(problem)
        raise CheckError("CHK005", path=path, detail=detail) from None


def _encodable(text: str) -> str:
    """Lone surrogates cannot be written; they become a replacement character."""
    return text.encode("utf-8", "replace").decode("utf-8")
