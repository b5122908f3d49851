"""The one door to the parser of Markdown: the source of a document, and the author's texts, as nodes of syntax."""

from functools import cache

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from .tree import BOXES

Node = SyntaxTreeNode


@cache
def _source_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").use(deflist_plugin).use(footnote_plugin)
    for box in BOXES:
        parser.use(container_plugin, name=box)
    return parser


@cache
def _prose_parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table").disable("code").use(footnote_plugin)


def nodes(own: bool, text: str) -> list[Node]:
    """What stands in a text; ``own`` says whether it is the source itself or the author's."""
    return Node((_source_parser() if own else _prose_parser()).parse(text)).children
