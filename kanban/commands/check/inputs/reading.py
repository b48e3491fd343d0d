"""Reads a board with what is known around it: from folder, index, revision, range, push, merge or unsaved buffer."""

import os
import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from kanban.commands.base.session import Session
from kanban.commands.check.inputs.begun import begun_early
from kanban.commands.check.inputs.source import Committed, Files, Source, by_path
from kanban.errors import BadBoard, KanbanError, NotARepository, Refused
from kanban.folder.reading import read_file, read_folder
from kanban.i18n import _, ngettext
from kanban.i18n.formats import format_clauses
from kanban.lint.steps.step import Step, is_revert
from kanban.lint.steps.transitions import steps_between, steps_in, undone_by
from kanban.model.cards.assembly import board_near, layout_of, read_board
from kanban.model.cards.board import Board
from kanban.model.cards.boardfile import SUBMODULE_MODE, BoardFile
from kanban.model.cards.unchanged_cards import CardMemory
from kanban.model.history.events import Event, History
from kanban.model.history.hand_renames import with_former_columns
from kanban.model.settings.board_yml import BOARD_FILE, BoardConfig
from kanban.model.settings.trusted import rules_before, rules_changed
from kanban.paper.plain import typed
from kanban.repository.git.repository import MergeResult, Repository
from kanban.repository.merge.drivers import TRUSTED_DRIVERS
from kanban.repository.read.boards import INDEX, attributes_above, content_at, find_board_in_tree
from kanban.repository.read.log import read_history
from kanban.repository.read.pushed_commits import Update, commits_of, known_old, merge_heads, messages_of, parent_of
from kanban.repository.read.source import Looked


def folder(
    session: Session,
    root: Path,
    buffer: BoardFile | None = None,
    asks_past: Callable[[BoardConfig], bool] | None = None,
) -> Source:
    """The working tree at `root`; `buffer` is an unsaved file that stands for the one on disk.

    Where the past will be asked for under its `board.yml`, and nothing is known of it, it is read beside the files.
    """
    try:
        repository: Repository | None = Repository.find(root)
    except NotARepository:
        repository = None
    begun = begun_early(session, root, repository, asks_past) if repository is not None and asks_past else None
    files = by_path(read_folder(root))
    if buffer is not None:
        files[buffer.path] = buffer
    source = on_disk(session, root, files, repository)
    return source if begun is None else replace(source, looked=begun(source.board.renames))


def on_disk(session: Session, root: Path, files: dict[str, BoardFile], repository: Repository | None) -> Source:
    """The same for files that were read, and the repository around them, if there is one."""
    if repository is None:
        source = _source(session, files)
        return replace(source, root=root, baseline=_baseline_on_disk(session, root, source))
    prefix = _slashed(repository.prefix_of(root))
    above = by_path(_attributes_above(root, prefix))
    modules = by_path(_submodules(repository, prefix))
    source = _source(session, modules | _with_stages(files, repository, prefix) | above)
    head = repository.head()

    def committed(folders: Sequence[str]) -> Files:
        among = (
            files.values() if not folders else [one for path, one in files.items() if path.startswith(tuple(folders))]
        )
        at_hand = (file.data for file in among if type(file) is BoardFile and file.data is not None)
        return _files(repository, head, prefix, at_hand, folders)

    before = Committed(committed) if head is not None else {}
    source = replace(source, root=root, repository=repository, prefix=prefix, revision=head or "", before=before)
    return replace(source, baseline=_baseline_on_disk(session, root, source))


def staged(session: Session, message: str | None = None) -> Source:
    """The index: what the next commit holds. `message` is the commit's, once it is written."""
    repository = session.surrounding
    prefix = _prefix(session, INDEX)
    staged = repository.files_in_index(prefix.rstrip("/"))
    files = by_path((*staged, *attributes_above(repository, INDEX, prefix)))
    source = _based(session, _source(session, files), INDEX, prefix)
    head = repository.head()
    undone = _undone(repository, source, head, prefix, message or "")
    befores = [_files_below(repository, head, prefix, staged)]
    befores += [_files(repository, parent, prefix) for parent in (merge_heads(repository) if head else ())]
    boards = [_board(session, before, source) for before in befores]
    return replace(
        source,
        repository=repository,
        prefix=prefix,
        revision=head or "",
        before=befores[0],
        merged=tuple(befores[1:]),
        base=boards[0],
        beside=tuple(boards[1:]),
        steps=steps_between(boards, source.board, source.today, message, undone),
        root=repository.toplevel / prefix if repository.toplevel else None,
    )


