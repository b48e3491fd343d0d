"""`dataclass` as the standard library has it, at a tenth of its price: a verb imports hundreds of them and uses some.

The standard library writes six functions for each class as source text and has them compiled: half of the time in which
a verb starts. Here a class is left as it was written until it is called; then only its `__init__` is compiled. What is
seldom asked for (options of single fields, methods written by hand) is made by the standard library, then, too.
"""

from __future__ import annotations

import sys
from _thread import RLock
from functools import cache
from operator import attrgetter, ge, gt, le, lt
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass
else:

    def dataclass(cls: type | None = None, **how: Any) -> Any:
        """As `dataclasses.dataclass`."""
        return _later(cls, how) if cls is not None else lambda declared: _later(declared, how)


__all__ = ["dataclass"]


class _Library:
    """The standard library's `dataclasses`, loaded by the first class that is made: it takes 17 ms with `inspect`."""

    def __getattr__(self, name: str) -> Any:
        import dataclasses

        return getattr(dataclasses, name)


library = _Library()

_FIELDS, _PARAMS = "__dataclass_fields__", "__dataclass_params__"
_METHODS = ("__repr__", "__eq__", "__hash__", "__setattr__", "__delattr__")
_ALL = (
    _FIELDS,
    _PARAMS,
    "__match_args__",
    *_METHODS,
    "__lt__",
    "__le__",
    "__gt__",
    "__ge__",
    "__replace__",
    "__init__",
)
"""What the standard library gives a class."""
_ONE_AT_A_TIME = RLock()
_DECLARED: dict[type, _Declared] = {}


def _later(declared: type, how: dict[str, Any]) -> type:
    """The class with its slots; the rest is made by its first call."""
    told = _Declared(declared, how)
    cls = _with_slots(declared) if how.pop("slots", False) else declared
    _DECLARED[cls] = told
    if cls is declared:
        cls.__setstate__ = _set_all  # type: ignore[attr-defined] # given to the class here
        _without_fields(cls, told.body)

    def first(self: Any, *values: Any, **named: Any) -> None:
        told.ready(cls)
        cls.__init__(self, *values, **named)  # type: ignore[misc] # the one just made, of exactly this class

    told.first = cls.__init__ = first  # type: ignore[misc] # replaced by the first call
    setattr(cls, _FIELDS, _FieldsLater(told))
    return cls


class _Declared:
    """A class as it was written, and how its data class shall be."""

    def __init__(self, declared: type, how: dict[str, Any]) -> None:
        self.declared, self.how = declared, how
        self.body = dict(declared.__dict__)
        self.first: object = None
        """Stands in for `__init__` until the class is made."""

    def ready(self, cls: type) -> None:
        """Make the class, if that was not done."""
        with _ONE_AT_A_TIME:
            if cls.__dict__["__init__"] is self.first:
                self.make(cls)

    def make(self, cls: type) -> None:
        """Give the class all that a data class has; `__init__` last, which tells other threads that all is there."""
        frozen, fields = bool(self.how.get("frozen")), self.fields()
        if fields is None:
            whole: Any = library.dataclass(**self.how)(_like(self.declared, self.body))
            names = tuple(getattr(whole, _FIELDS))
            made = {name: whole.__dict__[name] for name in _ALL if name in whole.__dict__}
        else:
            names = tuple(fields)
            made = _compared(names, frozen) | {"__match_args__": names}
            made |= _ordered(names) if self.how.get("order") else {}
        made |= _frozen(cls, frozenset(names)) if frozen else {}
        init = made.pop("__init__", None) or _compiled(fields or {}, frozen, hasattr(cls, "__post_init__"))
        init.__qualname__ = f"{cls.__qualname__}.__init__"
        for name, method in (*made.items(), ("__init__", init)):
            setattr(cls, name, method)

    def fields(self) -> dict[str, tuple[Any, Any]] | None:
        """Each field's type and default, inherited ones first; None when only the standard library can make them."""
        found: dict[str, tuple[Any, Any]] = {}
        for base in self.declared.__mro__[-2:0:-1]:
            inherited = _DECLARED[base].fields() if base in _DECLARED else None
            if inherited is None and (base in _DECLARED or _FIELDS in base.__dict__):
                return None
            found |= inherited or {}
        if self.how.keys() - {"frozen", "order"} or any(name in self.body for name in _METHODS if name != "__hash__"):
            return None
        for name, kind in self.declared.__annotations__.items():
            if not _is_of_the_class(kind):
                found[name] = (kind, self.body.get(name, library.MISSING))
        plain = all(_is_plain(kind, default) for kind, default in found.values())
        return found if plain and self.body.get("__hash__") is None else None


class _FieldsLater:
    """Stands where the standard library looks for the fields of a class."""

    def __init__(self, told: _Declared) -> None:
        self._told = told

    def __get__(self, value: object, cls: type) -> Any:
        told = self._told
        owner = next(one for one in cls.__mro__ if _DECLARED.get(one) is told)
        names = told.fields()
        with _ONE_AT_A_TIME:
            if names is None:
                told.make(owner)
            else:
                body = {name: default for name, (_kind, default) in names.items() if default is not library.MISSING}
                kinds = {name: kind for name, (kind, _default) in names.items()}
                bare = type(owner.__name__, (), {**body, "__annotations__": kinds, "__module__": owner.__module__})
                made: Any = library.dataclass(init=False, repr=False, eq=False)(bare)
                setattr(owner, _PARAMS, getattr(_empty(bool(told.how.get("frozen"))), _PARAMS))
                setattr(owner, _FIELDS, getattr(made, _FIELDS))
        return getattr(owner, _FIELDS)


