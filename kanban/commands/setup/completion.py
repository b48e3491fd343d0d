"""`kanban completion`: teaches your shell the verbs, cards, columns and owners; prints a script or installs it."""

from __future__ import annotations

import os
import re
from importlib import resources
from pathlib import Path

import click

from kanban.commands.base.calling.entry import Verb
from kanban.commands.base.calling.invocation import settings_of, speak
from kanban.errors import KanbanError
from kanban.i18n import _

SCRIPTS = {"bash": "kanban.bash", "zsh": "kanban.zsh", "fish": "kanban.fish", "powershell": "kanban.ps1"}
_MARK = "# git-kanban: completion"
_A_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,19}")
_ALIASES = {
    "bash": (
        "alias {alias}=kanban",
        "complete -o nosort -F _kanban {alias} 2>/dev/null || complete -F _kanban {alias}",
    ),
    "zsh": ("[[ $funcstack[1] == _kanban ]] || {{ alias {alias}=kanban; compdef _kanban {alias} }}",),
    "fish": ("function {alias} --wraps kanban; kanban $argv; end", "complete -c {alias} -f -k -a '(__kanban_words)'"),
    "powershell": ("Set-Alias {alias} kanban",),
}
"""A short name and its completion, line by line."""


@click.command(
    cls=Verb,
    examples=(
        "kanban completion --install               for the shell you are in",
        "kanban completion zsh --install           for another one",
        "kanban completion --install --alias k     and `k` for `kanban`, completed alike",
        'eval "$(kanban completion bash)"          for this session only',
    ),
)
@click.argument("shell", required=False, type=click.Choice(list(SCRIPTS)))
@click.option("--install", is_flag=True, default=False, help="Write the script where the shell reads it at its start.")
@click.option("--alias", default="", metavar="NAME", help="A short name for `kanban` too, such as `k`.")
@click.option("--dry-run", is_flag=True, default=False, help="Only say what would be written.")
@click.pass_context
def command(context: click.Context, /, shell: str | None, install: bool, alias: str, dry_run: bool) -> None:
    """Teach your shell to complete verbs, cards, columns, owners and ticks, for `kanban` and for `git kanban`.

    Without `--install` the script is printed on standard output.
    """
    speak(settings_of(context))
    shell = shell or shell_in_use()
    if alias and not _A_NAME.fullmatch(alias):
        message = _("“{name}” cannot be the name of a command").format(name=alias)
        raise KanbanError(message, cure=_("use letters, digits and hyphens, such as `k`"))
    if not install:
        click.echo(script(shell, alias), nl=False)
        return
    for line in installed(shell, alias, dry_run=dry_run):
        click.echo(line)


def shell_in_use() -> str:
    """The shell that `$SHELL` names. Raises KanbanError when it is none that we know."""
    name = Path(os.environ.get("SHELL", "")).name
    if os.name == "nt" and not name:
        return "powershell"
    name = {"pwsh": "powershell"}.get(name, name)
    if name in SCRIPTS:
        return name
    message = _("which shell is it? `$SHELL` does not say")
    raise KanbanError(message, cure=_("name it: `kanban completion {shells}`").format(shells="|".join(SCRIPTS)))


def script(shell: str, alias: str = "") -> str:
    """The completion script of a shell, with the little it says itself in the language in force, and an alias."""
    text = resources.files("kanban.commands.setup").joinpath("shells", SCRIPTS[shell]).read_text(encoding="utf-8")
    text = text.replace("a sales pipeline in git", _("a sales pipeline in git").replace("'", "’"))
    if shell == "powershell" and alias:
        text = text.replace("'git-kanban')", f"'git-kanban', '{alias}')")
    return text + "".join(f"{line.format(alias=alias)}\n" for line in _ALIASES[shell]) if alias else text


def installed(shell: str, alias: str = "", *, dry_run: bool = False) -> list[str]:
    """Put the script where `shell` reads it, once however often it is asked; what was done, line by line."""
    file, start = _places(shell)
    begin = _starting_line(shell, file)
    known = start.read_text("utf-8") if start is not None and start.is_file() else ""
    if not dry_run:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(script(shell, alias), encoding="utf-8", newline="\n")
        if start is not None and begin not in known:
            start.parent.mkdir(parents=True, exist_ok=True)
            with start.open("a", encoding="utf-8") as stream:
                stream.write(("" if known.endswith("\n") or not known else "\n") + f"{begin}\n")
    told = [_("completion of {shell}: {path}").format(shell=shell, path=_short(file))]
    if start is not None:
        told.append(_("read at the start by {path}").format(path=_short(start)))
    return [*told, _("open a new terminal, then type `kanban` and press TAB")]


def _places(shell: str) -> tuple[Path, Path | None]:
    """Where the script goes, and the file that has the shell read it at its start, if one must."""
    home, environment = Path.home(), os.environ
    config = Path(environment.get("XDG_CONFIG_HOME") or home / ".config")
    data = Path(environment.get("XDG_DATA_HOME") or home / ".local" / "share") / "git-kanban"
    if shell == "fish":
        return config / "fish" / "conf.d" / SCRIPTS[shell], None
    if shell == "zsh":
        return data / SCRIPTS[shell], Path(environment.get("ZDOTDIR") or home) / ".zshrc"
    if shell == "bash":
        return data / SCRIPTS[shell], home / ".bashrc"
    folder = home / "Documents" / "PowerShell" if os.name == "nt" else config / "powershell"
    return data / SCRIPTS[shell], folder / "Microsoft.PowerShell_profile.ps1"


def _starting_line(shell: str, file: Path) -> str:
    if shell == "powershell":
        return f"if (Test-Path '{file}') {{ . '{file}' }}  {_MARK}"
    return f'[ -r "{file}" ] && . "{file}"  {_MARK}'


def _short(path: Path) -> str:
    home = str(Path.home())
    return "~" + str(path).removeprefix(home) if str(path).startswith(home + os.sep) else str(path)
