"""Files of companies and people: made, renamed, two of them made one. Cards that name them follow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Annotated

from kanban.errors import KanbanError
from kanban.gestures.base.change import Edit, PathChange, edits
from kanban.gestures.base.gesture import Gesture, card_trailers
from kanban.gestures.base.judged import judged
from kanban.gestures.base.situation import Situation
from kanban.gestures.base.words import Word
from kanban.i18n import _, ngettext
from kanban.model.cards.boardfile import BoardFile
from kanban.model.cards.card import Card
from kanban.model.cards.directory.directory import Directory
from kanban.model.cards.directory.entry import Entry, bare, read_entry
from kanban.model.cards.directory.links import ACCOUNTS, PEOPLE, link_label, relinked
from kanban.model.cards.slug import free_slug, slug
from kanban.model.text.edit.note_writing import append_to_body
from kanban.model.text.edit.splice import add_to_list, new_document, set_field
from kanban.model.typed.choices import fold

Company = Annotated[str, Word("The company, by name or file.", kind="account")]
Somebody = Annotated[str, Word("The person, by name, address or file.", kind="person")]
Also = Annotated[tuple[str, ...], Word("Another name that cards may have for it.")]
Force = Annotated[bool, Word("Although one is called so already.")]

Fields = Mapping[str, str | tuple[str, ...]]

_NAMED_IN = {ACCOUNTS: ("account",), PEOPLE: ("contact", "decision_maker", "decision_makers")}
"""The fields of a card that name a company, or a person."""
_GATHERED = ("also", "domain", "email", "phone")
"""Fields of which both files' values are kept when two become one."""


@judged
def new_account(
    at: Situation,
    *,
    name: Annotated[str, Word("What the company is called.")],
    also: Also = (),
    domain: Annotated[tuple[str, ...], Word("The end of its mail addresses, like acme.example.")] = (),
    owner: Annotated[str, Word("Who looks after it.", kind="owner")] = "",
    force: Force = False,
) -> Gesture:
    """Make a file for a company. Deals belong to it whose account is called so."""
    fields: Fields = {"name": _line(name), "also": also, "domain": domain, "owner": owner}
    return _new(at, ACCOUNTS, fields, force=force)


@judged
def new_person(
    at: Situation,
    *,
    name: Annotated[str, Word("What the person is called.")],
    account: Annotated[str, Word("The company, by name or file.", kind="account")] = "",
    email: Annotated[tuple[str, ...], Word("A mail address.")] = (),
    phone: Annotated[tuple[str, ...], Word("A phone number.")] = (),
    role: Annotated[str, Word("What the person does there.")] = "",
    also: Also = (),
    decides: Annotated[bool, Word("A decision maker.")] = False,
    force: Force = False,
) -> Gesture:
    """Make a file for a person. Deals belong to it whose contact is called so, or has this address."""
    fields: Fields = {
        "name": _line(name),
        "also": also,
        "account": account,
        "email": email,
        "phone": phone,
        "role": role,
    }
    return _new(at, PEOPLE, {**fields, "decision_maker": "yes" if decides else ""}, force=force)


def _new(at: Situation, kind: str, fields: Fields, *, force: bool) -> Gesture:
    directory, name = at.board.directory, str(fields["name"])
    if kind in {column.directory for column in at.board.config.columns}:
        message = _("{folder}/ is a column of this board").format(folder=kind)
        raise KanbanError(message, cure=_("give the column another folder in board.yml first"))
    known = [
        *directory.called(kind, name),
        *(one for mail in fields.get("email", ()) for one in directory.called(kind, mail)),
    ]
    if known and not force:
        message = _("{path} is called so already").format(path=known[0].path)
        raise KanbanError(message, cure=_("look at it, or add `--force` for another one of that name"))
    taken = {path.removeprefix(f"{kind}/").removesuffix(".md") for path in at.board.files}
    stem = free_slug(name, taken, at.board.config.language)
    path = f"{kind}/{stem}.md"
    kept = [
        (key, value if isinstance(value, str) or len(value) > 1 else value[0]) for key, value in fields.items() if value
    ]
    data = new_document(kept)
    entry = read_entry(BoardFile(path, data))
    with_it = Directory((*directory.entries, entry), at.board.cards) if entry is not None else directory
    deals = len(with_it.deals_of(entry)) if entry is not None else 0
    done = ngettext("{path}: {count} deal", "{path}: {count} deals", deals).format(path=path, count=deals)
    change = PathChange.created(path, data)
    return Gesture(_verb(kind), f"{kind}/{stem}: new", (change,), (done,), document={"path": path})


