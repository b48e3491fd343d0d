"""The blobs of a write: stored, and placed at their paths for the commit and for the user's index."""

from pathlib import Path

from kanban.errors import EditConflict
from kanban.i18n import _
from kanban.repository.write.paths.outcome import Content, Fate
from kanban.repository.write.paths.path_state import Entry, blob_ids_of_files
from kanban.repository.write.paths.private_index import Placing
from kanban.repository.write.write_session import Session


def placings_of(session: Session, fates: list[Fate], folder: Path) -> tuple[list[Placing], list[Placing]]:
    """What the commit and what the user's index shall hold at each path; the blobs for it are stored."""
    contents = [content for item in fates for content in (item.commit, item.index) if content is not None]
    raw = _store_raw(session, {content.data for content in contents if content.data is not None}, folder)
    paths = [item.path for item in fates if any(c is not None and c.from_disk for c in (item.commit, item.index))]
    read = dict(zip(paths, blob_ids_of_files(session, paths, write=True), strict=True))
    _check_unchanged(session, fates, read)

    def entry(path: str, content: Content | None) -> Entry | None:
        if content is None:
            return None
        if content.data is not None:
            return Entry(content.mode, raw[content.data])
        return Entry(content.mode, content.blob or read[path])

    committed = [Placing(item.path, entry(item.path, item.commit)) for item in fates]
    return committed, [Placing(item.path, entry(item.path, item.index), item.skipped) for item in fates]


def _store_raw(session: Session, contents: set[bytes], folder: Path) -> dict[bytes, str]:
    """Store bytes as blobs without any conversion."""
    if not contents:
        return {}
    ordered = sorted(contents)
    drafts = [folder / f"raw-{number}" for number in range(len(ordered))]
    for draft, data in zip(drafts, ordered, strict=True):
        session.disk.write_new(draft, data)
    names = "".join(f"{draft}\n" for draft in drafts).encode("utf-8", "surrogateescape")
    done = session.git("hash-object", "-w", "--no-filters", "--stdin-paths", stdin=names)
    return dict(zip(ordered, done.text.split("\n"), strict=True))


def _check_unchanged(session: Session, fates: list[Fate], read: dict[str, str]) -> None:
    """Where git read other bytes than ours, a conversion did it; or somebody wrote to the file, which we refuse."""
    for item in fates:
        blob = read.get(item.path)
        if blob is None or item.disk is None or session.blob_id(item.disk) == blob:
            continue
        if (session.top / item.path).read_bytes() != item.disk:
            raise EditConflict(
                _("{path} was changed by somebody else while this command was at work").format(path=item.path),
                cure=_("look at it and run the command again"),
            )
