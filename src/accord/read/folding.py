"""One spelling for marks that differ only in print, without moving an offset.

Typographic quotes, dashes and spaces are replaced one character for one, so that a
pattern need know only one form and offsets in the folded text hold in the original.
"""

from __future__ import annotations

__all__ = ["fold"]

_FOLDED = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "ʻ": "'",
        "′": "'",
        "`": "'",
        "´": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "\uffe5": "\xa5",  # full-width yen
        "\uff04": "$",
        "\uff05": "%",
        "‐": "-",
        "‑": "-",
        "‒": "-",
        "–": "-",
        "−": "-",
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "\u2060": " ",
        "\u200b": " ",
        "\t": " ",
        "\n": " ",
        "\r": " ",
        "\u2028": " ",
        "\u2029": " ",
        "\x0b": " ",
        "\x0c": " ",
        "\x85": " ",
        "\x1c": " ",
        "\x1d": " ",
        "\x1e": " ",
    }
)


def fold(text: str) -> str:
    """``text`` with one form of each quote, dash and space; the same length."""
    return text.translate(_FOLDED).replace(" _ ", " - ")  # wires wrote dashes so