def _undone(repository: Repository, source: Source, head: str | None, prefix: str, message: str) -> tuple[Event, ...]:
    """What the commit did that the message says it undoes, or all that a revert may take back; else ()."""
    name, revert = undone_by(message), is_revert(message)
    if not (name or revert) or head is None:
        return ()
    history = history_of(repository, source.board, prefix, head, cached=source.cached)
    return history.told if revert else tuple(event for event in history if event.commit.startswith(name))


def history_of(
    repository: Repository,
    board: Board,
    prefix: str,
    revision: str,
    *,
    cached: bool = True,
    only: Collection[str] | None = None,
    looked: Looked | None = None,
) -> History:
    """The history of a board that stands in the folder `prefix` up to a revision; see `read_history`."""
    config = board.config
    return read_history(
        repository,
        prefix=prefix.rstrip("/"),
        layout=layout_of(config),
        zone=config.zone,
        renames=board.renames,
        revision=revision,
        first_parent=config.history.first_parent,
        cached=cached,
        only=only,
        looked=looked,
    )


def at_revision(session: Session, revision: str) -> Source:
    """A commit, without a look at what came before."""
    return _at(session, session.surrounding.resolve(revision))


def of_range(session: Session, text: str) -> Source:
    """`A..B`: the board at B, and the steps of the commits that B has and A has not."""
    old, dots, _new = text.partition("..")
    if not dots:
        message = _("`{text}` is no range of commits").format(text=text)
        raise KanbanError(message, cure=_("write it as `main..HEAD`"))
    repository = session.surrounding
    return since(session, repository.resolve(old or "HEAD"), repository.resolve(end_of(text)))


def end_of(text: str) -> str:
    """The newer end of a range as typed."""
    return text.partition("..")[2].lstrip(".") or "HEAD"


def since(session: Session, start: str, end: str) -> Source:
    """The board at the commit `end`, and the steps of the commits that it has and `start` has not."""
    repository = session.surrounding
    base = repository.merge_base(start, end) or start
    return _between(session, base, end, repository.rev_list([end], [start]))


def pushed(session: Session, update: Update, *, server: bool) -> Source:
    """What one pushed ref brings."""
    repository = session.surrounding
    commits = commits_of(repository, update, server=server)
    end = repository.resolve(update.new or "")
    base = known_old(repository, update) or (parent_of(repository, commits[0]) if commits else end)
    return _between(session, base, end, commits)


def merged_with(session: Session, other: str) -> Source:
    """The board that merging `other` into the commit checked out would give."""
    ours, theirs = (session.surrounding.resolve(name) for name in ("HEAD", other))
    return judged_strictly(session, of_merge(session, ours, merge(session, ours, theirs), other), {})


def merged_into(session: Session, other: str) -> Source:
    """The board that merging the commit checked out into `other` would give, and the steps that come with it."""
    repository = session.surrounding
    onto, ours = repository.resolve(other), repository.resolve("HEAD")
    source = replace(of_merge(session, onto, merge(session, onto, ours), other), revision=ours)
    return with_steps(session, source, repository.rev_list([ours], [onto]))


def merge(session: Session, onto: str, brought: str) -> MergeResult:
    """What merging two commits would give; only a look, so no driver is run that the configuration names."""
    return session.surrounding.merge_tree(onto, brought, trusted=TRUSTED_DRIVERS)


def of_merge(session: Session, onto: str, result: MergeResult, name: str) -> Source:
    """The board in the result of a merge, `onto` being the side before; `name` is what the user called the other.

    Raises KanbanError where `board.yml` itself is torn: then there is no board to judge.
    """
    repository, prefix = session.surrounding, _prefix(session, result.tree)
    torn = result.torn(prefix)
    note = _("merging {other} would conflict in {paths}").format(other=name, paths=", ".join(torn))
    if BOARD_FILE in torn:
        raise KanbanError(note, cure=_("`git merge {base}`, then settle it in an editor").format(base=name))
    files = dict(_files(repository, result.tree, prefix))
    files |= {path: replace(files[path], stage=2) for path in torn if path in files}
    source = _based(session, _source(session, files), result.tree, prefix)
    source = replace(source, repository=repository, prefix=prefix, revision=onto)
    return replace(_coming_from(session, source, onto, result.tree), notes=(note,) if torn else ())


