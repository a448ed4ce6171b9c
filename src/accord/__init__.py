"""Accord reads what is said about the relations between countries and holds it against the record."""
