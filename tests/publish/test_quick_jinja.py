"""The built-in templates rendered without Jinja, and left to it when they ask for what is not known."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from vaaldplan.publish import jinja, quick_jinja, templates
from vaaldplan.publish.markup import escape
from vaaldplan.publish.templates_jinja import environment as by_jinja

STANDARD = Path(__file__).resolve().parents[2] / "templates/standard"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of templates of the test's own."""
    own = tmp_path / "templates/standard"
    own.mkdir(parents=True)
    (own / "look.toml").write_text((STANDARD / "look.toml").read_text("utf-8"), "utf-8")
    monkeypatch.setattr(templates, "folder", lambda: own.parent)
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    by_jinja.cache_clear()
    yield own
    by_jinja.cache_clear()


def fresh(folder: Path, text: str, kind: templates.Kind = "html") -> Any:
    """A template found anew; ``None`` when it is left to Jinja."""
    (folder / "a.txt").write_text(text, "utf-8")
    by_jinja.cache_clear()
    return quick_jinja.Environment(kind, escape if kind == "markdown" else None).find("a.txt")


def jinja_says(folder: Path, kind: templates.Kind, **names: Any) -> str:
    found = by_jinja(kind, escape) if kind == "markdown" else by_jinja(kind)
    return found.get_template("a.txt").render(**names)


def test_every_template_of_a_document_is_rendered_without_jinja() -> None:
    markdown = [path.name for path in STANDARD.glob("*.md")]
    html = ["document.html", "document.css", "figures.svg"]
    word = [f"word/{path.name}" for path in (STANDARD / "word").glob("*.xml") if path.name != "theme.xml"]
    assert (len(markdown), len(word)) == (7, 3)
    for name in markdown:
        assert isinstance(jinja.template("markdown", name, escape), quick_jinja.Template), name
    for name in (*html, *word):
        assert isinstance(jinja.template("html", name), quick_jinja.Template), name


ALIKE = [
    "{{ a }} {{ b.c }} {{ b['c'] }} {{ d[0] }} {{ d | length }}",
    "{% for x in d %}{{ loop.index }}/{{ loop.index0 }}/{{ loop.length }}{{ x }}{% if not loop.last %}, {% endif %}{% endfor %}",
    "{% for x in d if x %}{{ loop.first }}{{ x }}{% else %}inget{% endfor %}{% for x in [] %}{% else %}tomt{% endfor %}",
    "{% macro m(x, y='<', z=2) %}[{{ x }}{{ y }}{{ z }}]{% endmacro %}{{ m(a) }}{{ m(a, z=3) }}{{ m(a, '&', 4) }}",
    "{{ d | join(', ') }} {{ [a | safe, '<'] | join('&') }} {{ [a, '', a] | select | join('-') }}",
    "{{ 2.456 | round(1) }} {{ '7' | int }} {{ a ~ '<' ~ 3 }} {{ (a | safe) ~ '<' }}",
    "{% set x %}<b>{{ a }}</b>{% endset %}{{ x }}{% if e is defined %}ja{% endif %}{% if b.q is defined %}ja{% else %}nej{% endif %}",
    "{{ range(3) | join }}{% for k, v in b.items() %}{{ k }}{{ v }}{% endfor %}{{ b.get('q', 'inget') }} {{ 'c' in b }}",
    "{% include 'a.css' %}{% if d and not none %}x{{ 'ja' if d[0] > 0 else 'nej' }}{% endif %}",
]


@pytest.mark.parametrize("text", ALIKE)
@pytest.mark.parametrize("kind", ["html", "markdown"])
def test_it_says_what_jinja_says(folder: Path, text: str, kind: templates.Kind) -> None:
    (folder / "a.css").write_text("x { y: 1 }", "utf-8")
    if kind == "markdown":
        text = text.replace("{{", "<<").replace("}}", ">>").replace("{%", "<%").replace("%}", "%>")
    names: dict[str, Any] = {"a": "<å&'\"#>", "b": {"c": "*d*"}, "d": [1, 0, 3]}
    for _ in range(2):  # as Jinja has just compiled it, and as it was kept
        found = fresh(folder, text, kind)
        assert found is not None
        assert found.render(**names) == jinja_says(folder, kind, **names)
    assert len(list((folder.parent / "__pycache__").glob("*a.txt.quick"))) == 1


def test_a_block_is_rendered_in_its_place(folder: Path) -> None:
    text = "a<% block x %><< t('<') >><% endblock %>b<% block y %>-<% endblock %>"
    found = fresh(folder, text, "markdown")
    assert found.render({"t": str.upper}) == jinja_says(folder, "markdown", t=str.upper) == "a\\<b-"


@pytest.mark.parametrize(
    "text",
    [
        "{{ a | upper }}",
        "{{ a is string }}",
        "{% set n = namespace(x=1) %}{{ n.x }}",
        "{{ cycler('a', 'b').next() }}",
        "{% call(x) a() %}{% endcall %}",
        "{% extends 'b.txt' %}",
        "{% filter upper %}a{% endfilter %}",
        "{% from 'b.txt' import c %}",
    ],
)
def test_what_asks_for_more_is_left_to_jinja(folder: Path, text: str) -> None:
    for _ in range(2):
        assert fresh(folder, text) is None


def test_an_unknown_name_is_an_error_and_not_an_empty_place(folder: Path) -> None:
    for text in (
        "{{ x }}",
        "{{ a.x }}",
        "{% for y in x %}{% endfor %}",
        "{% if x %}{% endif %}",
        "{{ x.y }}",
        "{{ x() }}",
    ):
        with pytest.raises(LookupError, match="x"):
            fresh(folder, text).render(a={})
    with pytest.raises(TypeError, match="m"):
        fresh(folder, "{% macro m(x) %}{% endmacro %}{{ m(1, 2) }}").render()


def test_what_was_kept_is_used_until_the_template_changes(folder: Path) -> None:
    assert fresh(folder, "{{ a }}!").render(a=1) == "1!"
    [kept] = (folder.parent / "__pycache__").glob("*a.txt.quick")
    told = kept.stat().st_mtime_ns
    assert fresh(folder, "{{ a }}!").render(a=1) == "1!"
    assert kept.stat().st_mtime_ns == told
    assert fresh(folder, "{{ a }}?").render(a=1) == "1?"
    whole = kept.read_bytes()
    for broken in (whole[:-5], whole[:40], whole[:32] + b"\xff" * 50, b""):
        kept.write_bytes(broken)
        assert fresh(folder, "{{ a }}?").render(a=1) == "1?"
        assert kept.read_bytes() == whole


def test_where_nothing_can_be_kept_it_works_all_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder.parent / "__pycache__").write_text("in the way")
    assert fresh(folder, "{{ a }}").render(a=1) == "1"
    (folder.parent / "__pycache__").unlink()
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    assert fresh(folder, "{{ a }}").render(a=1) == "1"
    assert not list((folder.parent / "__pycache__").glob("*a.txt.quick"))


def test_a_jinja_that_is_not_known_renders_itself(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vaaldplan.publish.templates_jinja.VERSION", "4.0")
    assert fresh(folder, "{{ a }}") is None


def test_a_jinja_that_cannot_be_found_as_files_renders_itself(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quick_jinja.PathFinder, "find_spec", lambda _: None)
    assert fresh(folder, "{{ a }}") is None
    assert quick_jinja.Environment("html", None).find("no-such-file.txt") is None
