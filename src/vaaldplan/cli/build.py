"""``vaaldplan build``: how it is written."""

from typing import Annotated

import typer

from . import building
from .frame import PLAN, OneCommand, app


@app.command("build", cls=OneCommand, help="build.help")
def _build(
    path: Annotated[str, PLAN] = ".",
    to: Annotated[str, typer.Option("--to", help="build.to", metavar="FORMAT")] = "",
    document: Annotated[str, typer.Option("--document", "-d", help="build.document", metavar="NAME")] = "",
    document_lang: Annotated[str, typer.Option("--document-lang", help="build.document_lang", metavar="LANGUAGE")] = "",
    pdf: Annotated[str, typer.Option("--pdf", help="build.pdf", metavar="STANDARD")] = "",
    output: Annotated[str, typer.Option("--output", "-o", help="build.output", metavar="FOLDER")] = "",
    strict: Annotated[bool, typer.Option("--strict", help="build.strict")] = False,
    force: Annotated[bool, typer.Option("--force", help="build.force")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="build.watch")] = False,
) -> None:
    def build() -> int:
        return building.run(path, to, document, document_lang, pdf, output, strict, force)

    if watch:
        from .preview import again

        again(path, build)
    elif code := build():
        raise typer.Exit(code)
