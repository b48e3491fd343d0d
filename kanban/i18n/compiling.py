"""Makes the `.mo` files that gettext reads from the `.po` files in which translations are typed.

They are not kept in git: the build makes them (`hatch_build.py`), so do `make`, the tests and `tools/catalogues.py`.
Never imported by the product itself.
"""

from __future__ import annotations

import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE_FOLDER = Path(__file__).parent / "locale"


class StableCatalog(Catalog):
    """A catalogue whose header says nothing that changes by itself: no dates, no version, no plural rule of Babel's.

    Babel's rule for French changes with its data (since 2.19 a third form, for millions). The product counts cards and
    days: one form up to 1, another above.
    """

    num_plurals = 2
    plural_expr = "(n > 1)"

    @property  # type: ignore[misc] # what Babel lets one set, from a header it reads, is fixed here
    def mime_headers(self) -> list[tuple[str, str]]:
        """The lines that gettext needs."""
        return [
            ("Language", str(self.locale)),
            ("Plural-Forms", self.plural_forms),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]


def compile_catalogues(folder: Path = LOCALE_FOLDER) -> list[Path]:
    """Compile what is missing or older than its `.po`, and remove what has none; returns the files that changed."""
    changed = []
    for po in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
            mo.write_bytes(compiled(po))
            changed.append(mo)
    for mo in sorted(folder.glob("*/LC_MESSAGES/*.mo")):
        if not mo.with_suffix(".po").exists():
            mo.unlink()
            changed.append(mo)
    return changed


def compiled(po: Path) -> bytes:
    """The bytes of the `.mo` for a `.po`: the same ones whenever and wherever they are made."""
    language = po.parent.parent.name
    with po.open("rb") as file:
        typed = read_po(file, locale=language)
    catalog, mo = StableCatalog(locale=language), io.BytesIO()
    for message in typed:
        if message.id:
            catalog[message.id] = message
    write_mo(mo, catalog)
    return mo.getvalue()


if __name__ == "__main__":
    compile_catalogues()
