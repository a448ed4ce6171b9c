"""Statements held against the record: plan, readings, comparison, verdict, explanation."""
