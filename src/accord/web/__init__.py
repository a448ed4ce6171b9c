"""The web page: thin faces, one module a page."""
