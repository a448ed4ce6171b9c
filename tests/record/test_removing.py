"""A release that is taken out leaves the record as if it had never been loaded."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from tables import month, write

from accord.errors import RecordError
from accord.record import Request, load, open_record
from accord.record.removing import remove
from accord.record.verifying import verify

RELEASES = {
    "a": (date(2021, 3, 1), [month(1, 10), month(2, 20)]),
    "b": (date(2021, 4, 1), [month(1, 11), month(2, 21), month(3, 31)]),
    "c": (date(2021, 5, 1), [month(2, 22), month(3, 32)]),
}


def put(folder: Path, name: str) -> str:
    day, rows = RELEASES[name]
    file = write(folder / f"{name}.csv", rows)
    return load("flows", Request(files=(file,), published=day, allow_break=True)).release


def state() -> list[tuple[Any, ...]]:
    with open_record() as record:
        assert verify(record) == []
        return record.rows(
            "SELECT r.id, period_start, value, known_from, known_until FROM flows f "
            "JOIN releases r ON r.key = f.release ORDER BY ALL"
        )


@pytest.mark.parametrize("order", list(permutations("abc")))
@pytest.mark.parametrize("gone", ["a", "b", "c"])
def test_what_remains_is_as_without_it(
    home: Path, tmp_path: Path, order: tuple[str, ...], gone: str
) -> None:
    names = {name: put(tmp_path, name) for name in order}
    done = remove(names[gone])
    assert done.rows == len(RELEASES[gone][1])
    left = state()
    for name in "abc":
        if name != gone:
            remove(names[name])
    assert state() == []
    for name in order:
        if name != gone:
            put(tmp_path, name)
    assert state() == left


def test_it_can_be_loaded_again(home: Path, tmp_path: Path) -> None:
    name = put(tmp_path, "a")
    before = state()
    remove(name)
    assert put(tmp_path, "a") == name
    assert state() == before


def test_a_file_of_another_period_says_how(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("Country,Exports\nPoland,5\n")
    source = tmp_path / "mine.yaml"
    source.write_text(
        "title: Mine\npublisher: Me\nlicence: none\nkind: figures\nadapter: office_table\n"
        "documentation: none\nget: none\nreporter: DEU\nmapping:\n  format: csv\n  period: year\n"
        "  partner: {column: Country}\n  values: [{column: Exports, direction: export}]\n"
    )
    first = load(str(source), Request(files=(file,), periods=("2020",)))
    with pytest.raises(RecordError, match="REC042") as problem:
        load(str(source), Request(files=(file,), periods=("2021",)))
    assert f"`accord record remove {first.release}`" in problem.value.hint
    remove(first.release)
    load(str(source), Request(files=(file,), periods=("2021",)))
    with open_record() as record:
        assert [str(f.period) for f in record.flows(sources=["mine"])] == ["2021"]


def test_of_panels_the_one_before_takes_its_place(home: Path, tmp_path: Path) -> None:
    names = []
    for trade in (1.0, 2.0):
        file = tmp_path / f"{trade}.dta"
        columns = {"exporter": ["RUS"], "importer": ["CHN"], "year": [1990], "trade": [trade]}
        pd.DataFrame(columns).to_stata(file, write_index=False)
        names.append(load("agtpa", Request(files=(file,))).release)
    remove(names[1])
    with open_record() as record:
        panel = record.gravity_panel("agtpa")
        assert panel is not None
        assert panel["trade"].to_pylist() == [1.0]
        assert verify(record) == []
    remove(names[0])
    with open_record() as record:
        assert (record.gravity_panel("agtpa"), record.panels()) == (None, [])


@pytest.mark.parametrize(("name", "code"), [("flows-none", "REC036"), ("bundled-facts", "REC043")])
def test_what_cannot_be_taken_out(home: Path, name: str, code: str) -> None:
    with pytest.raises(RecordError, match=code):
        remove(name)