@judged
def rename_account(
    at: Situation, *, name: Company, new_name: Annotated[str, Word("What it is called from now on.")]
) -> Gesture:
    """Call a company otherwise, on its deals and its people too. The old name stays as another one, for imports."""
    return _renamed(at, at.board.directory.named(ACCOUNTS, name), _line(new_name))


@judged
def rename_person(
    at: Situation, *, name: Somebody, new_name: Annotated[str, Word("What the person is called from now on.")]
) -> Gesture:
    """Call a person otherwise, on the deals too. The old name stays as another one, for imports."""
    return _renamed(at, at.board.directory.named(PEOPLE, name), _line(new_name))


@judged
def merge_accounts(
    at: Situation, *, name: Company, into: Annotated[str, Word("The company that stays.", kind="account")]
) -> Gesture:
    """Make one company of two: deals, people, names and notes of the first go to the second, its file goes."""
    directory = at.board.directory
    return _merged(at, directory.named(ACCOUNTS, name), directory.named(ACCOUNTS, into))


@judged
def merge_people(
    at: Situation, *, name: Somebody, into: Annotated[str, Word("The person that stays.", kind="person")]
) -> Gesture:
    """Make one person of two: deals, addresses, names and notes of the first go to the second, its file goes."""
    directory = at.board.directory
    return _merged(at, directory.named(PEOPLE, name), directory.named(PEOPLE, into))


def _renamed(at: Situation, entry: Entry, new: str) -> Gesture:
    others = [one for one in at.board.directory.called(entry.kind, new) if one is not entry]
    if others:
        verb = _verb(entry.kind)
        cure = _("to make one of the two: `kanban {verb} merge {one} {other}`")
        raise KanbanError(
            _("{path} is called so already").format(path=others[0].path),
            cure=cure.format(verb=verb, one=entry.id, other=others[0].id),
        )
    stem = entry.id
    if stem == slug(entry.name, at.board.config.language):
        taken = {path.removeprefix(f"{entry.kind}/").removesuffix(".md") for path in at.board.files} - {stem}
        stem = free_slug(new, taken, at.board.config.language)
    path = f"{entry.kind}/{stem}.md"
    steps = [partial(set_field, key="name", value=new)]
    steps += [partial(add_to_list, key="also", item=entry.name)] if fold(entry.name) != fold(new) else []
    own = (
        PathChange.edited(path, edits(*steps))
        if stem == entry.id
        else PathChange.moved(entry.path, path, edits(*steps))
    )
    return _told(at, entry, own, f"renamed to {stem}", Entry(entry.kind, stem, path, new))


def _merged(at: Situation, entry: Entry, into: Entry) -> Gesture:
    if entry is into:
        raise KanbanError(_("{path} is one file").format(path=entry.path), cure=_("name two"))
    names = [one for one in (entry.name, *entry.also) if fold(one) not in map(fold, (into.name, *into.also))]
    steps: list[Edit] = [partial(add_to_list, key="also", item=one) for one in names]
    held = {one.key for one in into.document.fields} if into.document is not None else set()
    for field in entry.document.fields if entry.document is not None else ():
        if field.key in _GATHERED and field.key != "also":
            steps += [partial(add_to_list, key=field.key, item=one) for one in field.texts]
        elif field.key not in (*held, "name", "title", "also", "lint_ignore") and field.value:
            steps.append(partial(set_field, key=field.key, value=field.value))
    body = entry.document.body.strip() if entry.document is not None else ""
    steps += [partial(append_to_body, markdown=body)] if body else []
    changes = (PathChange.edited(into.path, edits(*steps)), PathChange.removed(entry.path))
    return _told(at, entry, changes, f"now {into.kind}/{into.id}", into)


