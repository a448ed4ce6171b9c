"""What a query string asks for, read strictly: a wrong value is a coded error."""

from __future__ import annotations

from datetime import date

from starlette.requests import Request

from accord.errors import WebError
from accord.model.period import Period

__all__ = ["day", "page_number", "period", "publication", "query_text", "word"]

_MOST = 2000


def word(request: Request, name: str, longest: int = 120) -> str | None:
    """A parameter without surrounding blanks; ``None`` if it is absent or empty."""
    value = request.query_params.get(name, "").strip()
    if len(value) > longest or "\0" in value:
        raise WebError("WEB014", value=value[:40], what=name, how=f"At most {longest} characters.")
    return value or None


def period(request: Request) -> Period | None:
    """The parameter ``period``. Raises WEB014."""
    text = word(request, "period", 25)
    try:
        return Period.parse(text) if text else None
    except (ValueError, OverflowError):
        how = "Write 2021, 2021-02, 2021-Q1, 2021-H1 or 2021-01-01/2021-02-28."
        raise WebError("WEB014", value=text, what="a period", how=how) from None


def day(request: Request, name: str) -> date | None:
    """A day. Raises WEB014."""
    text = word(request, name, 10)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise WebError("WEB014", value=text, what="a day", how="Write YYYY-MM-DD.") from None


def publication(text: str | None) -> str | None:
    """A publication date as it may be sent: a year, a month or a day. Raises WEB014."""
    cleaned = (text or "").strip()
    if not cleaned:
        return None
    try:
        if len(cleaned) > 10 or "Q" in cleaned.upper() or "H" in cleaned.upper():
            raise ValueError(cleaned)
        Period.parse(cleaned)
    except (ValueError, OverflowError):
        how = "Write YYYY-MM-DD, YYYY-MM or YYYY."
        raise WebError("WEB014", value=cleaned[:40], what="a date", how=how) from None
    return cleaned


def page_number(request: Request) -> int:
    """The parameter ``page``, from 1. Raises WEB014."""
    text = word(request, "page", 6) or "1"
    if not (text.isascii() and text.isdigit() and int(text) >= 1):
        raise WebError("WEB014", value=text, what="a page", how="Write a number from 1.")
    return int(text)


def query_text(request: Request) -> str:
    """The query with its question mark, or nothing: for links to the other forms."""
    raw = request.scope.get("query_string", b"").decode("latin-1")[:_MOST]
    return f"?{raw}" if raw else ""
