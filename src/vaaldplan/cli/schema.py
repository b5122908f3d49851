"""``vaaldplan schema``."""

import json
from pathlib import Path
from typing import Annotated

import typer

from vaaldplan.errors import VaaldplanError

from .console import Language
from .frame import OneCommand, app


@app.command("schema", cls=OneCommand, help="schema.help")
def _schema(
    output: Annotated[str, typer.Option("--output", "-o", help="schema.output", metavar="FILE")] = "",
) -> None:
    from vaaldplan.reference.schema import schema

    say = Language.say
    text = json.dumps(schema(say.language), ensure_ascii=False, indent=2) + "\n"
    if not output:
        typer.echo(text, nl=False)
        return
    _write(Path(output), text)
    typer.echo(say.label("schema.written", file=output))


def _write(path: Path, text: str) -> None:
    """Write the schema; only an older schema is written over.

    Raises:
        VaaldplanError: ``not-a-schema``, or ``not-writable``.
    """
    from vaaldplan.storage import Staging, explained

    with explained(path.parent), Staging() as staging:
        if path.exists() and not _is_schema(path.read_bytes()):
            raise VaaldplanError("not-a-schema", path=str(path))
        staging.add(path, text.encode())
        staging.replace()


def _is_schema(raw: bytes) -> bool:
    try:
        held = json.loads(raw)
    except ValueError:
        return False
    return isinstance(held, dict) and "$schema" in held
