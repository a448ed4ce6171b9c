"""The record: flows, agreements, memberships, events and projects, by release and vintage."""
