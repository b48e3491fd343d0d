"""How card files were parsed, handed from one run to the next where there is a repository to keep it in."""

from __future__ import annotations

from pathlib import Path

from kanban.model.documents import Documents


def kept_documents(common_dir: Path | None) -> Documents:
    """What earlier runs found; nothing without a git folder (`None`)."""
    if common_dir is None:
        return Documents()
    from kanban.repository.documentcache import DocumentCache

    return DocumentCache(common_dir).load()


def keep_documents(common_dir: Path | None, documents: Documents | None) -> None:
    """Keep for the next run what this one found anew."""
    if common_dir is None or documents is None or not documents.made:
        return
    from kanban.repository.documentcache import DocumentCache

    DocumentCache(common_dir).keep(documents)
