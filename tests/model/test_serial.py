"""The JSON form: a contract, a published schema, and a way back."""

from __future__ import annotations

import json
from datetime import date

import jsonschema
from hypothesis import given
from hypothesis import strategies as st

from accord.model.document import Document
from accord.model.period import Period
from accord.model.schema import build_schema, schema_path
from accord.model.serial import (
    check_from_dict,
    check_to_dict,
    load_schema,
    publication_date,
    statement_from_dict,
    statement_to_dict,
    statements_to_dict,
)
from accord.model.statement import Approximation, Change, Kind, Measure, Statement, Trace
from accord.model.verdict import (
    Check,
    CheckedStatement,
    Evidence,
    Outcome,
    Reading,
    Reason,
    Verdict,
)

TEXT = "trade reached $18.78 billion, 8.5% more"
STATEMENT = Statement(
    "s1", TEXT[:28], 0, 28, Kind.FIGURE, Measure.TOTAL_TRADE, "CHN", "RUS", "oil", 18.78e9, "USD",
    Approximation.ABOUT, 0.01e9, Change(8.5, "percent", "up", "2020", 1, "CNY"),
    Period.of_months(2021, 1, 2), attributed_to="customs", date="2021-03", negated=True,
    hedged=True, of="x", alt_value=1.0, alt_unit="EUR", note="n", sentence_end=28,
    text_cue="reached", name="a treaty", parties=("CHN", "RUS"), parties_from_context=True,
    traces=(Trace("value", 0, 5, "rule"),),
)  # fmt: skip
ROW = Evidence("flows:1", "a row", "Customs", "2021-04", "https://example.org", 1.0, "USD")
READING = Reading("r", 1.0, "USD", True, False, "1 ÷ 1", (ROW,))
VERDICT = Verdict(
    Outcome.IMPRECISE, Reason.OTHER_VINTAGE, "why", 18e9, "USD", "±0.005", (ROW,), (READING,),
    READING, "a release", "supported",
)  # fmt: skip


def whole(published: str | None = "2021-03-26") -> Check:
    when = publication_date(published) if published else None
    document = Document(TEXT, "a.txt", published=when, title="T", url="https://example.org")
    return Check(document, (CheckedStatement(STATEMENT, VERDICT),), published, "abc", 2, ("n",))


def test_a_check_comes_back_as_it_was() -> None:
    check = whole()
    again = check_from_dict(json.loads(json.dumps(check_to_dict(check))))
    assert again == check


def test_output_is_valid_by_the_published_schema() -> None:
    validator = jsonschema.Draft202012Validator(load_schema())
    validator.check_schema(load_schema())
    for published in ("2021-03-26", "2021-03", "2021", None):
        validator.validate(check_to_dict(whole(published)))


def test_the_published_schema_is_current() -> None:
    assert json.loads(schema_path().read_text("utf-8")) == json.loads(json.dumps(build_schema()))


def test_of_an_open_period_only_the_end_is_written() -> None:
    stock = Statement(
        "s1", "", 0, 0, Kind.FIGURE, period=Period.of_day(date(2021, 12, 31)), period_open=True
    )
    fields = statement_to_dict(stock)
    assert fields["period"] == {"start": None, "end": "2021-12-31"}
    assert statement_from_dict(fields) == stock


def test_keys_beyond_the_contract_may_be_missing() -> None:
    fields = statement_to_dict(STATEMENT)
    contract = {key: fields[key] for key in list(fields)[: list(fields).index("resolution")]}
    again = statement_from_dict(contract)
    assert (again.quote, again.value, again.period) == (
        STATEMENT.quote, STATEMENT.value, STATEMENT.period
    )  # fmt: skip


def test_extra_keys_of_a_read_document_stand_before_the_statements() -> None:
    fields = statements_to_dict(whole().document, [STATEMENT], not_understood=1)
    assert list(fields) == ["schema_version", "document", "not_understood", "statements"]


@given(st.text(), st.sampled_from(list(Kind)), st.one_of(st.none(), st.floats(allow_nan=False)))
def test_any_statement_comes_back(quote: str, kind: Kind, value: float | None) -> None:
    statement = Statement("s1", quote, 0, len(quote), kind, value=value)
    assert statement_from_dict(json.loads(json.dumps(statement_to_dict(statement)))) == statement


def test_the_display_is_one_line_a_statement_and_inert() -> None:
    check = whole()
    assert "≈ imprecise" in repr(check)
    assert "was" not in repr(check).splitlines()[0]
    hostile = Check(Document("x", "<b>\x1b[31m"), (), None, "")
    assert "\x1b" not in repr(hostile)
    assert "<b>" not in hostile._repr_html_()
    assert "imprecise" in VERDICT._repr_html_()
