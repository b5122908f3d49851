"""The model in pydantic, made of the declarations: it says what fits a plan, and what is wrong with what does not."""

from collections.abc import Callable
from functools import cache
from typing import Annotated, Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, ValidationError, create_model
from pydantic_core import PydanticCustomError

from .node import Node, Reads, UnreadableError

__all__ = ["ValidationError", "model", "read"]

_CONFIG = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)
N = TypeVar("N", bound=Node)


def read(cls: type[N], data: Any) -> N:
    """Plain data as an entry.

    Raises:
        ValidationError: it does not fit; the error says where and why.
    """
    found: N = _entry(cls, model(cls).model_validate(data))
    return found


@cache
def model(cls: type[Node]) -> type[BaseModel]:
    """The pydantic model of a class of entries."""
    fields: dict[str, Any] = {
        name: (_type(field.annotation), Field(default_factory=field.empty) if field.empty else None)
        for name, field in cls.model_fields.items()
    }
    return create_model(cls.__name__, __config__=_CONFIG, __doc__=cls.__doc__, **fields)


def _type(annotation: Any) -> Any:
    """A declared type as pydantic reads it."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return Annotated[arguments[0], *(PlainValidator(_told(a.read)) for a in arguments[1:] if isinstance(a, Reads))]
    if origin in (list, dict):
        return origin[tuple(_type(a) for a in arguments)]
    if type(None) in arguments:
        [only] = [a for a in arguments if a is not type(None)]
        return _type(only) | None
    return model(annotation) if isinstance(annotation, type) and issubclass(annotation, Node) else annotation


def _told(reads: Callable[[object], Any]) -> Callable[[Any], Any]:
    """A reader whose refusals pydantic keeps apart."""

    def told(value: Any) -> Any:
        try:
            return reads(value)
        except UnreadableError as error:
            raise PydanticCustomError(error.args[0], error.args[0]) from error

    return told


def _entry(cls: type[Node], held: BaseModel) -> Any:
    """A validated model as an entry."""
    return cls(
        **{name: _value(cls.model_fields[name].annotation, getattr(held, name)) for name in held.model_fields_set}
    )


def _value(annotation: Any, value: Any) -> Any:
    if isinstance(value, BaseModel):
        [cls] = [a for a in (annotation, *get_args(annotation)) if isinstance(a, type) and issubclass(a, Node)]
        return _entry(cls, value)
    if isinstance(value, list):
        return [_value(get_args(annotation)[-1], one) for one in value]
    if isinstance(value, dict):
        return {name: _value(get_args(annotation)[-1], one) for name, one in value.items()}
    return value
