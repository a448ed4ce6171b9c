"""What is wrong with a file is said with its row and column, and nothing is loaded."""

from __future__ import annotations

import zipfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from tables import month, write
from test_comtrade import bulk, line
from test_sources import gdelt_line

from accord.errors import RecordError
from accord.record import Request, load, open_record


def refused(source: str, *files: Path, **more: Any) -> RecordError:
    with pytest.raises(RecordError) as problem:
        load(source, Request(files=files, **more))
    with open_record() as record:
        assert all(release.source == "bundled" for release in record.releases())
    return problem.value


@pytest.mark.parametrize(
    ("rows", "code", "named"),
    [
        ([line(), line(flow="M"), line()], "REC015", "in rows 2, 4"),
        ([line(), line(partner=6430)], "REC023", "partner “6430” is no known polity (row 3)"),
        (
            [line(), line(flow="Q")],
            "REC023",
            "direction “Q” is no known direction of trade (row 3)",
        ),
        ([line(), line(value=-1, code="28")], "REC014", "row 3, column value: “-1.0”"),
        ([line(), line(value="nan", code="28")], "REC014", "row 3, column value: “nan”"),
    ],
)
def test_bulk_files(
    tmp_path: Path, home: Path, rows: list[list[object]], code: str, named: str
) -> None:
    file = tmp_path / "bulk.txt"
    file.write_text(bulk(rows))
    problem = refused("comtrade_bulk", file)
    assert problem.code == code, problem
    assert named in problem.message


def test_a_period_that_is_none(tmp_path: Path, home: Path) -> None:
    file = tmp_path / "bulk.txt"
    file.write_text(bulk([line()]).replace("\t202101\t", "\t202113\t"))
    assert (
        "row 2, column period: “202113” is not a period" in refused("comtrade_bulk", file).message
    )


def test_of_several_files_the_one_is_named(tmp_path: Path, home: Path) -> None:
    names = ("a.txt", "b.txt")
    for name in names:
        (tmp_path / name).write_text(
            bulk([line(code="28"), line()] if name == "b.txt" else [line()])
        )
    problem = refused("comtrade_bulk", *(tmp_path / name for name in names))
    assert "in rows a.txt: 2, b.txt: 3" in problem.message


def test_parts_of_flows_and_areas_that_are_no_polity(tmp_path: Path, home: Path) -> None:
    file = tmp_path / "bulk.txt"
    file.write_text(bulk([line(), line(flow="RX"), line(partner=899), line(partner=58)]))
    load("comtrade_bulk", Request(files=(file,)))
    with open_record() as record:
        assert {f.partner for f in record.flows(sources=["comtrade_bulk"])} == {
            "RUS", "M49:899", "BLX",
        }  # fmt: skip


@pytest.mark.parametrize(
    ("row", "code", "named"),
    [
        (("DEU", "", "export", "27", "2021-01-01", "2021-01-31", 1), "REC023", "(row 3)"),
        (
            ("DEU", "POL", "export", "27", "2021-01-31", "2021-01-01", 1), "REC014",
            "row 3, column period_end: “2021-01-01”",
        ),
        (
            ("DEU", "POL", "export", "27", "2021-01-01", "2021-01-31", -2), "REC014",
            "row 3, column value: “-2.0” is not zero or more",
        ),
        (("DEU", "POL", "export", "27", "2021-01-01", "2021-01-31", "inf"), "REC014", "row 3"),
        (month(1, 2), "REC015", "in rows 2, 3"),
    ],
)  # fmt: skip
def test_tables_in_own_columns(
    tmp_path: Path, home: Path, row: tuple[object, ...], code: str, named: str
) -> None:
    problem = refused("flows", write(tmp_path / "a.csv", [month(1, 1), row]))
    assert problem.code == code, problem
    assert named in problem.message


def test_a_balance_may_be_negative(tmp_path: Path, home: Path) -> None:
    row = ("DEU", "POL", "balance", "all", "2021-01-01", "2021-01-31", -2)
    assert load("flows", Request(files=(write(tmp_path / "a.csv", [row]),))).rows == 1


