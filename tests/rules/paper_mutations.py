"""Built papers changed in one respect, each so that one rule about papers has something to say."""

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any, NamedTuple

import pikepdf


class Mutation(NamedTuple):
    """A change of a built paper."""

    code: str
    """The one rule that must say something."""
    form: str
    change: Callable[[bytes], bytes]
    variant: str = ""


MUTATIONS: list[Mutation] = []


def _mutation(
    code: str, form: str, variant: str = ""
) -> Callable[[Callable[[bytes], bytes]], Callable[[bytes], bytes]]:
    def declare(change: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
        MUTATIONS.append(Mutation(code, form, change, variant))
        return change

    return declare


def _once(data: bytes, there: str, instead: str) -> bytes:
    assert there.encode() in data, there
    return data.replace(there.encode(), instead.encode(), 1)


def _in_word(data: bytes, part: str, pattern: str, instead: str) -> bytes:
    """Replace the first match in a part of a Word file."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                content, count = re.subn(pattern.encode(), instead.encode(), content, count=1)
                assert count == 1, pattern
            new.writestr(name, content)
    return out.getvalue()


def _in_pdf(data: bytes, change: Callable[[pikepdf.Pdf], object]) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(out)
    return out.getvalue()


def _tag(pdf: pikepdf.Pdf, kind: str, number: int = 1) -> Any:
    """The first such tag in reading order, or a later one."""
    waiting: list[Any] = [pdf.Root.StructTreeRoot]
    while waiting:
        tag = waiting.pop()
        if tag.get("/S") == kind:
            number -= 1
            if not number:
                return tag
        kids = tag.get("/K", [])
        each = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        waiting.extend(reversed([kid for kid in each if isinstance(kid, pikepdf.Dictionary)]))
    raise AssertionError(kind)


# ------------------------------------------------------------ M01: headings


@_mutation("M01", "html")
def title_is_no_heading(data: bytes) -> bytes:
    return re.sub(rb"<h1>(.*?)</h1>", rb"<p>\1</p>", data)


@_mutation("M01", "html", "several")
def two_titles(data: bytes) -> bytes:
    return re.sub(rb"<h2 id(.*?)</h2>", rb"<h1 id\1</h1>", data, count=1)


@_mutation("M01", "html", "skipped")
def heading_too_low(data: bytes) -> bytes:
    return re.sub(rb"<h2 (.*?)</h2>", rb"<h4 \1</h4>", data, count=1)


@_mutation("M01", "html", "contents")
def no_contents_html(data: bytes) -> bytes:
    return re.sub(rb'<nav class="contents".*?</nav>', b"", data, flags=re.DOTALL)


@_mutation("M01", "pdf", "contents")
def no_contents_pdf(data: bytes) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        for tag in [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/TOC"]:
            tag.S = pikepdf.Name.Div

    return _in_pdf(data, change)


@_mutation("M01", "pdf", "skipped")
def heading_too_low_pdf(data: bytes) -> bytes:
    return _in_pdf(data, lambda pdf: setattr(_tag(pdf, "/H1"), "S", pikepdf.Name.H3))


@_mutation("M01", "docx", "several")
def title_is_running_text(data: bytes) -> bytes:
    return _in_word(data, "word/document.xml", '<w:pStyle w:val="Title"/>', '<w:pStyle w:val="Normal"/>')


@_mutation("M01", "md", "skipped")
def heading_too_low_markdown(data: bytes) -> bytes:
    return _once(data, "\n## ", "\n#### ")


# ------------------------------------------------------------ M02: tables


@_mutation("M02", "html")
def no_heads(data: bytes) -> bytes:
    table = re.search(rb"<table.*?</table>", data, re.DOTALL)
    assert table
    return data.replace(table[0], re.sub(rb"<(/?)th\b", rb"<\1td", table[0]))


@_mutation("M02", "html", "caption")
def no_caption(data: bytes) -> bytes:
    return re.sub(rb"<caption.*?</caption>", b"", data, count=1, flags=re.DOTALL)


@_mutation("M02", "html", "empty")
def empty_cell(data: bytes) -> bytes:
    return re.sub(rb"<td>.*?</td>", b"<td></td>", data, count=1)


@_mutation("M02", "html", "wide")
def wide_table(data: bytes) -> bytes:
    return re.sub(rb'(<thead><tr>)(<th scope="col">.*?</th>)', rb"\1" + 9 * rb"\2", data, count=1)


@_mutation("M02", "pdf")
def no_heads_pdf(data: bytes) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        for row in _tag(pdf, "/Table", 2).K:
            for cell in row.K:
                cell.S = pikepdf.Name.TD

    return _in_pdf(data, change)


@_mutation("M02", "docx", "empty")
def empty_cell_word(data: bytes) -> bytes:
    return _in_word(data, "word/document.xml", "2022.247 KS</w:t></w:r></w:p></w:tc>", "</w:t></w:r></w:p></w:tc>")


@_mutation("M02", "md", "caption")
def no_caption_markdown(data: bytes) -> bytes:
    return _once(data, "**Tabell 1.**", "Se")


# ------------------------------------------------------------ M03: language, title, pictures


@_mutation("M03", "html")
def no_language(data: bytes) -> bytes:
    return _once(data, '<html lang="sv">', "<html>")


@_mutation("M03", "html", "other")
def wrong_language(data: bytes) -> bytes:
    return _once(data, '<html lang="sv">', '<html lang="de">')


@_mutation("M03", "html", "title")
def no_title(data: bytes) -> bytes:
    return re.sub(rb"<title>.*?</title>", b"<title></title>", data, count=1)


@_mutation("M03", "html", "picture")
def picture_without_words(data: bytes) -> bytes:
    return re.sub(rb"(<svg[^>]*>)\s*<title.*?</title>\s*<desc.*?</desc>", rb"\1", data, count=1, flags=re.DOTALL)


@_mutation("M03", "pdf", "picture")
def picture_without_words_pdf(data: bytes) -> bytes:
    return _in_pdf(data, lambda pdf: _tag(pdf, "/Figure").__delitem__("/Alt"))


@_mutation("M03", "pdf", "title")
def the_files_name_is_shown(data: bytes) -> bytes:
    return _in_pdf(data, lambda pdf: pdf.Root.ViewerPreferences.__delitem__("/DisplayDocTitle"))


@_mutation("M03", "docx", "title")
def no_title_word(data: bytes) -> bytes:
    return _in_word(data, "docProps/core.xml", r"<dc:title>.*?</dc:title>", "<dc:title/>")


@_mutation("M03", "docx", "picture")
def picture_without_words_word(data: bytes) -> bytes:
    return _in_word(data, "word/document.xml", ' descr="', ' altered="')


# ------------------------------------------------------------ M04: colours


@_mutation("M04", "html")
def pale_text(data: bytes) -> bytes:
    return _once(data, "--muted: #4d5a66", "--muted: #9aa5b1")


@_mutation("M04", "html", "alone")
def coloured_cell_without_words(data: bytes) -> bytes:
    return _once(data, "</td></tr>", ' <span style="background: #c00000"></span></td></tr>')


@_mutation("M04", "html", "alone")
def links_by_colour_alone(data: bytes) -> bytes:
    return _once(data, "a { color: var(--link);", "a { color: var(--link); text-decoration: none;")


@_mutation("M04", "docx")
def pale_text_word(data: bytes) -> bytes:
    caption = r'(w:styleId="Caption">.*?<w:color w:val=")4d5a66'
    return _in_word(data, "word/styles.xml", f"(?s){caption}", r"\g<1>9aa5b1")


@_mutation("M04", "pdf")
def pale_text_pdf(data: bytes) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[1]
        content = _once(page.Contents.read_bytes(), "0.101960786 0.101960786 0.101960786 scn", "0.6 0.65 0.7 scn")
        page.Contents = pdf.make_stream(content)

    return _in_pdf(data, change)


@_mutation("M04", "pdf", "alone")
def links_by_colour_alone_pdf(data: bytes) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            page.Contents = pdf.make_stream(page.Contents.read_bytes().replace(b"\nS\n", b"\nn\n"))  # lines not drawn

    return _in_pdf(data, change)


# ------------------------------------------------------------ N05: the plan's own papers


@_mutation("N05", "html")
def older_plan_html(data: bytes) -> bytes:
    return _once(data, "sha256:", "sha256:0")


@_mutation("N05", "html", "version")
def older_version(data: bytes) -> bytes:
    return _once(data, 'name="version" content="0.9"', 'name="version" content="0.8"')


@_mutation("N05", "html", "other")
def another_plan(data: bytes) -> bytes:
    return _once(data, 'identifier" content="Alingsås', 'identifier" content="Lövhamra')


@_mutation("N05", "html", "unmarked")
def no_identity(data: bytes) -> bytes:
    return re.sub(rb'<meta name="dcterms.source".*?>', b"", data)


@_mutation("N05", "pdf")
def older_plan_pdf(data: bytes) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Metadata.write(_once(pdf.Root.Metadata.read_bytes(), "sha256:", "sha256:0"))

    return _in_pdf(data, change)


@_mutation("N05", "docx")
def older_plan_word(data: bytes) -> bytes:
    return _in_word(data, "docProps/custom.xml", "sha256:", "sha256:0")


@_mutation("N05", "md")
def older_plan_markdown(data: bytes) -> bytes:
    return _once(data, "sha256:", "sha256:0")


# ------------------------------------------------------------ M08: how long the document is


@_mutation("M08", "pdf")
def many_pages_first(data: bytes) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        for _ in range(5):
            pdf.pages.insert(3, pdf.pages[3])

    return _in_pdf(data, change)


# ------------------------------------------------------------ N09: what an archive asks for


@_mutation("N09", "pdf", "format")
def no_archive_format(data: bytes) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        said = re.sub(rb"<pdfaid:.*?</pdfaid:\w+>", b"", pdf.Root.Metadata.read_bytes())
        pdf.Root.Metadata.write(said)

    return _in_pdf(data, change)


@_mutation("N09", "pdf", "properties")
def no_date(data: bytes) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        said = re.sub(rb"<xmp:ModifyDate>.*?</xmp:ModifyDate>", b"", pdf.Root.Metadata.read_bytes())
        pdf.Root.Metadata.write(said)

    return _in_pdf(data, change)
