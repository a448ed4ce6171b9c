"""Pure functions on columns: totals, growth, shares, mirror gaps and the rest."""
