"""Bytes to documents, documents to statements."""
