"""How the records of the model are declared, built from plain data and turned back into it.

A record is a frozen dataclass whose field names are the keys of the YAML and JSON documents; a
trailing underscore (``is_``, ``from_``) keeps clear of Python's keywords and is dropped outside.
Records carry no validation: `norm_engine.loading` checks documents at the border, and
`from_plain` then builds records quickly from data known to be valid.
"""

import datetime
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, dataclass_transform

Plain = Any
"""Data as JSON knows it: None, bool, int, str, list and dict."""

_T = TypeVar("_T")


def document_key(field_name: str) -> str:
    """The key that a field has in documents: ``is_`` is written ``is``."""
    return field_name.rstrip("_")


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def record(cls: type[_T]) -> type[_T]:
    """Declare a record: frozen, keyword-only; documents may hold no other key.

    The methods that `dataclasses` would write for each class are shared by all of them instead:
    writing them takes a millisecond a class, and every command pays for it at its start. Defaults
    stay on the class, so that a record read from a document holds only what the document says;
    with slots, most of reading a rule set would go into filling in what it leaves out.
    """
    cls.__pydantic_config__ = {  # type: ignore[attr-defined]
        "extra": "forbid",
        "alias_generator": document_key,
    }
    made: Any = dataclass(init=False, repr=False, eq=False, kw_only=True)(cls)
    made.__init__ = _initialise
    made.__eq__ = _equal
    made.__hash__ = _hash
    made.__repr__ = _represent
    made.__setattr__ = made.__delattr__ = _refuse
    for each in fields(made):
        if each.default_factory is not MISSING:
            setattr(made, each.name, each.default_factory())
    return typing.cast("type[_T]", made)


def _initialise(self: Any, **given: Any) -> None:
    for name, _, default in _layout(type(self)):
        value = given.pop(name, default)
        if value is _NOTHING:
            raise TypeError(f"{type(self).__name__} needs {name}")
        _set(self, name, dict(value) if value is default and isinstance(value, dict) else value)
    if given:
        raise TypeError(f"{type(self).__name__} has no {', '.join(given)}")


def _equal(self: Any, other: object) -> bool:
    if type(other) is not type(self):
        return False
    return all(
        bool(getattr(self, name) == getattr(other, name)) for name, _, _ in _layout(type(self))
    )


def _hash(self: Any) -> int:
    return hash(tuple(getattr(self, name) for name, _, _ in _layout(type(self))))


def _represent(self: Any) -> str:
    return f"{type(self).__name__}({to_plain(self)!r})"


def _refuse(self: Any, name: str, value: object = None) -> None:
    raise FrozenInstanceError(f"{type(self).__name__}.{name} is frozen")


_set = object.__setattr__


def from_plain(kind: type[_T], data: Plain) -> _T:
    """Build a record of `kind` from plain data that has been validated before."""
    built: _T = _decoder(kind)(data)
    return built


def to_plain(value: Any) -> Plain:
    """Plain data of a record; fields that stand at their default are left out."""
    if is_dataclass(value):
        plain = {}
        for name, key, default in _layout(type(value)):
            held = getattr(value, name)
            if held is not default and held != default:
                plain[key] = to_plain(held)
        return plain
    if isinstance(value, Mapping):
        return {key: to_plain(held) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [to_plain(held) for held in value]
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value


def _read_layout(cls: Any) -> tuple[tuple[str, str, Any], ...]:
    return tuple(
        (
            each.name,
            document_key(each.name),
            each.default_factory()
            if each.default_factory is not MISSING
            else (_NOTHING if each.default is MISSING else each.default),
        )
        for each in fields(cls)
    )


_NOTHING = object()
_layout: Callable[[Any], tuple[tuple[str, str, Any], ...]] = cache(_read_layout)
_Decoder = Callable[[Plain], Any]


def _make_decoder(kind: Any) -> _Decoder | Any:
    if is_dataclass(kind):
        return _record_decoder(typing.cast(type, kind))
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Annotated:
        return _decoder(arguments[0])
    if origin is tuple:
        return _sequence_decoder(_decoder(arguments[0]))
    if origin is dict or origin is Mapping:
        return _mapping_decoder(_decoder(arguments[1]))
    if origin in (typing.Union, types.UnionType):
        return _union_decoder(arguments)
    if kind is datetime.date:
        return datetime.date.fromisoformat
    return _same


_decoder: Callable[[Any], Any] = cache(_make_decoder)


def _same(data: Plain) -> Any:
    return data


def _record_decoder(cls: Any) -> _Decoder:
    steps: dict[str, tuple[str, _Decoder | None]] = {}
    new = object.__new__

    def build(data: Plain) -> Any:
        """A record from its keys; what stands at its default stays on the class."""
        held = {}
        for key, value in data.items():
            step = steps.get(key)
            if step is None:
                held[key] = value
            else:
                name, decode = step
                held[name] = value if decode is None else decode(value)
        made: Any = new(cls)
        _set(made, "__dict__", held)
        return made

    for name, hint in _hints(cls).items():
        decode = _field_decoder(hint, cls, build)
        key = document_key(name)
        if decode is not _same or key != name:
            steps[key] = (name, None if decode is _same else decode)
    return build


def _hints(cls: Any) -> Mapping[str, Any]:
    """The types of a record's fields; only names written in quotes have to be looked up."""
    written = {each.name: each.type for each in fields(cls)}
    if any(map(_is_quoted, written.values())):
        return typing.get_type_hints(cls)
    return written


def _is_quoted(hint: Any) -> bool:
    if isinstance(hint, str | typing.ForwardRef):
        return True
    return typing.get_origin(hint) is not typing.Literal and any(
        map(_is_quoted, typing.get_args(hint))
    )


def _field_decoder(hint: Any, owner: type, build: _Decoder) -> _Decoder:
    # a record may hold records of its own kind (a condition holds conditions)
    arguments = typing.get_args(hint)
    if owner in arguments and type(None) in arguments:
        return build
    for argument in arguments:
        if typing.get_origin(argument) is tuple and owner in typing.get_args(argument):
            return _sequence_decoder(build)
    decoder: _Decoder = _decoder(hint)
    return decoder


def _sequence_decoder(decode: _Decoder) -> _Decoder:
    if decode is _same:
        return tuple

    def build(data: Plain) -> Any:
        """A tuple of what the items of a list stand for."""
        return tuple([decode(held) for held in data])

    return build


def _mapping_decoder(decode: _Decoder) -> _Decoder:
    if decode is _same:
        return _same

    def build(data: Plain) -> Any:
        """A mapping with what its values stand for."""
        return {key: decode(held) for key, held in data.items()}

    return build


def _union_decoder(arguments: Sequence[Any]) -> _Decoder:
    """Decode by the shape of the data: records and mappings are told from sequences and scalars."""
    decoders = [(argument, _decoder(argument)) for argument in arguments]
    useful = [(argument, decode) for argument, decode in decoders if decode is not _same]
    if not useful:
        return _same
    if len(useful) == 1 and len(arguments) == 2 and type(None) in arguments:
        only = useful[0][1]
        return lambda data: None if data is None else only(data)
    mapping = next((d for a, d in useful if is_dataclass(a)), _same)
    sequence = next((d for a, d in useful if typing.get_origin(a) is tuple), _same)

    def build(data: Plain) -> Any:
        """What keys, a list or a single value stands for, told apart by their shape."""
        if isinstance(data, dict):
            return mapping(data)
        if isinstance(data, list):
            return sequence(data)
        return data

    return build
