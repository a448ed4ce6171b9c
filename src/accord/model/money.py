"""Money: an amount in a currency, in units (18.78e9, never 18.78 billions)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

__all__ = ["HISTORIC_CURRENCIES", "CurrencyMismatchError", "Money"]

# ISO 4217 codes no longer in use, with the euro or the successor that replaced them.
HISTORIC_CURRENCIES: dict[str, str] = {
    "DEM": "EUR", "FRF": "EUR", "ITL": "EUR", "ESP": "EUR", "PTE": "EUR", "FIM": "EUR",
    "NLG": "EUR", "BEF": "EUR", "ATS": "EUR", "IEP": "EUR", "GRD": "EUR", "XEU": "EUR",
    "SUR": "RUB", "YUD": "RSD", "CSK": "CZK", "DDM": "DEM",
}  # fmt: skip


class CurrencyMismatchError(ValueError):
    """Two amounts in different currencies were compared or added without a rate."""


@dataclass(frozen=True, slots=True)
class Money:
    """``amount`` units of ``currency`` (ISO 4217, historic codes included)."""

    amount: float
    currency: str

    def __post_init__(self) -> None:
        if len(self.currency) != 3 or not self.currency.isupper():
            raise ValueError(f"not an ISO 4217 code: {self.currency!r}")

    def __add__(self, other: Self) -> Money:
        self._same(other)
        return Money(self.amount + other.amount, self.currency)

    def __sub__(self, other: Self) -> Money:
        self._same(other)
        return Money(self.amount - other.amount, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.amount, self.currency)

    def __lt__(self, other: Self) -> bool:
        self._same(other)
        return self.amount < other.amount

    def converted(self, currency: str, rate: float) -> Money:
        """In another currency at ``rate`` units of it for one unit of this one."""
        return Money(self.amount * rate, currency)

    def __str__(self) -> str:
        """Short and readable: ``18.78 bn USD``."""
        for size, word in ((1e12, "tn"), (1e9, "bn"), (1e6, "m")):
            if abs(self.amount) >= size:
                return f"{self.amount / size:,.4g} {word} {self.currency}"
        return f"{self.amount:,.2f} {self.currency}"

    def _same(self, other: Money) -> None:
        if self.currency != other.currency:
            raise CurrencyMismatchError(f"{self.currency} against {other.currency}")
