"""Services asked for all there is, for names, for what they do not have, and again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from service import Answer, Asked
from test_comtrade import ASK, answer, full, record
from test_sources import generic

from accord.errors import RecordError
from accord.record import Request, load, open_record

Serve = Callable[[str, Callable[[Asked, int], Answer]], Any]
EMPTY = Answer(b'{"elapsedTime": "0.1 secs", "count": 0, "data": [], "error": ""}')


def test_all_partners_are_asked_for_by_naming_none(home: Path, serve: Serve) -> None:
    def reply(asked: Asked, number: int) -> Answer:
        return answer([record("156", partner, "X", "2021", 1.0) for partner in ("643", "842", "0")])

    service = serve("ACCORD_COMTRADE_URL", reply)
    ask = Request(reporters=("CHN",), partners=("all",), periods=("2021",))
    assert load("comtrade", ask).rows == 3
    assert "partnerCode" not in service.asked[0].params


def test_an_answer_about_all_partners_at_the_limit_is_asked_for_in_parts(
    home: Path, serve: Serve
) -> None:
    def reply(asked: Asked, number: int) -> Answer:
        named = asked.params.get("partnerCode")
        if named is None:
            return answer([record("156", "643", "X", "2021", 1.0)] * 500)
        return answer([record("156", "643", "X", "2021", 1.0)] if "643" in named.split(",") else [])

    serve("ACCORD_COMTRADE_URL", reply)
    ask = Request(reporters=("CHN",), partners=("all",), periods=("2021",), directions=("export",))
    assert load("comtrade", ask).rows == 1


def test_areas_may_be_named(home: Path, serve: Serve) -> None:
    service = serve("ACCORD_COMTRADE_URL", full)
    load("comtrade", Request(reporters=("China",), partners=("ru",), periods=("2021",)))
    asked = service.asked[0].params
    assert (asked["reporterCode"], asked["partnerCode"]) == ("156", "643")


def test_nothing_today_may_be_something_tomorrow(home: Path, serve: Serve) -> None:
    serve(
        "ACCORD_COMTRADE_URL", lambda asked, number: EMPTY if number == 1 else full(asked, number)
    )
    with pytest.raises(RecordError, match="REC022") as problem:
        load("comtrade", ASK)
    assert "CHN, RUS, 2021" in problem.value.message
    assert load("comtrade", ASK).rows == 2


def test_a_wrong_answer_is_not_kept(home: Path, serve: Serve) -> None:
    wrong = {**record("156", "643", "X", "2021", 1.0), "flowCode": "Q"}
    serve(
        "ACCORD_COMTRADE_URL",
        lambda asked, number: answer([wrong]) if number == 1 else full(asked, number),
    )
    with pytest.raises(RecordError, match="flowCode “Q” is no known flow"):
        load("comtrade", ASK)
    assert load("comtrade", ASK).rows == 2


@pytest.mark.parametrize(
    ("reply", "code", "named"),
    [
        (
            Answer(b'{"count": 0, "data": [], "error": "Invalid flowCode"}'),
            "REC018", "answered 200: Invalid flowCode",
        ),
        (
            Answer(b'{"statusCode": 401, "message": "invalid subscription key"}', status=401),
            "REC020", "a key that it accepts: invalid subscription key",
        ),
        (answer([{**record("156", "643", "X", "2021", 1.0), "partnerCode": 9999}]),
         "REC023", "“9999” is no known area (record 1 of the answer)"),
    ],
)  # fmt: skip
def test_what_the_service_said_is_passed_on(
    home: Path, serve: Serve, reply: Answer, code: str, named: str
) -> None:
    serve("ACCORD_COMTRADE_URL", lambda asked, number: reply)
    with pytest.raises(RecordError) as problem:
        load("comtrade", ASK)
    assert problem.value.code == code
    assert named in problem.value.message


def test_figures_of_another_revision_are_refused(home: Path, serve: Serve) -> None:
    serve("ACCORD_COMTRADE_URL", full)
    ask = Request(reporters=("CHN",), partners=("RUS",), periods=("2021",),
                  options={"revision": "H5"})  # fmt: skip
    with pytest.raises(RecordError, match="REC026"):
        load("comtrade", ask)


def test_a_total_is_no_estimate(home: Path, serve: Serve) -> None:
    def reply(asked: Asked, number: int) -> Answer:
        total = record("156", "643", "X", "2021", 1.0) | {"isReported": False, "isAggregate": True}
        guess = record("156", "643", "M", "2021", 1.0) | {"isReported": False, "isAggregate": False}
        return answer([total, guess])

    serve("ACCORD_COMTRADE_URL", reply)
    load("comtrade", ASK)
    with open_record() as opened:
        found = opened.rows("SELECT direction, status FROM flows ORDER BY direction::VARCHAR")
    assert found == [("export", "reported"), ("import", "estimated")]


def comext(**more: str) -> dict[str, str]:
    key = {"FREQ": "M", "REPORTER": "DE", "PARTNER": "RU", "PRODUCT": "TOTAL", "FLOW": "2",
           "INDICATORS": "VALUE_IN_EUROS"}  # fmt: skip
    return key | more


def test_groups_of_countries_are_left_out_and_named(home: Path, serve: Serve) -> None:
    body = generic([
        (comext(), {"2021-01": ("2e9", "A")}),
        (comext(PARTNER="EXT_EU27_2020"), {"2021-01": ("9e9", "A")}),
    ])  # fmt: skip
    serve("ACCORD_COMEXT_URL", lambda asked, number: Answer(body, kind="application/xml"))
    report = load("comext", Request(reporters=("DEU",), partners=("all",), periods=("2021-01",)))
    assert report.rows == 1
    assert report.notes == ("1 groups of countries were left out: EXT_EU27_2020",)


def test_dimensions_in_small_letters_and_products(home: Path, serve: Serve) -> None:
    key = {name.lower(): code for name, code in comext(PRODUCT="27").items()}
    body = generic([(key, {"2021-01": ("2e9", "A")})])
    service = serve("ACCORD_COMEXT_URL", lambda asked, number: Answer(body, kind="application/xml"))
    ask = Request(reporters=("DEU",), partners=("RUS",), periods=("2021-01",), products=("27",))
    assert load("comext", ask).rows == 1
    assert service.asked[0].path.endswith("/M.DE.RU.27.1+2.VALUE_IN_EUROS")


@pytest.mark.parametrize(
    ("more", "code"),
    [({"reporters": ("XXQ",)}, "REC023"), ({"periods": ("soon",)}, "REC035"),
     ({"products": ("27",)}, "REC035")],
)  # fmt: skip
def test_wrong_questions_are_not_sent(
    home: Path, serve: Serve, more: dict[str, Any], code: str
) -> None:
    service = serve("ACCORD_IMF_URL", full)
    asked = {"reporters": ("CHN",), "partners": ("RUS",), "periods": ("2021",)} | more
    with pytest.raises(RecordError, match=code):
        load("imf", Request(**asked))
    assert service.asked == []


def test_world_bank_says_what_is_wrong_and_is_asked_again(home: Path, serve: Serve) -> None:
    said = [{"message": [{"id": "120", "key": "Invalid value", "value": "not valid"}]}]
    row = {"indicator": {"id": "SP.POP.TOTL"}, "countryiso3code": "EUU", "date": "2021", "value": 1}
    good = [{"page": 1, "pages": 1, "lastupdated": "2024-03-28"}, [row]]
    serve(
        "ACCORD_WORLDBANK_URL",
        lambda asked, number: Answer(json.dumps(said if number == 1 else good).encode()),
    )
    ask = Request(periods=("2021",), options={"indicators": ("SP.POP.TOTL",)})
    with pytest.raises(RecordError, match="not valid") as problem:
        load("worldbank", ask)
    assert problem.value.code == "REC018"
    load("worldbank", ask)
    with open_record() as opened:
        assert opened.rows("SELECT polity FROM indicators") == [("EU",)]
