"""What a person types for a field → what is written to the card."""

from collections.abc import Iterable, Mapping
from datetime import date

from kanban.errors import KanbanError
from kanban.gestures.base.change import Edit
from kanban.gestures.base.days import value_typed
from kanban.i18n import _
from kanban.model.cards.board import Board, plain
from kanban.model.cards.fields import DUE_FIELDS, field_of, fields_meant, key_named, nearest_field
from kanban.model.cards.people import owner_meant, owners_of, role_meant, roles_of, source_meant
from kanban.model.cards.read_card import choices_of
from kanban.model.cards.slug import slug
from kanban.model.text.edit.splice import remove_field, set_field
from kanban.model.typed import read as reading
from kanban.model.typed.day_sayings import beginning_of, rather_words
from kanban.paper.plain import typed

_LONGEST_DAY = 8
Values = dict[str, str | tuple[str, ...] | None]


def parse_assignments(board: Board, assignments: tuple[str, ...], today: date, held: Iterable[str] = ()) -> Values:
    """`key=value` pairs as the values to write; an empty value removes the field (None).

    A field may be named by its label or by what people usually call it (`Montant=28 k€`). A line of the card (`held`)
    that has such a name gives way to the field itself. What says by itself which field it is needs no name (`28k 40%`).

    Raises KanbanError for a pair without `=`, and for a value that the field's type cannot hold or that is ambiguous.
    """
    bare = tuple(one for one in assignments if "=" not in one)
    said = None
    if bare:
        from kanban.model.cards.quick_line import read_pieces

        said = read_pieces(bare, board, today)
    found: Values = {key: written(board, key, text, today) for key, text in (said or {}).items()}
    for assignment in _rejoined(assignments) if said is None else [one for one in assignments if "=" in one]:
        key, equals, text = assignment.partition("=")
        if not equals or not key.strip():
            message = _("“{text}” is not of the form key=value").format(text=assignment)
            amount = f"amount={assignment}" if assignment.strip().replace(" ", "").isdigit() else "next_action_date=+2d"
            raise KanbanError(message, cure=_("write it like `{example}`").format(example=amount))
        called, key = key.strip(), key_named(key.strip(), board.config)
        if called not in held and text.strip() and (several := fields_meant(called, board.config)):
            message = _("`{word}` can be several fields").format(word=called)
            fields = _(" or ").join(f"`{one}={text}`" for one in several)
            raise KanbanError(message, cure=_("type {fields}").format(fields=fields))
        if called != key and called in held:
            found[called] = None
        found[key] = written(board, key, text, today) if text.strip() else None
    return found


def _rejoined(assignments: tuple[str, ...]) -> list[str]:
    """The pairs with forgotten quotes put back: words without `=` belong to the value before them, or begin a name."""
    found: list[str] = []
    for one in assignments:
        if found and ("=" not in one or "=" not in found[-1]):
            found[-1] += f" {one}"
        else:
            found.append(one)
    return found


def written(board: Board, key: str, text: str, today: date) -> str | tuple[str, ...]:
    """The canonical text of one field as it is put on the card. Raises KanbanError when it cannot be understood."""
    config = board.config
    known = field_of(key, config)
    if known is None or known.type == "text":
        return _listed(board, key, own_words(key, text))
    if known.type == "list":
        listed = reading.read_list(own_words(key, text))
        return former_names_typed(board, listed) if key == "formerly" else listed
    if known.type in ("when", "day"):
        read_day = reading.read_due_when if key in DUE_FIELDS else reading.read_when
        when = value_typed(key, read_day(text, today=today, language=config.language))
        return reading.write_when(when) if known.type == "when" else when.day.isoformat()
    if known.type == "money":
        value_typed(key, reading.read_money(text, currency=config.currency, language=config.language))
        plain = reading.said_plainly(text)
        return text.strip() if plain == reading.tidy(text) else plain
    if known.type == "currency":
        return value_typed(key, reading.read_currency(text))
    if known.type == "share":
        return reading.write_percent(value_typed(key, reading.read_percent(text)))
    if known.type == "choice":
        return value_typed(key, reading.read_choice(text, choices_of(known, config)))
    if known.type == "number":
        return str(value_typed(key, reading.read_integer(text)))
    value_typed(key, reading.read_bool(text))
    return text.strip()


def _listed(board: Board, key: str, text: str) -> str:
    """An owner, a source or a role as the board writes it. Raises KanbanError for a role that is nobody's."""
    if key == "source":
        return source_meant(text, board.config) or text
    if key in ("owner", "blocked_owner"):
        return owner_meant(text, board) or text
    if key != "role":
        return text
    role = role_meant(text, board.config)
    if not role:
        message = _("role: “{text}” is nobody's role here").format(text=text)
        raise KanbanError(message, cure=_("one of {names}").format(names=", ".join(roles_of(board.config))))
    return role


def own_words(name: str, text: str) -> str:
    """The text as it is written. Raises KanbanError for the bare `…` that cures show where a person's words belong."""
    if text.strip() in ("…", "..."):
        message = _("{name}: `…` stands for your own words").format(name=name)
        raise KanbanError(message, cure=_("type them in its place"))
    return text.strip()


def reason_typed(reason: str, force: bool) -> str:
    """The reason. Raises KanbanError when something is forced without one."""
    if force and not reason.strip():
        raise KanbanError(_("`--force` needs a reason"), cure=_('say why: `--reason "…"`'))
    return reason


