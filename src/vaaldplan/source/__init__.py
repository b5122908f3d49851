"""Reading: YAML files → plain data, and the place in the text of everything in them. Knows YAML but not plans."""

from .document import Document, find, read, read_text
from .files import MAIN, Content, content, shown_name

__all__ = ["MAIN", "Content", "Document", "content", "find", "read", "read_text", "shown_name"]
