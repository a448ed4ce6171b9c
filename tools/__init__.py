"""Tools for those who work on Accord; not part of the package."""
