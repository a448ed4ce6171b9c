"""The other sources, from fixtures in their publishers' formats."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from service import Answer, Asked

from accord.errors import RecordError
from accord.model.flow import Flow
from accord.model.period import Granularity, Period
from accord.record import Request, load, open_record

Serve = Callable[[str, Callable[[Asked, int], Answer]], Any]


def request(*files: Path, **more: Any) -> Request:
    return Request(files=files, **more)


def flows(source: str) -> list[Flow]:
    with open_record() as record:
        return record.flows(sources=[source])


# --- BACI ------------------------------------------------------------------------------

BACI = '"t","i","j","k","v","q"\n2021,156,643,"010121",12.345,3.5\n2021,842,156,"270900",500.5,NA\n'


def baci(path: Path, text: str = BACI, name: str = "BACI_HS92_Y2021_V202401.csv") -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, text)
        archive.writestr("country_codes_V202401.csv", "country_code,country_name\n")
    return path


def test_baci_archive(home: Path, tmp_path: Path) -> None:
    report = load("baci", request(baci(tmp_path / "BACI_HS92_V202401.zip")))
    assert report.rows == 4
    oil, horses = sorted(
        (flow for flow in flows("baci") if flow.product != "all"),
        key=lambda flow: flow.product, reverse=True,
    )  # fmt: skip
    totals = {flow.reporter: flow.value for flow in flows("baci") if flow.product == "all"}
    assert totals == {"CHN": 12345.0, "USA": 500500.0}
    assert report.notes == ("2 rows of all goods were added, the sums of their products",)
    assert (horses.reporter, horses.partner, horses.product) == ("CHN", "RUS", "010121")
    assert (horses.value, horses.quantity, horses.quantity_unit) == (12345.0, 3.5, "t")
    assert (oil.reporter, oil.quantity) == ("USA", None)
    assert horses.release.published_on == date(2024, 1, 31)


@pytest.mark.parametrize(
    ("text", "code", "named"),
    [
        (BACI.replace('"v"', '"value"'), "REC013", "lacks the column v"),
        (BACI.replace("12.345", "twelve"), "REC014", "row 2, column v: “twelve”"),
        (BACI.replace("643", "9999"), "REC023", "9999"),
        (BACI + BACI.splitlines()[1] + "\n", "REC015", "CHN / RUS / export / 010121"),
    ],
)
def test_bad_baci(home: Path, tmp_path: Path, text: str, code: str, named: str) -> None:
    with pytest.raises(RecordError) as problem:
        load("baci", request(baci(tmp_path / "b.zip", text)))
    assert problem.value.code == code
    assert named in problem.value.message


def test_baci_of_another_revision_and_a_broken_archive(home: Path, tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="REC026"):
        load("baci", request(baci(tmp_path / "b.zip"), options={"revision": "HS17"}))
    broken = tmp_path / "broken.zip"
    broken.write_bytes((tmp_path / "b.zip").read_bytes()[:150])
    with pytest.raises(RecordError, match="REC012"):
        load("baci", request(broken))


# --- SDMX ------------------------------------------------------------------------------


def generic(series: list[tuple[dict[str, str], dict[str, tuple[str, str]]]]) -> bytes:
    parts = []
    for key, observations in series:
        values = "".join(f'<g:Value id="{k}" value="{v}"/>' for k, v in key.items())
        obs = "".join(
            f'<g:Obs><g:ObsDimension value="{period}"/><g:ObsValue value="{value}"/>'
            f'<g:Attributes><g:Value id="OBS_STATUS" value="{status}"/></g:Attributes></g:Obs>'
            for period, (value, status) in observations.items()
        )
        parts.append(f"<g:Series><g:SeriesKey>{values}</g:SeriesKey>{obs}</g:Series>")
    base = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<m:GenericData xmlns:m="{base}/message" xmlns:g="{base}/data/generic" xmlns:c="{base}/common">
<m:Header><m:ID>T</m:ID><m:Test>true</m:Test><m:Prepared>2024-01-01T00:00:00</m:Prepared>
<m:Sender id="T"/><m:Structure structureID="S" dimensionAtObservation="TIME_PERIOD">
<c:Structure><Ref agencyID="T" id="D" version="1.0"/></c:Structure></m:Structure></m:Header>
<m:DataSet structureRef="S">{"".join(parts)}</m:DataSet></m:GenericData>""".encode()