def test_codes_of_products_keep_their_zeros(tmp_path: Path, home: Path) -> None:
    load("flows", Request(files=(write(tmp_path / "a.csv", [month(1, 1, product="01")]),)))
    with open_record() as record:
        assert [flow.product for flow in record.flows(sources=["flows"])] == ["01"]


def test_a_day_to_come_is_no_day_of_publication(tmp_path: Path, home: Path) -> None:
    file = write(tmp_path / "a.csv", [month(1, 1)])
    problem = refused("flows", file, published=date.today() + timedelta(days=1))
    assert (problem.code, "future" in problem.message) == ("REC035", True)


def test_duplicates_in_an_archive_of_baci(tmp_path: Path, home: Path) -> None:
    row = '2021,156,643,"010121",12.3,3.5\n'
    archive = tmp_path / "BACI_HS92_V202401.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("BACI_HS92_Y2021_V202401.csv", f"t,i,j,k,v,q\n{row}{row}")
    assert "in rows 2, 3" in refused("baci", archive).message


@pytest.mark.parametrize(
    ("source", "text", "code", "named"),
    [
        ("own_agreements", "id,name,parties\nx,X,RUS;XYZ\n", "REC023", "parties “XYZ”"),
        ("own_memberships", "bloc,member,status\nSCO,XYZ,member\n", "REC023", "member “XYZ”"),
        ("own_memberships", "bloc,member,status\nSCO,TUR,boss\n", "REC023", "(row 2)"),
        ("rates", "currency,period,rate\nCNY,2021,-6\n", "REC014", "row 2, column rate"),
        ("rates", "currency,period,rate\nCNY,2021,6\nCNY,2021,7\n", "REC015", "in rows 2, 3"),
        (
            "hs_concordance",
            "source_revision,source_product,target_revision,target_product,share\n"
            "H4,01,H5,02,0.6\nH4,01,H5,03,0.6\n", "REC014", "add up to 1.2",
        ),
        (
            "cow_igo", "ccode,year,state,APEC\n2,1990,USA,1\n2,1991,USA,7\n", "REC014",
            "row 3, column APEC",
        ),
    ],
)  # fmt: skip
def test_facts(tmp_path: Path, home: Path, source: str, text: str, code: str, named: str) -> None:
    file = tmp_path / "table.csv"
    file.write_text(text)
    problem = refused(source, file)
    assert problem.code == code, problem
    assert named in problem.message


def test_parties_may_be_named(tmp_path: Path, home: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_text("id,name,parties\nx,X,Russia;CN\n")
    load("own_agreements", Request(files=(file,)))
    with open_record() as record:
        assert [a.parties for a in record.agreements() if a.id == "x"] == [("RUS", "CHN")]


@pytest.mark.parametrize(
    ("lines", "code", "named"),
    [
        ([gdelt_line(1, "RUS", "CHN")] * 2, "REC015", "gdelt-1 in rows 1, 2"),
        ([gdelt_line(1, "RUS", "CHN", "999")], "REC014", "row 1, column EventCode: “999”"),
        (
            [gdelt_line(1, "RUS", "CHN"), gdelt_line(2, "RUS", "CHN").replace("0326", "032", 1)],
            "REC014", "row 2, column SQLDATE: “2021032”",
        ),
    ],
)  # fmt: skip
def test_events(tmp_path: Path, home: Path, lines: list[str], code: str, named: str) -> None:
    file = tmp_path / "20210326121500.export.CSV"
    file.write_text("\n".join(lines) + "\n")
    problem = refused("gdelt", file)
    assert problem.code == code, problem
    assert named in problem.message


# --- declarations of one's own ------------------------------------------------------------

OWN = """title: Mine
publisher: Me
licence: none
kind: figures
adapter: office_table
documentation: none
get: none
reporter: DEU
mapping:
  format: csv
  period: year
  skip: "^Total"
  partner: {column: Country}
  values: [{column: Exports, direction: export}]
"""


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("adapter: office_table", "adapter: office_tables", "meant `office_table`"),
        ("  values: [{column: Exports, direction: export}]\n", "", "`values` lists"),
        ("direction: export", "direction: exports", "`direction` is “exports”"),
        ("direction: export", "flow: export", "unknown key `flow` in `values`"),
        ("period: year", "period: weekly", "`period` is “weekly”"),
        ("period: year", "period: column", "needs `period_column`"),
        ('skip: "^Total"', 'skip: "("', "`skip` is no pattern"),
        ("partner: {column: Country}", "partner: Country", "`partner` names a `column`"),
        ("reporter: DEU\n", "", "`reporter` says whose"),
        ("  format: csv", "  formats: csv", "meant `format`"),
    ],
)
def test_declarations(tmp_path: Path, home: Path, old: str, new: str, named: str) -> None:
    source, file = tmp_path / "mine.yaml", tmp_path / "mine.csv"
    assert old in OWN
    source.write_text(OWN.replace(old, new))
    file.write_text("Country,Exports\nPoland,5\n")
    problem = refused(str(source), file, periods=("2021",))
    assert (problem.code, named in problem.message) == ("REC011", True), problem