@cache
def _empty(frozen: bool) -> type:
    """A class of which the standard library says what it says of others that are frozen, or not."""
    made: type = library.make_dataclass("Empty", (), frozen=frozen, repr=False, eq=False)
    return made


def _is_of_the_class(kind: object) -> bool:
    return "ClassVar" in (kind if isinstance(kind, str) else repr(kind))


def _is_plain(kind: object, default: object) -> bool:
    """Whether a field has no option but its default; what is no field of the value counts as one that has."""
    if "InitVar" in str(kind) or "KW_ONLY" in str(kind):
        return False
    if not isinstance(default, library.Field):
        return default.__class__.__hash__ is not None  # a mutable default: the standard library says what is wrong
    return default.init and default.repr and default.compare and default.hash is None and default.kw_only is not True


def _compiled(fields: dict[str, tuple[Any, Any]], frozen: bool, afterwards: bool) -> Any:
    """The `__init__` of these fields."""
    known: dict[str, Any] = {"set_": object.__setattr__, "absent": library.MISSING}
    heads, lines = [], []
    for name, (_kind, default) in fields.items():
        factory = default.default_factory if isinstance(default, library.Field) else library.MISSING
        value = default.default if isinstance(default, library.Field) else default
        if factory is not library.MISSING:
            known[f"made_{name}"] = factory
            lines.append(f"if {name} is absent: {name} = made_{name}()")
            heads.append(f"{name}=absent")
        elif value is not library.MISSING:
            known[f"default_{name}"] = value
            heads.append(f"{name}=default_{name}")
        else:
            heads.append(name)
        lines.append(f"set_(self_, {name!r}, {name})" if frozen else f"self_.{name} = {name}")
    lines += ["self_.__post_init__()"] if afterwards else []
    exec(f"def __init__({', '.join(['self_', *heads])}):\n " + "\n ".join(lines or ["pass"]), known)  # noqa: S102 - names of fields
    return known["__init__"]


def _several(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    return attrgetter(*names) if len(names) > 1 else lambda self: tuple([getattr(self, name) for name in names])


def _compared(names: tuple[str, ...], frozen: bool) -> dict[str, Any]:
    """What tells values of a class apart, and shows them.

    Beside a value of another class the answer is NotImplemented, as Python asks it: the other side is asked then.
    """
    several = _several(names)

    def equal(self: Any, other: object) -> Any:
        return several(self) == several(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: Any) -> int:
        return hash(several(self))

    def shown(self: Any) -> str:
        told = ", ".join([f"{name}={getattr(self, name)!r}" for name in names])
        return f"{self.__class__.__qualname__}({told})"

    return {"__eq__": equal, "__repr__": shown, "__hash__": hashed if frozen else None}


def _ordered(names: tuple[str, ...]) -> dict[str, Any]:
    """What tells which value comes first; NotImplemented beside another class, as above."""
    several = _several(names)

    def comparing(comes: Callable[[Any, Any], bool]) -> Any:
        def compare(self: Any, other: object) -> Any:
            return comes(several(self), several(other)) if other.__class__ is self.__class__ else NotImplemented

        return compare

    return {"__lt__": comparing(lt), "__le__": comparing(le), "__gt__": comparing(gt), "__ge__": comparing(ge)}


def _frozen(cls: type, names: frozenset[str]) -> dict[str, Any]:
    """What keeps a value as it is."""

    def setting(self: Any, name: str, value: object) -> None:
        if type(self) is cls or name in names:
            raise library.FrozenInstanceError(f"cannot assign to field {name!r}")
        object.__setattr__(self, name, value)

    def deleting(self: Any, name: str) -> None:
        if type(self) is cls or name in names:
            raise library.FrozenInstanceError(f"cannot delete field {name!r}")
        object.__delattr__(self, name)

    return {"__setattr__": setting, "__delattr__": deleting}


def _with_slots(declared: type) -> type:
    """A class like this one with a slot for each field that it declares itself, that can be copied and sent on."""
    inherited = {name for base in declared.__mro__[1:-1] for name in base.__dict__.get("__slots__", ())}
    own = [n for n, kind in declared.__annotations__.items() if n not in inherited and not _is_of_the_class(kind)]
    body = {name: value for name, value in declared.__dict__.items() if name not in own}
    return _like(declared, {**body, "__slots__": tuple(own), "__getstate__": _state, "__setstate__": _set_state})


def _without_fields(cls: type, body: dict[str, Any]) -> None:
    """Leave on a class what the standard library leaves: plain defaults, no field."""
    for name, value in body.items() if "dataclasses" in sys.modules else ():  # else nobody has made a field
        if isinstance(value, library.Field):
            delattr(cls, name)
            if value.default is not library.MISSING:
                setattr(cls, name, value.default)


def _like(declared: type, body: dict[str, Any]) -> type:
    """The same class with another body."""
    body = {name: value for name, value in body.items() if name not in ("__dict__", "__weakref__")}
    made = type(declared)(declared.__name__, declared.__bases__, body)
    made.__qualname__ = declared.__qualname__
    return made


def _state(self: Any) -> list[Any]:
    return [getattr(self, one.name) for one in library.fields(self)]


def _set_state(self: Any, state: list[Any]) -> None:
    _made(type(self))
    for one, value in zip(library.fields(self), state, strict=True):
        object.__setattr__(self, one.name, value)


def _set_all(self: Any, state: dict[str, Any]) -> None:
    _made(type(self))
    self.__dict__.update(state)


def _made(cls: type) -> None:
    """A value that comes from elsewhere is the first of its class here, too."""
    for one in cls.__mro__:
        if one in _DECLARED:
            _DECLARED[one].ready(one)