def judged_strictly(session: Session, source: Source, messages: Mapping[str, str]) -> Source:
    """With the board under the rules from before the change, where the change touches them and nobody approved it."""
    from kanban.commands.check.inputs.signed import approved

    assert source.base is not None  # noqa: S101 - the caller has just read it
    base, head = source.base.config, with_former_columns(source.base, source.board)
    told = (*rules_changed(base, head), *source.accepts_more)
    if not told:
        return source
    note = _("this change is about the rules too: {changes}").format(changes=format_clauses(told))
    if approved(session.surrounding, base, messages):
        return replace(source, notes=(*source.notes, note))
    strict = read_board(source.files.values(), anchor=source.today, memory=CardMemory(), under=rules_before(base, head))
    held = _("Until that has landed, the rules from before count as well.")
    return replace(source, strict=strict, notes=(*source.notes, f"{note}. {held}"))


def _between(session: Session, base: str | None, end: str, commits: Sequence[str]) -> Source:
    return with_steps(session, _coming_from(session, _at(session, end), base, end), commits)


def _coming_from(session: Session, source: Source, revision: str | None, end: str) -> Source:
    """With the board as it was at a revision, and the baseline that it named; the change ends at a commit or tree.

    Raises Refused where the change moves the board away from its cards.
    """
    repository = session.surrounding
    prefix, before = _files_before(repository, revision, source.prefix)
    base = _board(session, before, source)
    if prefix != source.prefix:
        _refuse_leaving(_files(repository, end, prefix), base, prefix, source.prefix)
    name, baseline = base.config.lint.baseline, None
    if name and revision is not None:
        baseline = content_at(repository, revision, posixpath.normpath(prefix + name))
    return replace(source, before=before, base=base, baseline_before=baseline)


def _files_before(repository: Repository, base: str | None, prefix: str) -> tuple[str, Files]:
    """The board's folder and files before the change, which may have moved it."""
    found = _files(repository, base, prefix)
    if base is None or BOARD_FILE in found:
        return prefix, found
    try:
        before = _slashed(find_board_in_tree(repository, base, ""))
    except KanbanError:
        return prefix, found
    return before, _files(repository, base, before)


def _refuse_leaving(files: Files, base: Board, before: str, now: str) -> None:
    """Refuse that cards still stand where the board was, and are on no board any more."""
    layout = layout_of(base.config)
    left = () if BOARD_FILE in files else tuple(path for path in files if layout.place(path) is not None)
    if not left:
        return
    text = ngettext("the board went away from {count} card", "the board went away from {count} cards", len(left))
    cure = _("take the folders along: `git mv {folder} {place}`").format(
        folder=typed(before + left[0].partition("/")[0]), place=typed(now or "./")
    )
    raise Refused(text.format(count=len(left)), list(left[:5]), cure=cure)


def with_steps(session: Session, source: Source, commits: Sequence[str], later: tuple[Step, ...] = ()) -> Source:
    """The board with the steps of these commits, and `later` ones, and the rules from before where they count.

    Raises KanbanError where the clone does not have what these commits changed.
    """
    from kanban.commands.check.inputs.at_their_time import at_their_time, lacking_then
    from kanban.commands.check.inputs.signed import unsigned_in

    repository = session.surrounding
    _must_be_whole(repository, commits)
    history = history_of(repository, source.board, source.prefix, source.revision, cached=source.cached)
    messages = messages_of(repository, commits)
    steps = steps_in(history, frozenset(commits), messages)
    cards, rules = at_their_time(repository, source, steps)
    lacking = lacking_then(repository, source, steps, rules)
    source = replace(source, steps=(*steps, *later), cards_then=cards, rules_then=rules, lacking_then=lacking)
    source = replace(source, unsigned=unsigned_in(repository, source, commits))
    return judged_strictly(session, source, messages)


def _must_be_whole(repository: Repository, commits: Sequence[str]) -> None:
    """Refuse commits at which a shallow clone is cut off: nobody can tell what they changed."""
    cut = repository.git_path("shallow") if repository.is_shallow() else None
    if cut is not None and not frozenset(cut.read_text("ascii").split()).isdisjoint(commits):
        raise KanbanError(
            _("this clone has only part of the history, so the steps of the change cannot be judged"),
            cure=_("`kanban doctor --repair` fetches the rest; in a pipeline, check out all of it (`fetch-depth: 0`)"),
        )


