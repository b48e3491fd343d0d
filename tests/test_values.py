"""Our data classes behave like the standard library's, and cost nothing before the first value."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import subprocess
import sys
from collections.abc import Callable
from dataclasses import FrozenInstanceError, InitVar, field
from functools import cached_property
from threading import Barrier, Thread
from typing import Any, ClassVar

import pytest

from kanban import values

Maker = Callable[..., Any]


def classes(dataclass: Maker) -> dict[str, Any]:
    """Classes of every kind that we write, by what is special in them."""

    @dataclass(frozen=True, slots=True)
    class Plain:
        """Two fields."""

        a: int
        b: str = "x"

        @property
        def both(self) -> str:
            return f"{self.a}{self.b}"

    @dataclass(frozen=True, slots=True)
    class Child(Plain):
        c: tuple[int, ...] = ()
        KIND: ClassVar[str] = "child"

    @dataclass(frozen=True)
    class Factory:
        a: list[int] = field(default_factory=list)
        b: int = field(default=2, metadata={"doc": "said"})

        @cached_property
        def doubled(self) -> int:
            return self.b * 2

    @dataclass
    class Open:
        a: int
        b: int = 0

        def __post_init__(self) -> None:
            self.b += self.a

    @dataclass(slots=True)
    class OpenSlots:
        a: int
        b: int = 0

    @dataclass(frozen=True, slots=True, order=True)
    class Ordered:
        a: int
        b: int = 0

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Named:
        a: int
        b: int = 0

    @dataclass(frozen=True)
    class Options:
        a: int
        b: int = field(default=0, compare=False, repr=False)

    @dataclass(frozen=True)
    class Own:
        a: int
        b: int = 0

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Own) and other.a == self.a

        def __hash__(self) -> int:
            return self.a

    @dataclass(frozen=True)
    class Later:
        a: int
        b: InitVar[int] = 1

        def __post_init__(self, b: int) -> None:
            object.__setattr__(self, "a", self.a + b)

    @dataclass(frozen=True, slots=True)
    class One:
        a: int

    @dataclass(frozen=True)
    class Nothing:
        pass

    return {name: found for name, found in locals().items() if isinstance(found, type) and name != "dataclass"}


def told(make: Callable[[], Any]) -> object:
    """What comes of it: a value's text, or the error."""
    try:
        return repr(make())
    except Exception as error:
        return type(error).__name__, str(error).replace("self_", "self")


def use(cls: Any) -> list[object]:
    """All that is done with a class and its values, as texts."""
    found: list[object] = []

    def note(make: Callable[[], Any]) -> None:
        found.append(told(make))

    for arguments in ((), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4)):
        note(lambda arguments=arguments: cls(*arguments))
    note(lambda: cls(a=1))
    note(lambda: cls(a=1, zz=1))
    try:
        one, same, other = cls(1), cls(1), cls(2)
    except TypeError:
        one, same, other = (cls(a=1), cls(a=1), cls(a=2)) if "a" in dir(cls) else (cls(), cls(), cls())
    note(lambda: (one == same, one == other, one != other, one == 1))
    note(lambda: hash(one) == hash(same))
    note(lambda: len({one, same, other}))
    note(lambda: one < other)
    note(lambda: sorted([other, one]))
    note(lambda: dataclasses.replace(one, b=7) if hasattr(one, "b") else one)
    note(lambda: [(f.name, str(f.type), str(f.default), dict(f.metadata)) for f in dataclasses.fields(cls)])
    note(lambda: dataclasses.asdict(one))
    note(lambda: setattr(one, "a", 5))
    note(lambda: delattr(one, "a"))
    note(lambda: copy.copy(one))
    note(lambda: copy.deepcopy(same))
    note(lambda: cls.__match_args__)
    note(lambda: [getattr(cls, name, "none") for name in ("b", "KIND")][1:])
    note(lambda: (one.doubled, one.doubled) if hasattr(cls, "doubled") else None)
    note(lambda: getattr(one, "both", ""))
    note(lambda: hasattr(one, "__dict__"))
    note(lambda: dataclasses.is_dataclass(cls))
    return found


@pytest.mark.parametrize("name", classes(dataclasses.dataclass))
def test_as_the_standard_library(name: str) -> None:
    assert use(classes(values.dataclass)[name]) == use(classes(dataclasses.dataclass)[name])


def test_a_list_is_made_for_each_value() -> None:
    factory = classes(values.dataclass)["Factory"]
    first, second = factory(), factory()
    first.a.append(1)
    assert second.a == []


def test_a_class_of_the_standard_library_may_inherit() -> None:
    plain = classes(values.dataclass)["Plain"]

    @dataclasses.dataclass(frozen=True)
    class Below(plain):  # type: ignore[misc]
        c: int = 3

    assert repr(Below(1)).endswith("Below(a=1, b='x', c=3)")
    assert Below(1) == Below(1)


def test_fields_before_the_first_value() -> None:
    child = classes(values.dataclass)["Child"]
    assert [one.name for one in dataclasses.fields(child)] == ["a", "b", "c"]
    assert child(1).b == "x"
    with pytest.raises(FrozenInstanceError):
        child(1).a = 2


def test_the_first_value_in_several_threads_at_once() -> None:
    for cls in classes(values.dataclass).values():
        if cls.__name__ == "Nothing":
            continue
        ready, made = Barrier(8), []

        def work(cls: Any = cls, ready: Barrier = ready, made: list[Any] = made) -> None:
            ready.wait()
            made.append(cls(a=1))

        threads = [Thread(target=work) for _number in range(8)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        assert len(made) == 8
        assert all(one == made[0] for one in made)


def test_a_value_is_understood_by_a_program_that_has_made_none() -> None:
    from datetime import date

    from kanban.model.typed.values import When

    sent = pickle.dumps(When(date(2026, 10, 5)))
    program = f"import pickle; one = pickle.loads({sent!r}); print(one == pickle.loads({sent!r}), one.day)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "True 2026-10-05\n"


def test_a_class_that_nobody_uses_is_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[type] = []
    monkeypatch.setattr(values._Declared, "make", lambda _told, cls: asked.append(cls))
    classes(values.dataclass)
    assert asked == []