def imf(partner: str = "RUS") -> bytes:
    key = {"COUNTRY": "CHN", "COUNTERPART_COUNTRY": partner, "FREQUENCY": "A"}
    return generic([
        (key | {"INDICATOR": "XG_FOB_USD"}, {"2020": ("100.5", "A"), "2021": ("NaN", "M")}),
        (key | {"INDICATOR": "MG_CIF_USD"}, {"2020": ("0", "A"), "2021": ("7", "E")}),
    ])  # fmt: skip


def test_imf_file_tells_missing_from_zero(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "imf.xml"
    file.write_bytes(imf())
    load("imf", request(file, published=date(2022, 1, 1)))
    found = {(f.direction.value, str(f.period)): f.value for f in flows("imf")}
    assert found == {("export", "2020"): 100.5, ("export", "2021"): None,
                     ("import", "2020"): 0.0, ("import", "2021"): 7.0}  # fmt: skip
    with open_record() as record:
        asked = {"direction": "export", "source": "imf"}
        assert record.state_of("CHN", "RUS", Period.of_year(2021), **asked) == "missing"
        asked["direction"] = "import"
        assert record.state_of("CHN", "RUS", Period.of_year(2020), **asked) == "zero"
        assert record.state_of("CHN", "RUS", Period.of_year(2021), **asked) == "estimated"


def test_comext_is_asked_for_over_sdmx(home: Path, serve: Serve) -> None:
    def reply(asked: Asked, number: int) -> Answer:
        key = {"FREQ": "M", "REPORTER": "DE", "PARTNER": "RU", "PRODUCT": "TOTAL",
               "INDICATORS": "VALUE_IN_EUROS"}  # fmt: skip
        body = generic([(key | {"FLOW": "2"}, {"2021-01": ("5", "A"), "2021-02": ("6", "A")})])
        return Answer(body, kind="application/xml")

    service = serve("ACCORD_COMEXT_URL", reply)
    ask = Request(reporters=("DEU",), partners=("RUS",), periods=("2021-01", "2021-02"),
                  options={"frequency": "monthly"})  # fmt: skip
    load("comext", ask)
    assert service.asked[0].path == "/data/DS-045409/M.DE.RU.TOTAL.1+2.VALUE_IN_EUROS"
    assert service.asked[0].params == {"startPeriod": "2021-01", "endPeriod": "2021-02"}
    assert [(f.reporter, f.partner, f.currency, f.value) for f in flows("comext")] == [
        ("DEU", "RUS", "EUR", 5.0), ("DEU", "RUS", "EUR", 6.0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"<html><body>down for maintenance</body></html>", "REC021"),
        (b'{"error": "no"}', "REC021"),
        (b"<a><b></a>", "REC012"),
        (imf("XQ"), "REC023"),
        (generic([]), "REC022"),
        (generic([({"COUNTRY": "CHN"}, {"2021": ("1", "A")})]), "REC013"),
    ],
)
def test_bad_sdmx(home: Path, serve: Serve, body: bytes, code: str) -> None:
    serve("ACCORD_IMF_URL", lambda asked, number: Answer(body, kind="application/xml"))
    with pytest.raises(RecordError) as problem:
        load("imf", Request(reporters=("CHN",), partners=("RUS",), periods=("2021",)))
    assert problem.value.code == code, problem.value


# --- World Bank ------------------------------------------------------------------------


def test_world_bank_pages(home: Path, serve: Serve) -> None:
    def reply(asked: Asked, number: int) -> Answer:
        page = int(asked.params["page"])
        indicator = asked.path.rpartition("/")[2]
        head = {"page": page, "pages": 2, "per_page": 1, "total": 2, "lastupdated": "2024-06-28"}
        value = None if page == 2 else 17.8e12
        entry = {"indicator": {"id": indicator, "value": "x"}, "countryiso3code": "CHN",
                 "country": {"id": "CN", "value": "China"}, "date": str(2020 + page),
                 "value": value, "unit": "", "obs_status": "", "decimal": 0}  # fmt: skip
        return Answer(json.dumps([head, [entry]]).encode())

    serve("ACCORD_WORLDBANK_URL", reply)
    assert load("worldbank", Request(reporters=("CHN",), periods=("2021", "2022"))).rows == 4
    with open_record() as record:
        found = record.rows(
            "SELECT indicator, year(period_start), value, status FROM indicators ORDER BY ALL"
        )
        assert ("gdp_usd", 2021, 17.8e12, "reported") in found
        assert ("population", 2022, None, "missing") in found
        released = [r.published_on for r in record.releases() if r.source == "worldbank"]
        assert released == [date(2024, 6, 28)]