def _at(session: Session, commit: str) -> Source:
    repository = session.surrounding
    prefix = _prefix(session, commit)
    source = _based(session, _source(session, _files(repository, commit, prefix)), commit, prefix)
    return replace(source, repository=repository, prefix=prefix, revision=commit)


def _prefix(session: Session, revision: str) -> str:
    start = session.surrounding.place.prefix if session.board_folder is None else session.board_folder
    return _slashed(find_board_in_tree(session.surrounding, revision, start))


def _files(
    repository: Repository, commit: str | None, prefix: str, at_hand: Iterable[bytes] = (), paths: Sequence[str] = ()
) -> Files:
    """The board's files in a commit or tree, and the attribute files above it; see `Repository.files_at`."""
    if commit is None:
        return {}
    above = attributes_above(repository, commit, prefix)
    return by_path((*repository.files_at(commit, prefix.rstrip("/"), at_hand, paths), *above))


def _files_below(repository: Repository, head: str | None, prefix: str, staged: Sequence[BoardFile]) -> Files:
    """The board's files in the commit that is checked out, the same values as in the index where they are alike."""
    if head is None or any(file.stage for file in staged):
        return _files(repository, head, prefix)
    paths, others = repository.files_unlike_index(head, prefix.rstrip("/"))
    alike = [file for file in staged if file.path not in paths]
    return by_path((*alike, *others, *attributes_above(repository, head, prefix)))


def _based(session: Session, source: Source, revision: str, prefix: str) -> Source:
    """With the baseline that the board names, as the revision or the index has it."""
    name = source.board.config.lint.baseline
    path = posixpath.normpath(prefix + name)
    return replace(source, baseline=content_at(session.surrounding, revision, path)) if name else source


def _source(session: Session, files: Mapping[str, BoardFile]) -> Source:
    """The board, read on the user's day and told in the user's language, else the board's."""
    config = session.config_in(dict(files), Path(os.path.abspath(session.settings.directory)))
    session.speak_as(config)
    today = session.today_of(config)
    board = read_board(files.values(), anchor=today, memory=session.memory)
    return Source(files, board, today, cached=session.settings.cached)


def _board(session: Session, files: Files, source: Source) -> Board:
    """The board before; where it had no usable `board.yml` of its own, the one of now is lent to it."""
    near = board_near(source.board, source.files, files, anchor=source.today, memory=session.memory)
    if near is not None:
        return near
    try:
        return read_board(files.values(), anchor=source.today, memory=session.memory)
    except BadBoard:
        lent = {**files, BOARD_FILE: source.files[BOARD_FILE]}
        return read_board(lent.values(), anchor=source.today, memory=session.memory)


def _with_stages(files: dict[str, BoardFile], repository: Repository, prefix: str) -> dict[str, BoardFile]:
    """The files on disk, those that a merge left unresolved marked."""
    if not repository.state().in_progress:
        return files
    torn = {file.path: file.stage for file in repository.files_in_index(prefix.rstrip("/")) if file.stage}
    return {path: replace(file, stage=torn[path]) if path in torn else file for path, file in files.items()}


def _submodules(repository: Repository, prefix: str) -> Iterator[BoardFile]:
    """The submodules below the board, which are folders on disk and links in git."""
    file = repository.toplevel / ".gitmodules" if repository.toplevel else None
    if file is not None and file.is_file():
        for found in re.finditer(r"^\s*path\s*=\s*(.+?)\s*$", file.read_text("utf-8", "replace"), re.MULTILINE):
            if found[1].startswith(prefix):
                yield BoardFile(found[1].removeprefix(prefix), None, SUBMODULE_MODE, note="submodule")


def _baseline_on_disk(session: Session, root: Path, source: Source) -> bytes | None:
    name = source.board.config.lint.baseline
    session.settings.lasting = os.path.basename(name) == name  # further away nobody sees it change
    return (root / name).read_bytes() if name and (root / name).is_file() else None


def _attributes_above(root: Path, prefix: str) -> Iterator[BoardFile]:
    """The attribute files on disk in the folders above the board, up to the top of the repository."""
    for up in range(1, prefix.count("/") + 1):
        file = read_file(root.parents[up - 1], ".gitattributes")
        if file.data is not None:
            yield replace(file, path="../" * up + file.path)


def _slashed(prefix: str) -> str:
    return prefix.rstrip("/") + "/" if prefix.strip("/") else ""
