"""What a push does to refs beside bringing commits: told to who pushes, or refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kanban.errors import Refused
from kanban.i18n import _, ngettext
from kanban.paper.plain import safe
from kanban.repository.read.pushed_commits import taken_away

if TYPE_CHECKING:
    from kanban.repository.git.repository import Repository
    from kanban.repository.read.pushed_commits import Update

ALLOWED = "kanban.allowRewrite"
"""The server's git setting under which the main branch may lose commits, for a history written anew."""


def refused_or_told(repository: Repository, update: Update) -> str:
    """The note for who pushes, "" when there is nothing to say. Raises `Refused`.

    Nobody else sees a replace ref, and everything read through one is not what was judged. The branch that HEAD names
    keeps what it has.
    """
    if update.ref.startswith("refs/replace/"):
        raise Refused(
            _("{ref} would show other commits than were judged").format(ref=safe(update.ref)),
            cure=_("push branches: `git push origin BRANCH`"),
        )
    name = safe(update.ref.removeprefix("refs/heads/"))
    if not update.is_branch:
        return _("note: {ref} is no branch, so what it leads to was not judged").format(ref=safe(update.ref))
    gone = len(taken_away(repository, update))
    main = name == repository.branch()
    if not gone and not (main and update.new is None):
        return ""
    text = ngettext(
        "{branch} loses {count} commit by this push", "{branch} loses {count} commits by this push", gone
    ).format(branch=name, count=gone)
    if main and not repository.config_flag(ALLOWED):
        cure = _("pull and push again; for a history written anew, on the server: `git config {setting} true`")
        raise Refused(text, cure=cure.format(setting=ALLOWED))
    return _("note: {text}").format(text=text)
