"""Reading: YAML files → plain data, and the place in the text of everything in them. Knows YAML but not plans."""

from .document import Document, find, read, read_text
from .files import Content, content

__all__ = ["Content", "Document", "content", "find", "read", "read_text"]
