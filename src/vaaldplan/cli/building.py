"""``vaaldplan build``: what it does."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vaaldplan.errors import Exit, VaaldplanError
from vaaldplan.finding import Severity
from vaaldplan.texts.catalogue import LANGUAGES, Catalogue

from .console import Language, choice, choices, print_report, tell, warn

if TYPE_CHECKING:
    from vaaldplan.publish import Document


def run(
    path: str = ".",
    to: str = "",
    document: str = "",
    document_lang: str = "",
    pdf: str = "",
    output: str = "",
    strict: bool = False,
    force: bool = False,
) -> Exit:
    """Build documents and return the exit code. The options are those of the command."""
    from vaaldplan import check, publish, source
    from vaaldplan.publish import files, inspect

    say = Language.say
    formats = choices("--to", to, publish.FORMATS)
    documents = _documents(document) or publish.DOCUMENTS[:1]
    lang = choice("--document-lang", document_lang, list(LANGUAGES), ("",))
    standard = choice("--pdf", pdf, list(publish.STANDARDS), ("",))
    checked = check.check(path)
    settings = checked.settings
    formats = formats or settings.formats or publish.FORMATS
    if checked.plan is None:
        print_report(checked.report)
        warn(say.label("build.unreadable"))
        return Exit.FINDINGS
    errors = [f for f in checked.report.findings if f.severity is Severity.ERROR]
    if strict and errors:
        print_report(checked.report)
        warn(say.label("build.refused", count=say.count("findings", len(errors))))
        return Exit.FINDINGS
    folder = Path(output) if output else checked.folder / (settings.output.replace("\\", "/") or "ut")
    with _Progress(say) as progress:
        try:
            jobs = publish.jobs(checked.plan, documents, lang=lang, settings=settings, texts=checked.texts)
            if not jobs:
                warn(say.label("build.nothing"))
            progress.expect(len(jobs) * len(formats))
            inside = publish.Inside(standard or settings.pdf or publish.STANDARDS[0], checked.sources())
            papers = list(publish.build(jobs, formats, inside=inside, progress=progress.step))
        except (publish.TemplateError, publish.TooMuchError) as error:
            progress.stop()
            if isinstance(error, publish.TemplateError):
                stopped = error.within(source.shown_name(checked.folder))
            else:
                stopped = error.finding._replace(span=checked.document.span(()))
            print_report(checked.report._replace(findings=(stopped,), remaining=(), waived=(), known=()))
            return Exit.FINDINGS
    known = {paper.name: paper.built for paper in papers}
    told = check.judge(checked, *inspect.made(((paper.name, paper.data) for paper in papers), known=known))
    if strict and any(f.severity is Severity.ERROR for f in told):
        print_report(checked.report._replace(findings=told))
        warn(say.label("build.refused_papers"))
        return Exit.FINDINGS
    put = files.put(folder, papers, force=force, inside=None if output else checked.folder)
    for written, paper in zip(put, papers, strict=True):
        size = _size(len(paper.data))
        if paper.pages:
            tell(say.label("build.file_pages", name=written, size=size, pages=say.count("pages", paper.pages)))
        else:
            tell(say.label("build.file", name=written, size=size))
    found = len(checked.report.findings)
    if found:
        tell(say.label("build.findings", findings=say.count("findings", found), path=path))
    else:
        tell(say.label("build.findings_none"))
    if told:
        count = say.count("findings", len(told))
        tell(say.label("build.findings_papers", findings=count, path=path, folder=folder))
    tell(_ending(checked.report.counts["measures"], publish.filled_cells(checked.plan)))
    return Exit.OK


def _documents(text: str) -> "tuple[Document, ...]":
    """The documents of the names in an option, each once, in the order of the table."""
    from vaaldplan import publish

    wanted: set[str] = set()
    for name in (part.strip() for part in text.split(",") if part.strip()):
        found = publish.named(name)
        if not found:
            allowed = ", ".join([*(d.swedish for d in publish.DOCUMENTS), "alla"])
            raise VaaldplanError("usage.choice", Exit.USAGE, name="--document", value=name, allowed=allowed)
        wanted |= {d.name for d in found}
    return tuple(d for d in publish.DOCUMENTS if d.name in wanted)


def _ending(measures: int, filled: int) -> str:
    say = Language.say
    key = "done_none" if not measures else "done_full" if filled == 9 else "done_part"
    return say.label(f"build.{key}", measures=say.count("measures", measures), filled=filled)


def _size(count: int) -> str:
    """A file's size in kB or MB as the language writes it."""
    from vaaldplan.swedish import number

    lang = Language.say.language
    return f"{number(count / 1e6, lang, 1)} MB" if count >= 1e6 else f"{number(max(1, round(count / 1e3)), lang)} kB"


class _Progress:
    """Shows on a terminal what is being done; says nothing when the output goes to a file."""

    def __init__(self, say: Catalogue) -> None:
        self.say = say
        self._shown: Any = None
        self._task: Any = None

    def __enter__(self) -> "_Progress":
        if sys.stderr.isatty() and sys.stdout.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TextColumn

            columns = (BarColumn(24), TextColumn("{task.description}"))
            self._shown = Progress(*columns, console=Console(stderr=True), transient=True)
            self._shown.start()
            self._task = self._shown.add_task(self.say.label("build.composing"), total=None)
        return self

    def expect(self, files: int) -> None:
        if self._shown is not None:
            self._shown.update(self._task, total=files)

    def step(self, name: str) -> None:
        if self._shown is not None:
            self._shown.update(self._task, description=self.say.label("build.writing", name=name), advance=1)

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Take away what is shown."""
        if self._shown is not None:
            self._shown.stop()
