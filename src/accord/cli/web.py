"""``accord web``: serve the web page on this machine."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(add_completion=False, help="Serve the web page on this machine.")


@app.command()
def web(
    host: Annotated[str, typer.Option(help="address to bind")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="port; 0 takes a free one", min=0, max=65535)] = 8765,
    host_name: Annotated[
        list[str] | None, typer.Option(help="a name under which the server may be asked for")
    ] = None,
    checks_per_minute: Annotated[
        int, typer.Option(help="checks that one address may ask for in a minute", min=1)
    ] = 30,
) -> None:
    """Serve the web page: briefs, checks, agreements, events. Only this machine sees it."""
    from accord.web.serve import bind, serve
    from accord.web.settings import Settings

    names = frozenset({"127.0.0.1", "localhost", "::1", host, *(host_name or [])})
    settings = Settings(home=_home(), hosts=names, checks_per_minute=checks_per_minute)
    with bind(host, port) as listening:
        shown = f"[{host}]" if ":" in host else host
        sys.stdout.write(f"http://{shown}:{listening.getsockname()[1]}/\n")
        sys.stdout.flush()
        if host not in ("127.0.0.1", "localhost", "::1"):
            sys.stderr.write("Other machines can reach this server; it has no accounts.\n")
        serve(listening, settings)


def _home() -> Path:
    from accord.record.location import home

    return home()