def file_name_typed(text: str) -> None:
    """Raise KanbanError for what cannot be the name of a card's file."""
    if not text or slug(text) != text:
        message = _("“{id}” cannot be a card's file name").format(id=text)
        cure = _("use lower-case letters, digits and hyphens, such as {id}").format(id=slug(text) or "acme")
        raise KanbanError(message, cure=cure)


def former_names_typed(board: Board, names: tuple[str, ...]) -> tuple[str, ...]:
    """The names a card had. Raises KanbanError for what was never a file's name, and for one that a card bears now."""
    for name in names:
        if name in (".", "..") or any(sign in "/\\" or not sign.isprintable() for sign in name):
            message = _("formerly: “{name}” was never a card's file name").format(name=name)
            raise KanbanError(message, cure=_("it is the name alone, without folder and `.md`"))
        if (other := board.find(name)) is not None:
            message = _("formerly: “{name}” is a card's name now ({path})").format(name=name, path=other.path)
            raise KanbanError(message, cure=_("`kanban rename CARD NEW-NAME` gives a card another name"))
    return names


def next_action_typed(board: Board, text: str | None, on: str | None, today: date) -> Values:
    """The next action and its day, as far as they were typed; a day that ends the action is its day (`with_day`)."""
    text, on = with_day(board, text, on, today)
    values: Values = {} if text is None else {"next_action": text.strip()}
    if on is not None:
        values["next_action_date"] = written(board, "next_action_date", on, today)
    return values


def with_day(board: Board, text: str | None, on: str | None, today: date) -> tuple[str | None, str | None]:
    """The action without the day at its end, and that day: `call friday 10:00` where no day was typed beside it.

    A span of hours stays with the action, which begins then: `demo` and `14h-15h` of `demo friday 14h-15h`.
    What is rather of the sentence (`rather_words`), and what has two readings, stays where it is.
    """
    words = text.split() if text and on is None else []
    for count in range(min(_LONGEST_DAY, len(words) - 1), 0, -1):
        said = " ".join(words[-count:])
        if rather_words(said):
            continue
        begins, span = beginning_of(said)
        read = reading.read_due_when(begins or said, today=today, language=board.config.language)
        if read.value is not None:
            return " ".join(filter(None, (" ".join(words[:-count]).rstrip(" ,;:–—-"), span))), begins or said
        if len(read.readings) > 1:
            break
    return text, on


def notes_on(board: Board, values: Values, today: date, held: Iterable[str] = ()) -> tuple[str, ...]:
    """What a person may not have meant: a field that nobody knows, a day that is over."""
    found = []
    for key, value in values.items():
        if value is not None and key not in held and field_of(key, board.config) is None:
            near = nearest_field(key, board.config)
            cure = "  → " + _("did you mean {names}?").format(names=near) if near else ""
            found.append(_("`{key}` is not a field of this board; it is kept as it is").format(key=key) + cure)
        elif isinstance(value, str) and (stranger := _stranger(board, key, value)):
            found.append(stranger)
        if (
            key in ("next_action_date", "close_date", "parked_until")
            and isinstance(value, str)
            and _is_over(value, today)
        ):
            later = str(int(value[:4]) + (4 if value[4:10] == "-02-29" else 1)) + value[4:]
            said = _("{key}: {day} is past; if another year is meant, type it: {later}")
            found.append(said.format(key=key, day=value, later=later))
    return tuple(found)


def _stranger(board: Board, key: str, value: str) -> str:
    """What is said of an owner whom nothing on the board names, or of a source that it does not declare; else ""."""
    config = board.config
    owners, sources = list(owners_of(board)), list(config.sources)
    known = {"owner": owners, "blocked_owner": owners, "source": sources}.get(key, [])
    if not known or not value or plain(value) in map(plain, known) or (key == "source" and source_meant(value, config)):
        return ""
    said = _("{key}: “{value}” is not known here").format(key=key, value=value)
    return said + "  → " + _("there are {values}").format(values=", ".join(known))


def _is_over(text: str, today: date) -> bool:
    """Whether an ISO day, with a time or without, lies before `today`; what is none (an empty field) does not."""
    try:
        return date.fromisoformat(text[:10]) < today
    except ValueError:
        return False


def note_on_day(board: Board, on: str | None, today: date) -> tuple[str, ...]:
    """The same for what was typed after `--on`."""
    return notes_on(board, {"next_action_date": written(board, "next_action_date", on, today)}, today) if on else ()


def planned_note(card: str, planned: Mapping[str, str]) -> tuple[str, ...]:
    """What a person is told of a next action that the board planned."""
    if not planned:
        return ()
    said = ", ".join(f"{key}={value}" for key, value in planned.items())
    text = _("{card}: planned, since every open card has a dated next action: {fields}").format(card=card, fields=said)
    return (f'{text}  → `kanban set {typed(card)} next_action="…" next_action_date=+2d`',)


def edit_of(values: Mapping[str, str | tuple[str, ...] | None]) -> Edit:
    """One splice after the other; a field whose value is None is removed."""

    def apply(data: bytes) -> bytes:
        for key, value in values.items():
            data = remove_field(data, key) if value is None else set_field(data, key, value)
        return data

    return apply