def test_world_bank_error_message(home: Path, serve: Serve) -> None:
    body = [{"message": [{"id": "120", "key": "Invalid value", "value": "not valid"}]}]
    serve("ACCORD_WORLDBANK_URL", lambda asked, number: Answer(json.dumps(body).encode()))
    with pytest.raises(RecordError, match="not valid"):
        load("worldbank", Request(reporters=("XXX",)))


# --- tables of offices ------------------------------------------------------------------

# ruff: noqa: E501  (headings as the offices print them)
CHINA = """（2）2021年5月进出口商品国别（地区）总值表（美元值）,,,,,,
单位：千美元,,,,,,
国别（地区）,进出口 1至5月,出口 1至5月,进口 1至5月,累计比去年同期±% 进出口,累计比去年同期±% 出口,累计比去年同期±% 进口
总值,"2,000,000","1,200,000","800,000",1.0,2.0,3.0
俄罗斯,"50,656,000","22,921,000","27,735,000",23.9,35.3,15.8
美国,"300,000","200,000","100,000",-,50.1,-3.2
"""


def test_china_cumulative_months_in_thousands(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "china.csv"
    file.write_text(CHINA, encoding="utf-8")
    load("china_customs", request(file, periods=("2021-05",), published=date(2021, 6, 18)))
    found = {(f.partner, f.direction.value): f for f in flows("china_customs")}
    russia = found["RUS", "export"]
    assert (russia.value, russia.growth_pct) == (22.921e9, 35.3)
    assert str(russia.period) == "2021-01-01/2021-05-31"
    assert found["USA", "total"].growth_pct is None
    assert found["USA", "import"].growth_pct == -3.2
    assert len(found) == 6


def test_china_january_february_is_one_period(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "china.csv"
    file.write_text(CHINA.replace("1至5月", "1至2月"), encoding="utf-8")
    load("china_customs", request(file, periods=("2021-02",)))
    assert {f.period.granularity for f in flows("china_customs")} == {Granularity.JAN_FEB}


@pytest.mark.parametrize(
    ("text", "periods", "code", "named"),
    [
        (CHINA, ("2021-06",), "REC013", "1至6月"),
        (CHINA, (), "REC035", "--period"),
        (CHINA.replace("俄罗斯", "亚特"), ("2021-05",), "REC023", "亚特” is no known partner (row 5)"),
        (CHINA.replace("22,921,000", "x"), ("2021-05",), "REC014", "row 5, column 出口 1至5月"),
        (CHINA.replace("22,921,000", "12,921,000"), ("2021-05",), "REC024", "CHN / RUS"),
        ("<html></html>", ("2021-05",), "REC012", "web page"),
        ("", ("2021-05",), "REC012", "it is empty"),
        ("x", ("2021-05",), "REC012", "too few"),
    ],
)  # fmt: skip
def test_bad_tables(
    home: Path, tmp_path: Path, text: str, periods: tuple[str, ...], code: str, named: str
) -> None:
    file = tmp_path / "china.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(RecordError) as problem:
        load("china_customs", request(file, periods=periods))
    assert problem.value.code == code, problem.value
    assert named in problem.value.message


def test_russia_months_side_by_side_in_millions(home: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [
        ["Внешняя торговля"], ["млн долларов США"],
        ["", "Экспорт", None, None, "Импорт", None, None],
        ["Страна", "январь", "февраль", "март", "январь", "февраль", "март"],
        ["Всего", 30000, 31000, 32000, 20000, 21000, 22000],
        ["Китай", "3 940,5", "…", 5000, 4100, 4200, "4 300,25"],
        ["Казахстан", "-", 900, 950, 500, 510, 520],
    ]:  # fmt: skip
        sheet.append(row)
    file = tmp_path / "russia.xlsx"
    book.save(file)
    load("russia_customs", request(file, periods=("2020",)))
    found = {
        (f.partner, f.direction.value, f.period.start.month): f.value
        for f in flows("russia_customs")
    }
    assert found["CHN", "export", 1] == 3940.5e6
    assert found["CHN", "export", 2] is None
    assert found["CHN", "import", 3] == 4300.25e6
    assert found["KAZ", "export", 1] == 0.0
    assert len(found) == 12


MONTHS = ("январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь",
          "октябрь", "ноябрь", "декабрь")  # fmt: skip


def russian_year(path: Path, columns: list[str]) -> Path:
    """A workbook whose columns hold 1, 2, 3 … million of exports, and ten times that of imports."""
    book = openpyxl.Workbook()
    sheet = book.active
    blank = [None] * (len(columns) - 1)
    numbers = list(range(1, len(columns) + 1))
    for row in [
        ["Внешняя торговля"], ["млн долларов США"],
        ["", "Экспорт", *blank, "Импорт", *blank], ["Страна", *columns, *columns],
        ["Китай", *numbers, *(10 * n for n in numbers)],
    ]:  # fmt: skip
        sheet.append(row)
    book.save(path)
    return path


def test_russia_all_months_and_cumulative_ones(home: Path, tmp_path: Path) -> None:
    columns = [*MONTHS, *(f"Январь – {month}" for month in MONTHS[1:])]
    file = russian_year(tmp_path / "russia.xlsx", columns)
    assert load("russia_customs", request(file, periods=("2021",))).rows == 46
    found = {
        (f.direction.value, f.period.start.month, f.period.end.month): f.value
        for f in flows("russia_customs")
    }
    assert [found["export", m, m] for m in range(1, 13)] == [m * 1e6 for m in range(1, 13)]
    assert [found["import", 1, m] for m in range(2, 13)] == [(m + 11) * 1e7 for m in range(2, 13)]


def test_russia_a_year_under_way_and_unknown_columns(home: Path, tmp_path: Path) -> None:
    file = russian_year(tmp_path / "a.xlsx", list(MONTHS[:4]))
    assert load("russia_customs", request(file, periods=("2021",))).rows == 8
    for columns, code, named in (
        ([*MONTHS[:2], "мрт"], "REC039", "Экспорт мрт"),
        (["янв.", "фев."], "REC039", "Экспорт янв."),
    ):
        bad = russian_year(tmp_path / "b.xlsx", columns)
        with pytest.raises(RecordError, match=named) as problem:
            load("russia_customs", request(bad, periods=("2021",)))
        assert problem.value.code == code


def test_india_fiscal_years_on_a_page(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "india.html"
    file.write_text(
        "<html><body><table><tr><th>Country</th><th>Year</th>"
        "<th colspan=2>Values in US $ million</th></tr>"
        "<tr><td></td><td></td><td>Export</td><td>Import</td></tr>"
        "<tr><td>CHINA P RP</td><td>2021-22</td><td>21,259.79</td><td>94,570.58</td></tr>"
        "<tr><td>RUSSIA</td><td>2020-21</td><td>2,655.52</td><td>5,485.75</td></tr>"
        "<tr><td>Total</td><td>2021-22</td><td>1</td><td>2</td></tr></table></body></html>"
    )
    source = tmp_path / "india.yaml"
    origin = Path(load.__code__.co_filename).parent / "sources" / "india_commerce.yaml"
    source.write_text(origin.read_text().replace("column: Country", "column: Country"))
    load("india_commerce", request(file, published=date(2022, 5, 10)))
    found = {(f.partner, f.direction.value): f for f in flows("india_commerce")}
    china = found["CHN", "export"]
    assert china.value == pytest.approx(21259.79e6)
    assert china.period == Period.of_fiscal_year("IND", 2021)
    assert found["RUS", "import"].period.start == date(2020, 4, 1)


# --- facts ------------------------------------------------------------------------------

DESTA = """country1,country2,iso1,iso2,number,base_treaty,name,entry_type,year,entryforceyear,typememb
Russia,Kazakhstan,643,398,912,912,Eurasian Economic Union,base_treaty,2014,2015,2
Russia,Belarus,643,112,912,912,Eurasian Economic Union,base_treaty,2014,2015,2
Viet Nam,Russia,704,643,915,912,Eurasian Economic Union Vietnam,base_treaty,2015,NA,3
"""


def test_desta(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "desta.csv"
    file.write_text(DESTA)
    assert load("desta", request(file)).rows == 2
    with open_record() as record:
        found = {a.id: a for a in record.agreements(["RUS"]) if a.id.startswith("desta")}
        assert found["desta-912"].parties == ("BLR", "KAZ", "RUS")
        assert (found["desta-912"].signed, found["desta-912"].in_force) == ("2014", "2015")
        assert found["desta-915"].in_force is None
        assert found["desta-915"].part_of == "desta-912"


def test_of_two_releases_of_facts_the_newest_counts(home: Path, tmp_path: Path) -> None:
    for day, text in ((1, DESTA), (2, DESTA.replace("2014,2015", "2014,2016"))):
        file = tmp_path / f"{day}.csv"
        file.write_text(text)
        load("desta", request(file, published=date(2024, 1, day)))
    with open_record() as record:
        found = [a for a in record.agreements(["RUS"]) if a.id == "desta-912"]
        assert [a.in_force for a in found] == ["2016"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [("number", "no", "REC013"), ("2014,2015", "long ago,2015", "REC014"),
     ("Russia,Kazakhstan,643,398", "Russia,Nowhere,643,", "REC023")],
)  # fmt: skip
def test_bad_desta(home: Path, tmp_path: Path, old: str, new: str, code: str) -> None:
    file = tmp_path / "desta.csv"
    file.write_text(DESTA.replace(old, new, 1))
    with pytest.raises(RecordError, match=code):
        load("desta", request(file))


def test_cow_memberships_become_spells(home: Path, tmp_path: Path) -> None:
    lines = ["ccode,year,state,APEC,WTO"]
    for year in range(2008, 2015):
        lines.append(f"710,{year},CHN,1,1")
        lines.append(f"365,{year},RUS,1,{3 if year < 2012 else 1}")
        lines.append(f"2,{year},USA,{1 if year not in {2010} else -9},1")
    file = tmp_path / "cow.csv"
    file.write_text("\n".join(lines) + "\n")
    load("cow_igo", request(file))
    with open_record() as record:
        russia = [(m.start, m.end, m.status) for m in record.memberships("WTO", "RUS")]
        assert russia == [("2008", "2011", "observer"), ("2012", None, "member")]
        assert len([m for m in record.memberships("APEC", "USA") if m.id.startswith("cow")]) == 2


def gdelt_line(number: int, first: str, second: str, code: str = "040") -> str:
    cells = [""] * 61
    cells[0], cells[1], cells[7], cells[17] = str(number), "20210326", first, second
    cells[26], cells[31], cells[34], cells[59] = code, "10", "2.5", "20210326121500"
    cells[60] = f"https://example.org/{number}"
    return "\t".join(cells)


def test_gdelt_export(home: Path, tmp_path: Path) -> None:
    text = "\n".join([gdelt_line(1, "RUS", "CHN"), gdelt_line(2, "RUS", "RUS"),
                      gdelt_line(3, "USA", ""), gdelt_line(4, "CHN", "RUS", "057")])  # fmt: skip
    file = tmp_path / "20210326121500.export.CSV.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("20210326121500.export.CSV", text + "\n")
    assert load("gdelt", request(file)).rows == 2
    with open_record() as record:
        found = [e for e in record.events(["CHN"], ["RUS"]) if e.id.startswith("gdelt")]
        assert [(e.date, e.code, e.source.url) for e in found] == [
            ("2021-03-26", "057", "https://example.org/4")
        ]


def test_gdelt_of_another_layout(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "x.export.CSV"
    file.write_text("1\t20210326\tRUS\n")
    with pytest.raises(RecordError, match="61 columns"):
        load("gdelt", request(file))


def test_panels_keep_their_columns(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "Gravity.csv"
    file.write_text("year,iso3_o,iso3_d,dist,contig\n2019,RUS,CHN,5795,1\n2019,CHN,RUS,5795,1\n")
    load("cepii_gravity", request(file))
    with open_record() as record:
        panel = record.gravity_panel("cepii_gravity")
        assert panel is not None
        assert panel.column_names == ["year", "iso3_o", "iso3_d", "dist", "contig"]
        assert panel["dist"].to_pylist() == [5795, 5795]
        assert record.panels() == ["cepii_gravity"]
        assert record.gravity_panel("itpd_e") is None
    file.write_text("year,a,b\n2019,1,2\n")
    with pytest.raises(RecordError, match="REC013"):
        load("cepii_gravity", request(file))


def test_own_agreements_and_memberships(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("id,name,parties,signed,subjects\nx1,A treaty,RUS;IND,2021-12-06,BRI\n")
    load("own_agreements", request(file))
    other = tmp_path / "members.csv"
    other.write_text("bloc,member,status,start_on\nG7,CAN,member,1976\n")
    load("own_memberships", request(other))
    with open_record() as record:
        assert [a.id for a in record.agreements(["RUS", "IND"])] == ["x1"]
        assert [m.start for m in record.memberships("G7")] == ["1976"]
    file.write_text("id,name,parties,signed\nx1,A treaty,RUS;IND,last week\n")
    with pytest.raises(RecordError, match="REC014"):
        load("own_agreements", request(file))


def test_a_source_without_service_wants_a_file(home: Path) -> None:
    with pytest.raises(RecordError, match="REC034"):
        load("baci", Request())
    with pytest.raises(RecordError, match="there is no such file"):
        load("baci", request(Path("nowhere.zip")))
