"""Document tree → a clean Markdown file (CommonMark with tables and footnotes)."""

import json
import re

from vaaldplan.patterns import regex

from .parse import plain_text
from .tree import Block, Inline, Tree

_HYPHEN = "\\u002d"
"""A hyphen as JSON may write it: two of them could end a comment."""
_SPECIAL = regex(r"([\\`*_\[\]<>|])")
_LINE_START = regex(r"^(\s*)([#+\-~=]|\d+[.)])", re.MULTILINE)


def write(tree: Tree) -> bytes:
    """The document as Markdown, UTF-8."""
    writer = _Writer(tree)
    return ("\n\n".join(writer.document()) + "\n").encode()


def _literal(text: str) -> str:
    return re.sub(r"[\x00-\x08\x0b-\x1f]", "", _SPECIAL.sub(r"\\\1", text))


class _Writer:
    def __init__(self, tree: Tree) -> None:
        self.tree = tree

    def document(self) -> list[str]:
        tree, words = self.tree, self.tree["words"]
        found = [f"# {_literal(tree['title'])}", *([_literal(tree["subtitle"])] if tree["subtitle"] else [])]
        if tree["municipality"]:
            found.append(f"**{_literal(tree['municipality'])}**")
        if status := tree["status"]:
            found.append(f"> **{_literal(status['mark'])}.** {_literal(status['text'])}")
        if tree["notice"]:
            found.append(f"> {_literal(tree['notice'])}")
        found.append("\n".join(f"- **{_literal(k)}:** {_literal(v)}" for k, v in tree["meta"]))
        found += self.blocks(tree["blocks"])
        if tree["notes"]:
            found.append(f"## {_literal(words['notes'])}")
            found += [f"[^{n + 1}]: {self.inlines(c)}" for n, c in enumerate(tree["notes"])]
        if "identity" in tree:
            said = json.dumps(tree["identity"], ensure_ascii=False)
            found.append(f"<!-- vaaldplan {said.replace('-', _HYPHEN)} -->")
        return found

    def inlines(self, content: list[Inline], *, cell: bool = False) -> str:
        texts = []
        for x in content:
            match x["t"]:
                case "text":
                    texts.append(_literal(x["v"]))
                case "br":
                    texts.append("<br>" if cell else "\\\n")
                case "strong":
                    texts.append(f"**{self.inlines(x['c'], cell=cell)}**")
                case "em":
                    texts.append(f"*{self.inlines(x['c'], cell=cell)}*")
                case "link":
                    texts.append(f"[{self.inlines(x['c'], cell=cell)}](<{x['to']}>)")
                case "lang":
                    texts.append(self.inlines(x["c"], cell=cell))
                case "note":
                    texts.append(f"[^{x['n'] + 1}]")
        return "".join(texts)

    def paragraph(self, content: list[Inline]) -> str:
        return _LINE_START.sub(
            lambda m: f"{m[1]}\\{m[2]}" if not m[2][0].isdigit() else f"{m[1]}{m[2][:-1]}\\{m[2][-1]}",
            self.inlines(content),
        )

    def blocks(self, blocks: list[Block]) -> list[str]:
        return [text for block in blocks for text in self.block(block)]

    def block(self, x: Block) -> list[str]:
        match x["t"]:
            case "h":
                number = f"{x['nr']} " if x["nr"] else ""
                return [f'<a id="{x["id"]}"></a>', f"{'#' * (x['level'] + 1)} {number}{self.inlines(x['c'])}"]
            case "p":
                return [self.paragraph(x["c"])]
            case "ul" | "ol":
                return [self.items(x)]
            case "dl":
                return ["\n".join(self.term(item["term"], item["desc"]) for item in x["items"])]
            case "quote" | "callout":
                inner = "\n\n".join(self.blocks(x["blocks"]))
                return ["\n".join(f"> {line}".rstrip() for line in inner.split("\n"))]
            case "table":
                return self.table(x)
            case "figure":
                words = self.tree["words"]
                return [f"**{words['figure']} {x['nr']}.** {_literal(x['caption'])} {_literal(x['alt'])}"]
            case "card":
                return [*self.block(x["h"]), *self.blocks(x["blocks"])]
            case "summary":
                return self.blocks(x["blocks"])
            case "toc":
                return [f"## {_literal(self.tree['words']['contents'])}", self.toc()]
        raise ValueError(x["t"])

    def toc(self) -> str:
        lines = []
        for entry in self.tree["toc"]:
            number = f"{entry['nr']} " if entry["nr"] else ""
            indent = "  " * (entry["level"] - 1)
            lines.append(f"{indent}- [{_literal(number + plain_text(entry['c']))}](<#{entry['id']}>)")
        return "\n".join(lines)

    def term(self, term: list[Inline], descriptions: list[list[Inline]]) -> str:
        said = "; ".join(self.inlines(d, cell=True) for d in descriptions)
        return f"- **{self.inlines(term)}:** {said}"

    def items(self, block: Block) -> str:
        lines = []
        for i, item in enumerate(block["items"], block["start"]):
            mark = "- " if block["t"] == "ul" else f"{i}. "
            inner = "\n\n".join(self.blocks(item)).split("\n")
            lines += [mark + inner[0], *(" " * len(mark) + line if line else "" for line in inner[1:])]
        return "\n".join(lines)

    def table(self, x: Block) -> list[str]:
        def row(cells: list[list[Inline]], *, bold: bool = False) -> str:
            texts = [self.inlines(c, cell=True).replace("\n", " ") for c in cells]
            return "| " + " | ".join(f"**{t}**" if bold and t and "**" not in t else t for t in texts) + " |"

        rule = {"left": ":---", "right": "---:", "center": ":---:"}
        rows = [row(r, bold=i >= len(x["rows"]) - x["sums"]) for i, r in enumerate(x["rows"])]
        text = "\n".join([row(x["head"]), "|" + "|".join(rule[a] for a in x["align"]) + "|", *rows])
        caption = f"**{self.tree['words']['table']} {x['nr']}.** {_literal(x['caption'])}" if x["caption"] else ""
        return [*([caption] if caption else []), text]