def test_totals_are_left_out_wherever_the_name_stands(tmp_path: Path, home: Path) -> None:
    source, file = tmp_path / "mine.yaml", tmp_path / "mine.csv"
    source.write_text(OWN)
    file.write_text("No,Country,Exports\n1,Poland,5\n,Total,5\n")
    assert load(str(source), Request(files=(file,), periods=("2021",))).rows == 1


# --- panels -----------------------------------------------------------------------------

GRAVITY = "year,country_id_o,country_id_d,iso3_o,iso3_d,dist\n2019,RUS,CHN,RUS,CHN,5795\n"


def gravity(path: Path, text: str = GRAVITY) -> Path:
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("Countries_V202211.csv", "country_id,iso3,country\nRUS,RUS,Russia\n")
        packed.writestr("Gravity_V202211.csv", text)
    return path


def test_of_an_archive_the_panel_is_read(tmp_path: Path, home: Path) -> None:
    assert load("cepii_gravity", Request(files=(gravity(tmp_path / "g.zip"),))).rows == 1


def test_an_archive_without_the_panel(tmp_path: Path, home: Path) -> None:
    file = gravity(tmp_path / "g.zip", GRAVITY.replace("dist", "d"))
    problem = refused("cepii_gravity", file)
    assert (problem.code, "lacks the column dist" in problem.message) == ("REC013", True)


def test_a_panel_with_a_row_twice(tmp_path: Path, home: Path) -> None:
    file = gravity(tmp_path / "g.zip", GRAVITY + GRAVITY.splitlines()[1] + "\n")
    problem = refused("cepii_gravity", file)
    assert (problem.code, "2019 / RUS / CHN in rows 2, 3" in problem.message) == ("REC015", True)


def test_releases_of_a_panel_stand_beside_each_other(tmp_path: Path, home: Path) -> None:
    for year, distance in ((2022, 5795), (2024, 5800)):
        file = tmp_path / f"{year}.dta"
        columns = {"exporter": ["RUS"], "importer": ["CHN"], "year": [1990], "trade": [distance]}
        pd.DataFrame(columns).to_stata(file, write_index=False)
        load("agtpa", Request(files=(file,), published=date(year, 1, 1)))
    with open_record() as record:
        assert record.panels() == ["agtpa"]
        for day, distance in ((None, 5800), (date(2023, 1, 1), 5795), (date(2025, 1, 1), 5800)):
            panel = record.gravity_panel("agtpa", as_of=day)
            assert panel is not None
            assert panel["trade"].to_pylist() == [distance]
        assert record.gravity_panel("agtpa", as_of=date(2021, 1, 1)) is None
