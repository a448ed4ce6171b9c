"""Outside sources: a declaration (YAML) each, and an adapter where the format needs code.

An adapter is a module with ``stage(con, job)``, which makes the temporary table or
view ``staged`` from ``job.files``, and, if the source is a service,
``fetch(declaration, request, cache)``, which brings the files.
"""
