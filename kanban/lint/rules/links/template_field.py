"""Card templates have fields that cards can have.

Why: a mistyped field in a template is mistyped on every card made from it.

Flags: a key in the front matter of `templates/*.md` that is neither a field of every board nor declared in
board.yml, and a template that cannot be read.

Cure: take the proposed spelling, or declare the field.

Bad:

    == templates/discovery.md
    ---
    persona:
    desicion_maker:
    ---

Good:

    == templates/discovery.md
    ---
    persona:
    decision_maker:
    ---
"""

from kanban.i18n import _
from kanban.lint.facts.fieldnames import did_you_mean
from kanban.lint.finding import Hit
from kanban.lint.rule import BOARD, ERROR, Hits, LintContext, rule
from kanban.model.cards.fields import field_of
from kanban.model.text.cardfile import parse_document

FOLDER = "templates/"


@rule("KB704", "template-field", BOARD, ERROR)
def check(context: LintContext) -> Hits:
    config = context.board.config
    for path, file in sorted(context.board.files.items()):
        if not path.startswith(FOLDER) or not path.endswith(".md") or file.data is None:
            continue
        document = parse_document(file.data)
        for problem in document.problems if not document.readable else ():
            cure = problem.cure or _("correct line {line} of {path}").format(line=problem.line, path=path)
            yield Hit(path, problem.line, problem.column, problem.message, cure, detail=problem.code)
        for raw in document.fields:
            if field_of(raw.key, config) is None:
                message = _("`{key}` is no field of this board").format(key=raw.key)
                declare = _("declare it under `fields:` in board.yml: `{key}: text`").format(key=raw.key)
                yield Hit(path, raw.key_line, 1, message, did_you_mean(raw.key, config) or declare, key=raw.key)
