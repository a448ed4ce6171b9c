"""Who did what to whom, coded from text."""
