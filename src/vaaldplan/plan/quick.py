"""An accelerator: reads what fits a plan without pydantic, whose import and models cost more than all else in a check.

It knows only what fits. On anything else it gives up, and ``strict`` says what is wrong. Without this file everything
works as before, only slower; a property test holds the two together.
"""

from collections.abc import Callable
from functools import cache
from typing import Annotated, Any, TypeVar, get_args, get_origin

from .node import Node, Reads, Word

N = TypeVar("N", bound=Node)
Reader = Callable[[Any], Any]


class UnfitError(ValueError):
    """The data does not fit, or is of a kind that is not known here."""


def read(cls: type[N], data: Any) -> N:
    """Plain data as an entry.

    Raises:
        ValueError: it does not fit.
    """
    if type(data) is not dict:
        raise UnfitError
    readers = _readers(cls)
    try:
        return cls(**{name: readers[name](value) for name, value in data.items()})
    except KeyError as error:
        raise UnfitError from error


@cache
def _readers(cls: type[Node]) -> dict[str, Reader]:
    return {name: _reader(field.annotation) for name, field in cls.model_fields.items()}


def _reader(annotation: Any) -> Reader:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        [found] = [a.read for a in arguments[1:] if isinstance(a, Reads)]
        return found
    if origin is list:
        return _list_of(_reader(arguments[0]))
    if origin is dict:
        return _series_of(_reader(arguments[1]))
    if type(None) in arguments:
        [only] = [a for a in arguments if a is not type(None)]
        return _or_none(_reader(only))
    if issubclass(annotation, Node):
        return lambda value: read(annotation, value)
    return _word(annotation) if issubclass(annotation, Word) else _exactly(annotation)


def _list_of(one: Reader) -> Reader:
    def reads(value: Any) -> list[Any]:
        if type(value) is not list:
            raise UnfitError
        return [one(item) for item in value]

    return reads


def _series_of(one: Reader) -> Reader:
    def reads(value: Any) -> dict[str, Any]:
        if type(value) is not dict or not all(type(name) is str for name in value):
            raise UnfitError
        return {name: one(item) for name, item in value.items()}

    return reads


def _or_none(one: Reader) -> Reader:
    return lambda value: None if value is None else one(value)


def _word(word: type[Word]) -> Reader:
    members = {str(member): member for member in word}

    def reads(value: Any) -> Word:
        if not isinstance(value, str) or value not in members:
            raise UnfitError
        return members[value]

    return reads


def _exactly(wanted: type) -> Reader:
    def reads(value: Any) -> Any:
        if type(value) is not wanted:
            raise UnfitError
        return value

    return reads
