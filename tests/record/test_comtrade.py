"""UN Comtrade, played well and badly on this machine."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from service import Answer, Asked

from accord.errors import RecordError
from accord.model.period import Period
from accord.record import Request, load, open_record
from accord.record.verifying import verify

AREAS = {"156": "CHN", "643": "RUS", "0": "W00", "842": "USA"}
Serve = Callable[[str, Callable[[Asked, int], Answer]], Any]


def record(
    reporter: str, partner: str, flow: str, period: str, value: float | None
) -> dict[str, Any]:
    return {
        "typeCode": "C", "freqCode": "A" if len(period) == 4 else "M", "period": period,
        "reporterCode": int(reporter), "reporterISO": AREAS[reporter], "flowCode": flow,
        "partnerCode": int(partner), "partnerISO": AREAS[partner], "partner2Code": 0,
        "classificationCode": "H6", "cmdCode": "TOTAL", "customsCode": "C00", "motCode": 0,
        "netWgt": None, "primaryValue": value, "isReported": True,
    }  # fmt: skip


def answer(records: list[dict[str, Any]]) -> Answer:
    body = {"elapsedTime": "0.1 secs", "count": len(records), "data": records, "error": ""}
    return Answer(json.dumps(body).encode())


def full(asked: Asked, number: int) -> Answer:
    return answer([
        record(asked.params["reporterCode"], partner, flow, period, 1e9 * int(period[-2:]))
        for partner in asked.params["partnerCode"].split(",")
        for flow in asked.params["flowCode"].split(",")
        for period in asked.params["period"].split(",")
    ])  # fmt: skip


ASK = Request(reporters=("CHN",), partners=("RUS",), periods=("2021",))


def test_a_year_is_loaded_with_its_valuation(home: Path, serve: Serve) -> None:
    service = serve("ACCORD_COMTRADE_URL", full)
    report = load("comtrade", ASK)
    assert report.rows == 2
    assert service.asked[0].path == "/public/v1/preview/C/A/HS"
    with open_record() as opened:
        flows = opened.flows(reporters=["CHN"], sources=["comtrade"])
    assert {(f.direction.value, f.valuation.value, f.value, f.product) for f in flows} == {
        ("export", "fob", 21e9, "all"), ("import", "cif", 21e9, "all"),
    }  # fmt: skip
    assert {str(f.period) for f in flows} == {"2021"}
    assert {f.release.publisher for f in flows} == {
        "United Nations Statistics Division (UN Comtrade)"
    }


def test_loading_again_asks_again_and_changes_nothing(home: Path, serve: Serve) -> None:
    service = serve("ACCORD_COMTRADE_URL", full)
    first = load("comtrade", ASK)
    again = load("comtrade", ASK)
    assert (again.already, again.release, again.rows) == (True, first.release, first.rows)
    assert len(service.asked) == 2


def test_the_same_rows_in_another_wrapping_are_the_same_release(home: Path, serve: Serve) -> None:
    values = iter([[1e9, 2e9], [1e9, 2e9], [1e9, 3e9]])

    def reply(asked: Asked, number: int) -> Answer:
        rows = [record("156", "643", f, "2021", v) for f, v in zip("XM", next(values), strict=True)]
        body = {"elapsedTime": f"{number / 10} secs", "data": rows[:: 1 if number == 1 else -1]}
        return Answer(json.dumps(body).encode())

    serve("ACCORD_COMTRADE_URL", reply)
    first, same, other = (load("comtrade", ASK) for _ in range(3))
    assert (same.already, same.release) == (True, first.release)
    assert not other.already
    with open_record() as opened:
        assert verify(opened) == []


def test_months_are_asked_for_twelve_at_a_time_with_the_key(
    home: Path, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACCORD_COMTRADE_KEY", "a-key")
    service = serve("ACCORD_COMTRADE_URL", full)
    ask = Request(reporters=("CHN",), partners=("RUS", "USA"), periods=("2020", "2021"),
                  options={"frequency": "monthly"})  # fmt: skip
    assert load("comtrade", ask).rows == 2 * 2 * 24
    assert [a.path for a in service.asked] == ["/data/v1/get/C/M/HS"] * 2
    assert all(len(a.params["period"].split(",")) == 12 for a in service.asked)
    assert service.asked[0].headers["Ocp-Apim-Subscription-Key"] == "a-key"
    assert service.asked[0].params["partnerCode"] == "643,842"


def test_an_answer_at_the_limit_is_asked_for_in_parts(home: Path, serve: Serve) -> None:
    def crowded(asked: Asked, number: int) -> Answer:
        periods = asked.params["period"].split(",")
        if len(periods) > 3:
            return answer([record("156", "643", "X", "2021", 1.0)] * 500)
        return full(asked, number)

    service = serve("ACCORD_COMTRADE_URL", crowded)
    ask = Request(reporters=("CHN",), partners=("RUS",),
                  periods=tuple(str(year) for year in range(2010, 2022)))  # fmt: skip
    assert load("comtrade", ask).rows == 24
    assert len(service.asked) > 4


def test_bursts_are_waited_out(home: Path, serve: Serve) -> None:
    def moody(asked: Asked, number: int) -> Answer:
        if number < 4:
            return Answer(b"{}", status=(429, 500, 503)[number - 1], headers={"Retry-After": "1"})
        return full(asked, number)

    service = serve("ACCORD_COMTRADE_URL", moody)
    assert load("comtrade", ASK).rows == 2
    assert len(service.asked) == 4


def test_what_had_come_is_not_asked_for_again(home: Path, serve: Serve) -> None:
    broken = True

    def half(asked: Asked, number: int) -> Answer:
        if broken and asked.params["reporterCode"] == "842":
            return Answer(b"{}", status=500)
        return full(asked, number)

    service = serve("ACCORD_COMTRADE_URL", half)
    ask = Request(reporters=("CHN", "USA"), partners=("RUS",), periods=("2021",))
    with pytest.raises(RecordError, match="REC017"):
        load("comtrade", ask)
    broken, before = False, len(service.asked)
    assert load("comtrade", ask).rows == 4
    assert [a.params["reporterCode"] for a in service.asked[before:]] == ["842"]


PAGE = b"<!DOCTYPE html><html><body>Please log in</body></html>"
QUOTA = b'{"statusCode": 403, "message": "Out of call volume quota. Renews in 03:12:00."}'
NO_KEY = b'{"statusCode": 401, "message": "Access denied due to missing subscription key."}'


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (Answer(PAGE, kind="text/html"), "REC021"),
        (Answer(b'{"data": [', kind="application/json"), "REC021"),
        (Answer(QUOTA, status=403), "REC019"),
        (Answer(QUOTA, status=429), "REC019"),
        (Answer(NO_KEY, status=401), "REC020"),
        (Answer(b'{"message": "Invalid flow code"}', status=400), "REC018"),
        (Answer(b"{}", status=503), "REC017"),
        (Answer(b'{"count": 0, "data": [], "error": ""}'), "REC022"),
        (Answer(b'{"count": 0, "error": "wrong"}'), "REC012"),
        (Answer(json.dumps({"data": [{"period": "2021", "flowCode": "X"}]}).encode()), "REC013"),
        (Answer(b'{"data": []}' + b" " * 5000, cut_at=10), "REC017"),
    ],
)
def test_bad_answers_are_named_and_nothing_is_loaded(
    home: Path, serve: Serve, reply: Answer, code: str
) -> None:
    serve("ACCORD_COMTRADE_URL", lambda asked, number: reply)
    with pytest.raises(RecordError) as problem:
        load("comtrade", ASK)
    assert problem.value.code == code, problem.value
    assert "comtrade" in problem.value.message
    with open_record() as opened:
        assert opened.flow_keys() == {}


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (Request(reporters=("XXZ",), periods=("2021",)), "REC023"),
        (Request(reporters=("CHN",), periods=("last year",)), "REC035"),
        (Request(reporters=("CHN",)), "REC035"),
        (Request(periods=("2021",)), "REC035"),
    ],
)
def test_wrong_questions_are_not_sent(home: Path, serve: Serve, ask: Request, code: str) -> None:
    service = serve("ACCORD_COMTRADE_URL", full)
    with pytest.raises(RecordError, match=code):
        load("comtrade", ask)
    assert service.asked == []


def test_a_missing_value_is_no_zero(home: Path, serve: Serve) -> None:
    def holes(asked: Asked, number: int) -> Answer:
        return answer([
            record("156", "643", "X", "2021", 0.0), record("156", "643", "M", "2021", None),
            record("156", "842", "X", "2021", 5e9), *(
                record("156", "0", flow, "2021", 9e9) for flow in "XM"),
        ])  # fmt: skip

    serve("ACCORD_COMTRADE_URL", holes)
    path = home / "comtrade.yaml"
    text = (Path(load.__code__.co_filename).parent / "sources" / "comtrade.yaml").read_text()
    path.write_text(text.replace("fill: {value: 0.9}", "fill: {value: 0.1}"))
    load(str(path), ASK)
    year = Period.of_year(2021)
    with open_record() as opened:
        asked = {"period": year, "source": "comtrade"}
        assert opened.state_of("CHN", "RUS", direction="export", **asked) == "zero"
        assert opened.state_of("CHN", "RUS", direction="import", **asked) == "missing"
        assert opened.state_of("CHN", "USA", direction="export", **asked) == "reported"
        assert opened.state_of("CHN", "USA", direction="import", **asked) == "not_listed"
        later = opened.state_of(
            "CHN", "USA", Period.of_year(2022), direction="import", source="comtrade"
        )
        assert later == "not_yet_reported"


def bulk(rows: list[list[object]]) -> str:
    names = ("typeCode freqCode refPeriodId period reporterCode flowCode partnerCode partner2Code "
             "classificationCode cmdCode customsCode motCode netWgt primaryValue")  # fmt: skip
    lines = [names.split(), *([str(cell) for cell in row] for row in rows)]
    return "\n".join("\t".join(line) for line in lines) + "\n"


def line(
    partner: object = 643, flow: str = "X", code: str = "27", value: object = 5
) -> list[object]:
    return ["C", "M", 20210101, 202101, 156, flow, partner, 0, "H6", code, "C00", 0, "", value]


def test_bulk_files_are_read_also_packed(tmp_path: Path, home: Path) -> None:
    file = tmp_path / "bulk.txt.gz"
    file.write_bytes(gzip.compress(bulk([line(), line(flow="M"), line(code="TOTAL")]).encode()))
    report = load("comtrade_bulk", Request(files=(file,), published=date(2022, 5, 1)))
    assert report.rows == 3
    with open_record() as opened:
        found = opened.flows(products=["27"], directions=["import"])
        assert [(f.partner, str(f.period), f.valuation.value) for f in found] == [
            ("RUS", "2021-01", "cif")
        ]


@pytest.mark.parametrize(
    ("name", "published"),
    [
        ("COMTRADE-FINAL-CM156202101H6[2022-08-31].txt", date(2022, 8, 31)),
        ("COMTRADE-FINAL-CM156202101H6.txt", None),
        ("CM156202101H6[2022-02-31].txt", None),
        ("CM156202101H6[2999-01-01].txt", None),
    ],
)
def test_the_day_of_release_stands_in_the_name(
    tmp_path: Path, home: Path, name: str, published: date | None
) -> None:
    file = tmp_path / name
    file.write_text(bulk([line()]))
    load("comtrade_bulk", Request(files=(file,)))
    with open_record() as opened:
        (flow,) = opened.flows(sources=["comtrade_bulk"])
    assert flow.release.published_on == published


@pytest.mark.parametrize(
    ("rows", "code", "named"),
    [
        ([line(), line()], "REC015", "CHN / RUS / export / 27"),
        ([line(), line(value="a lot", code="28")], "REC014", "row 3, column primaryValue"),
        ([line(partner="643x")], "REC014", "row 2, column partnerCode"),
    ],
)
def test_bad_bulk_files_name_row_and_column(
    tmp_path: Path, home: Path, rows: list[list[object]], code: str, named: str
) -> None:
    file = tmp_path / "bulk.txt"
    file.write_text(bulk(rows))
    with pytest.raises(RecordError) as problem:
        load("comtrade_bulk", Request(files=(file,)))
    assert problem.value.code == code, problem.value
    assert named in problem.value.message


def test_a_file_of_another_revision_is_refused(tmp_path: Path, home: Path) -> None:
    file = tmp_path / "bulk.txt"
    file.write_text(bulk([line()]))
    with pytest.raises(RecordError, match="REC026"):
        load("comtrade_bulk", Request(files=(file,), options={"revision": "H5"}))


def test_a_file_without_a_column_is_refused(tmp_path: Path, home: Path) -> None:
    file = tmp_path / "bulk.txt"
    file.write_text(bulk([line()]).replace("primaryValue", "tradeValue"))
    with pytest.raises(RecordError, match="REC013"):
        load("comtrade_bulk", Request(files=(file,)))
