"""Accord reads what is said of relations between countries and holds it against the record."""
