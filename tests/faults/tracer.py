"""Watches a family of processes and stops it at one chosen state-changing system call, or makes that call fail.

A call counts when it can change a file under the root: open for creation or truncation, write, rename, link, unlink,
mkdir, truncate, sync and the like, by any process of the family, in the order in which they reach the kernel. The
kernel itself picks the calls (a seccomp filter), so that everything else runs at full speed. Linux alone, on x86-64
and arm64; nothing is compiled.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import signal
import struct
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

KILL, NO_SPACE, IO_ERROR, READ_ONLY = "kill", "ENOSPC", "EIO", "EROFS"
KILLED = 137


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens at call number `at`: a kill of the whole process tree, or an error, once or from then on."""

    at: int
    kind: str = KILL
    persistent: bool = False


@dataclass(frozen=True, slots=True)
class Machine:
    """How a processor passes a call: what `seccomp` calls it, the registers of the call's number, its arguments and its
    answer, and the calls' numbers. `skip`: the set of registers that holds the number alone, 0 where it is with the
    others."""

    audit: int
    number: int
    arguments: tuple[int, ...]
    answer: int
    skip: int
    calls: dict[str, int]


_X86 = {
    "open": 2, "creat": 85, "rename": 82, "link": 86, "symlink": 88, "unlink": 87, "mkdir": 83, "rmdir": 84,
    "chmod": 90, "openat": 257, "renameat": 264, "renameat2": 316, "linkat": 265, "symlinkat": 266, "unlinkat": 263,
    "mkdirat": 258, "fchmodat": 268, "utimensat": 280, "truncate": 76, "write": 1, "pwrite64": 18, "writev": 20,
    "ftruncate": 77, "fallocate": 285, "fsync": 74, "fdatasync": 75, "fchmod": 91, "copy_file_range": 326,
    "sendfile": 40,
}  # fmt: skip
_ARM = {
    "openat": 56, "renameat": 38, "renameat2": 276, "linkat": 37, "symlinkat": 36, "unlinkat": 35, "mkdirat": 34,
    "fchmodat": 53, "utimensat": 88, "truncate": 45, "write": 64, "pwrite64": 68, "writev": 66, "ftruncate": 46,
    "fallocate": 47, "fsync": 82, "fdatasync": 83, "fchmod": 52, "copy_file_range": 285, "sendfile": 71,
}  # fmt: skip
MACHINES = {
    "x86_64": Machine(0xC000003E, 15, (14, 13, 12, 7, 9, 8), 10, 0, _X86),
    "aarch64": Machine(0xC00000B7, 8, (0, 1, 2, 3, 4, 5), 0, 0x404, _ARM),
}
MACHINE = MACHINES.get(platform.machine()) if platform.system() == "Linux" else None

# where a call names its file: the argument that is a path, with the descriptor of the folder it starts from (None: the
# folder that the process is in), or the argument that is an open file
_PATHS: dict[str, list[tuple[int | None, int]]] = {
    **{key: [(None, 0)] for key in ("open", "creat", "unlink", "mkdir", "rmdir", "chmod", "truncate")},
    **{key: [(None, 1), (None, 0)] for key in ("rename", "link")},
    "symlink": [(None, 1)],
    **{key: [(0, 1)] for key in ("openat", "unlinkat", "mkdirat", "fchmodat", "utimensat")},
    **{key: [(2, 3), (0, 1)] for key in ("renameat", "renameat2", "linkat")},
    "symlinkat": [(1, 2)],
}
_OPEN_FILES = {"copy_file_range": 2}
_FLAGS = {"open": 1, "openat": 2}
_CHANGING = os.O_CREAT | os.O_TRUNC
_FREEING = ("unlink", "unlinkat", "rmdir", "chmod", "fchmod", "fchmodat", "utimensat")
_NOT_A_FOLDER = -100
"""AT_FDCWD."""

_TRACE_ME, _CONTINUE, _SET_OPTIONS, _MESSAGE, _GET_REGISTERS, _SET_REGISTERS = 0, 7, 0x4200, 0x4201, 0x4204, 0x4205
_OPTIONS = 0x100000 | 0x80 | 0x02 | 0x04 | 0x08
"""All die with the tracer; chosen calls stop; children by fork, vfork and clone are watched too."""
_BORN, _CALLED = (1, 2, 3), 7
_ALL = 0x40000000
"""Wait for threads and children alike."""


