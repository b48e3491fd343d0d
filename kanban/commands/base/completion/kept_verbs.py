"""The shape of a verb as kept in the index: TAB asks which words may follow, and the verb's own modules stay unloaded.

A shape is good as long as every source file that was loaded to make it has the same size and time.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from kanban.commands.base.calling.completed_names import Name
from kanban.commands.base.calling.places import Place
from kanban.repository.kept.index import Index, folders_above

_KIND = "verb"


def kept_verb(name: str, start: str, make: Callable[[], click.Command], shape: type[click.Command]) -> click.Command:
    """A command that completes as the verb does: from what is kept in the repository around `start`, else made."""
    found = folders_above(Path(os.path.abspath(start)))
    index = Index(found.common_dir) if found is not None else None
    body = index.get(_KIND, name.encode()) if index is not None else None
    if body is not None:
        told = json.loads(body)
        if told["sources"] == _sources(told["sources"]):
            return shape(name, params=[_parameter(one) for one in told["params"]])
    command = make()
    params = [_told(one) for one in command.params if one.expose_value]
    if index is not None and not isinstance(command, click.Group) and None not in params:
        loaded = (getattr(module, "__file__", None) for at, module in sys.modules.items() if at.startswith("kanban."))
        sources = _sources(sorted(path for path in loaded if path))
        index.keep(_KIND, {name.encode(): json.dumps({"sources": sources, "params": params}).encode()})
    return command


def _sources(paths: Any) -> dict[str, list[int]]:
    found = {}
    for path in paths:
        try:
            status = os.stat(path)
        except OSError:
            continue
        found[path] = [status.st_size, status.st_mtime_ns]
    return found


def _told(one: click.Parameter) -> dict[str, Any] | None:
    """A parameter as it is kept; None for one that answers in a way of its own."""
    if one._custom_shell_complete is not None:
        return None
    shape = {"name": one.name, "opts": one.opts, "nargs": one.nargs, "type": _type_told(one.type)}
    if isinstance(one, click.Option):
        shape["off"] = one.secondary_opts
        shape |= {"flag": one.is_flag, "several": one.multiple, "help": one.help, "hidden": one.hidden}
    return shape if shape["type"] is not None else None


def _type_told(kind: Any) -> list[Any] | None:
    if isinstance(kind, click.Choice):
        return ["choice", list(kind.choices)] if all(isinstance(one, str) for one in kind.choices) else None
    if isinstance(kind, Place):
        return ["place", kind.kind]
    if isinstance(kind, Name):
        return ["name", kind.kind]
    return ["text"] if type(kind).shell_complete is click.ParamType.shell_complete else None


def _type(told: list[Any]) -> Any:
    if told[0] == "choice":
        return click.Choice(told[1], case_sensitive=False)
    if told[0] == "place":
        return Place(told[1])
    return Name(told[1]) if told[0] == "name" else click.STRING


def _parameter(told: dict[str, Any]) -> click.Parameter:
    kind = _type(told["type"])
    if "flag" not in told:
        return click.Argument([told["name"]], nargs=told["nargs"], type=kind, required=False)
    declared = [told["name"], *told["opts"]]
    more: dict[str, Any] = {"help": told["help"], "hidden": told["hidden"]}
    if told["flag"]:
        if told["off"]:
            declared = [told["name"], f"{told['opts'][0]}/{told['off'][0]}"]
        return click.Option(declared, is_flag=True, **more)
    return click.Option(declared, nargs=told["nargs"], multiple=told["several"], type=kind, **more)