def _told(at: Situation, old: Entry, own: PathChange | tuple[PathChange, ...], subject: str, new: Entry) -> Gesture:
    """The gesture with every card and every person that follows."""
    cards = [(card, step) for card in at.board.directory.deals_of(old) if (step := _card_follows(card, old, new))]
    people = list(_others_follow(at, old, new))
    own = (own,) if isinstance(own, PathChange) else own
    done = [_("{old} is now {new}").format(old=old.path, new=f"{new.path} ({new.name})" if new.name else new.path)]
    if cards:
        count = len(cards)
        done.append(ngettext("{count} card follows", "{count} cards follow", count).format(count=count))
    return Gesture(
        _verb(old.kind),
        f"{old.kind}/{old.id}: {subject}",
        (*own, *(PathChange.edited(card.path, step) for card, step in cards), *people),
        tuple(done),
        tuple(trailer for card, _step in cards for trailer in card_trailers(card.id)),
        document={"path": new.path, "cards": [card.id for card, _step in cards]},
    )


def _card_follows(card: Card, old: Entry, new: Entry) -> Edit | None:
    """The edit of a card that names the old one; None where nothing on it does."""
    steps: list[Edit] = []
    for key in _NAMED_IN[old.kind]:
        raw = card.raw.get(key)
        if raw is None:
            continue
        wanted = tuple(_called_now(text, old, new) for text in raw.texts)
        if wanted != raw.texts:
            steps.append(partial(set_field, key=key, value=wanted if raw.is_list else wanted[0]))
    steps += _links_follow(card.body, old, new)
    return edits(*steps) if steps else None


def _called_now(text: str, old: Entry, new: Entry) -> str:
    """What a field says that named the old one: the new name, or a link that leads to the new file."""
    if not _means(text, old):
        return text
    label = link_label(text)
    if label == text.strip():
        return new.name
    return relinked(text, old.id, new.id, new.name if _means(label, old) else "")


def _means(text: str, entry: Entry) -> bool:
    surname = entry.kind == PEOPLE and bare(entry.name, PEOPLE).split()[-1:] == [bare(link_label(text), PEOPLE)]
    return surname or bool(Directory((entry,), ()).called(entry.kind, text))


def _links_follow(body: str, old: Entry, new: Entry) -> list[Edit]:
    """The edit of a text that links to the old file; none where the file keeps its name or nothing does."""
    link = re.compile(rf"(?<![\w-]){re.escape(f'{old.kind}/{old.id}')}(?![\w-])")
    if new.id == old.id or not link.search(body):
        return []
    return [partial(_relinked, link=link, target=f"{new.kind}/{new.id}")]


def _relinked(data: bytes, link: re.Pattern[str], target: str) -> bytes:
    return link.sub(target, data.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")


def _others_follow(at: Situation, old: Entry, new: Entry) -> Iterator[PathChange]:
    """A company's people, and whoever's text links to the file."""
    staff = at.board.directory.staff_of(old) if old.kind == ACCOUNTS else ()
    for one in at.board.directory.entries:
        if one.path in (old.path, new.path):
            continue
        steps: list[Edit] = [partial(set_field, key="account", value=new.name)] if one in staff else []
        steps += _links_follow(one.document.body if one.document is not None else "", old, new)
        if steps:
            yield PathChange.edited(one.path, edits(*steps))


def _verb(kind: str) -> str:
    return "account" if kind == ACCOUNTS else "person"


def _line(text: str) -> str:
    return " ".join(text.split())
