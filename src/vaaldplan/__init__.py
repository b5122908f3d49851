"""vaaldplan: municipal action plans for preventing violence, written as YAML, checked, and built into documents."""

__version__ = "0.1.0"
