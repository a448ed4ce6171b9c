"""A brief as PDF, set by typst from data: no text of a source becomes markup."""

from __future__ import annotations

import json
import tempfile
from importlib import resources
from pathlib import Path

from accord.brief.charts import draw_chart
from accord.brief.plain_forms import brief_to_dict
from accord.errors import BriefError
from accord.model.brief import Brief

__all__ = ["render_pdf"]


def render_pdf(brief: Brief) -> bytes:
    """The brief as a PDF. Raises :class:`BriefError` BRF007 when typst refuses."""
    import typst

    template = (resources.files("accord") / "brief" / "templates" / "brief.typ").read_bytes()
    with tempfile.TemporaryDirectory(prefix="accord-brief-") as name:
        folder = Path(name)
        (folder / "brief.typ").write_bytes(template)
        form = json.dumps(brief_to_dict(brief), ensure_ascii=False)
        (folder / "brief.json").write_text(form, encoding="utf-8")
        for section in brief.sections:
            for chart in section.charts:
                (folder / f"chart-{chart.id}.svg").write_text(draw_chart(chart), encoding="utf-8")
        try:
            pdf: bytes = typst.compile(str(folder / "brief.typ"), root=str(folder))
        except RuntimeError as problem:  # typst reports every fault of a document as one
            detail = str(problem).splitlines()[0]
            raise BriefError("BRF007", detail=detail) from None
        return pdf