class _Piece(ctypes.Structure):
    _fields_ = (("base", ctypes.c_void_p), ("length", ctypes.c_size_t))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_void_p))


_libc = ctypes.CDLL(None, use_errno=True)
_libc.ptrace.argtypes = (ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p)
_libc.ptrace.restype = ctypes.c_long


def be_watched() -> None:
    """In the child: let the parent trace it, wait until it does, and have the kernel stop at the calls that count."""
    assert MACHINE is not None
    _libc.ptrace(_TRACE_ME, 0, None, None)
    os.kill(os.getpid(), signal.SIGSTOP)
    steps = _filter(MACHINE)
    held = ctypes.create_string_buffer(steps, len(steps))
    program = _Program(len(steps) // 8, ctypes.cast(held, ctypes.c_void_p))
    if _libc.prctl(38, 1, 0, 0, 0) or _libc.prctl(22, 2, ctypes.byref(program)):
        os._exit(125)


def _filter(machine: Machine) -> bytes:
    """Steps of BPF: a call of the table stops, an `open` only when it may create or truncate."""
    load, equal, any_bit, answer, stop, allow = 0x20, 0x15, 0x45, 0x06, 0x7FF00000, 0x7FFF0000
    steps = [(load, 0, 0, 0)]
    for name, number in machine.calls.items():
        if name in _FLAGS:
            steps += [(equal, 0, 4, number), (load, 0, 0, 16 + 8 * _FLAGS[name]), (any_bit, 0, 1, _CHANGING)]
            steps += [(answer, 0, 0, stop), (answer, 0, 0, allow)]
        else:
            steps += [(equal, 0, 1, number), (answer, 0, 0, stop)]
    return b"".join(struct.pack("=HBBI", *step) for step in [*steps, (answer, 0, 0, allow)])


@dataclass
class Watch:
    """A family of processes under watch; `calls` are those that it made (`name path`, in order)."""

    root: str
    fault: Fault | None
    at_each: Callable[[int], None] | None = None
    """Called before a call that counts happens, while nothing of the family moves; not where something does."""
    calls: list[str] = field(default_factory=list)
    alive: set[int] = field(default_factory=set)

    def until_the_end(self, first: int) -> int:
        """Watch the stopped child until all its family has ended; its exit code, 137 after the kill."""
        self.alive.add(first)
        began = os.waitpid(first, 0)[1]
        if not os.WIFSTOPPED(began):
            return os.waitstatus_to_exitcode(began)
        _libc.ptrace(_SET_OPTIONS, first, None, _OPTIONS)
        _libc.ptrace(_CONTINUE, first, None, None)
        code = 0
        while True:
            try:
                pid, status = os.waitpid(-1, _ALL)
            except ChildProcessError:
                return code
            if not os.WIFSTOPPED(status):
                self.alive.discard(pid)
                code = os.waitstatus_to_exitcode(status) if pid == first else code
                continue
            self.alive.add(pid)
            event, given = status >> 16, os.WSTOPSIG(status)
            if event == _CALLED and self._called(pid):
                self.end_all()
                return KILLED
            if event in _BORN:
                child = ctypes.c_ulong()
                _libc.ptrace(_MESSAGE, pid, None, ctypes.byref(child))
                self.alive.add(child.value)
            if event or given in (signal.SIGTRAP, signal.SIGSTOP):
                given = 0
            _libc.ptrace(_CONTINUE, pid, None, given)

    def end_all(self) -> None:
        """Kill the whole family, those too that are just being born."""
        for pid in self.alive:
            _kill(pid)
        while True:
            try:
                pid, status = os.waitpid(-1, _ALL)
            except ChildProcessError:
                return
            if os.WIFSTOPPED(status):
                _kill(pid)

    def _is_still(self, caller: int) -> bool:
        """Whether all others wait: for the caller, for each other, for an answer."""
        for _try in range(20):
            if all(_state_of(pid) in "StTZX" for pid in self.alive - {caller}):
                return True
            time.sleep(0.001)
        return False

    def _called(self, pid: int) -> bool:
        """Note the call when it counts, and let it fail when it is its turn; whether all are to be killed now."""
        assert MACHINE is not None
        registers, size = _registers(pid)
        name = _NAMES.get(registers[MACHINE.number], "")
        given = [registers[number] for number in MACHINE.arguments]
        paths = list(_paths(pid, name, given))
        if not any(path == self.root or path.startswith(self.root + "/") for path in paths):
            return False
        self.calls.append(f"{name} {paths[0]}{' in vain' if _in_vain(name, paths[0]) else ''}")
        if self.at_each and self._is_still(pid):
            self.at_each(len(self.calls))
        fault, seen = self.fault, len(self.calls)
        if fault is None or seen < fault.at or (seen > fault.at and not fault.persistent):
            return False
        if fault.kind == KILL:
            return True
        if fault.kind != NO_SPACE or name not in _FREEING:  # a full disk still lets go of files
            _fail(pid, registers, size, getattr(errno, fault.kind))
        return False


_NAMES = {number: name for name, number in MACHINE.calls.items()} if MACHINE else {}


def _state_of(pid: int) -> str:
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(") ")[2][0]
    except OSError:
        return "X"


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _registers(pid: int) -> tuple[ctypes.Array[ctypes.c_ulong], int]:
    registers = (ctypes.c_ulong * 40)()
    piece = _Piece(ctypes.addressof(registers), ctypes.sizeof(registers))
    _libc.ptrace(_GET_REGISTERS, pid, 1, ctypes.byref(piece))
    return registers, piece.length


def _fail(pid: int, registers: ctypes.Array[ctypes.c_ulong], size: int, number: int) -> None:
    assert MACHINE is not None
    if MACHINE.skip:
        none = ctypes.c_int(-1)
        piece = _Piece(ctypes.addressof(none), ctypes.sizeof(none))
        _libc.ptrace(_SET_REGISTERS, pid, MACHINE.skip, ctypes.byref(piece))
    else:
        registers[MACHINE.number] = ctypes.c_ulong(-1).value
    registers[MACHINE.answer] = ctypes.c_ulong(-number).value
    piece = _Piece(ctypes.addressof(registers), size)
    _libc.ptrace(_SET_REGISTERS, pid, 1, ctypes.byref(piece))


def _paths(pid: int, name: str, given: list[int]) -> Iterator[str]:
    for folder, argument in _PATHS.get(name, ()):
        text = _text(pid, given[argument]) if given[argument] else ""
        if text.startswith("/"):
            yield text
            continue
        base = _open_file(pid, _NOT_A_FOLDER if folder is None else ctypes.c_int(given[folder] & 0xFFFFFFFF).value)
        yield f"{base}/{text}" if text else base
    if name not in _PATHS:
        yield _open_file(pid, ctypes.c_int(given[_OPEN_FILES.get(name, 0)] & 0xFFFFFFFF).value)


def _open_file(pid: int, descriptor: int) -> str:
    try:
        return os.readlink(f"/proc/{pid}/cwd" if descriptor == _NOT_A_FOLDER else f"/proc/{pid}/fd/{descriptor}")
    except OSError:
        return ""


def _text(pid: int, address: int) -> str:
    """The zero-ended text at an address of the process, as far as its page and the next are there."""
    size = 8192 - address % 4096
    buffer = ctypes.create_string_buffer(size)
    for wanted in (size, size - 4096):
        here, there = _Piece(ctypes.addressof(buffer), wanted), _Piece(address, wanted)
        if _libc.process_vm_readv(pid, ctypes.byref(here), 1, ctypes.byref(there), 1, 0) > 0:
            return os.fsdecode(buffer.raw[:wanted].partition(b"\0")[0])
    return ""


def _in_vain(name: str, path: str) -> bool:
    """Whether the call cannot change anything: it removes what is not there, or creates in a folder that is not."""
    if name.startswith("unlink") or name == "rmdir":
        return not os.path.lexists(path)
    if name in _PATHS and len(_PATHS[name]) == 1 and name not in ("symlink", "symlinkat"):
        return not os.path.exists(os.path.dirname(path))
    return False
