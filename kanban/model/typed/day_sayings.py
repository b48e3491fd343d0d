"""What people say for a day, put into the words that the readers know: `sous huitaine` → `dans 8 jours`.

A table, read from top to bottom; each line may use what the lines above have made. Texts are folded (`unaccented`).
"""

import re
from functools import cache

from kanban.model.text.plain import nearest
from kanban.model.typed.day_words import DAY_PARTS, MONTHS, NAMED_DAYS, NEXT_PERIODS, NUMBERS, UNITS, WEEKDAYS
from kanban.model.typed.result import unaccented
from kanban.patterns import pattern

_MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
_WEEKDAY = "(?:" + "|".join(sorted(WEEKDAYS, key=len, reverse=True)) + ")"
_UNIT = "(?:" + "|".join(sorted(UNITS, key=len, reverse=True)) + ")"
_NUMBER = "(?:[0-9]{1,4}|" + "|".join(NUMBERS) + ")"
_HOUR = "(?:[7-9]|1[0-9]|20)"
_CLOSE = r"(?:eod|cob|cop|(?:end|close) of (?:the )?(?:day|business|play)|(?:en )?fin de (?:la )?journee)"
_PERIOD = "(?:semaine|week|mois|month|trimestre|quarter|annee|year)"
_WORKDAY = "(?:business|working|work|biz) ?days?"
_OUVRE = "jours? ouvr(?:e|able)s?"

_WEEK_NUMBER = r"(?:(?:la )?semaine|week|wk|[sw]) ?[0-9]{1,2}"
_AFTERNOON = "(?:de l'apres[- ]midi|du soir|in the (?:afternoon|evening))"

_RATHER_WORDS = pattern(
    rf"(?:(?:de|of|pour|for) )?{_MONTH}|[a-z][0-9]+|au [0-9]+|{_NUMBER} ?{_UNIT}\.?|[0-9]+ ?(?:h|heures|hours)"
    r"|(?:a |la )*(?:toussaint|saint-? ?sylvestre|lendemain)|noel|christmas.*|xmas|boxing day|new year.*|nouvel an"
    r"|week-? ?end|.*(?:last|dernier|derniere|passee?)\b.*"
)

_SAYINGS = (
    (r"\b(?:tmrw|tmw|tmr|tomm?orr?ow)\b", "tomorrow"),
    (r"\b(?:auj|ajd|aujourd hui|aujourdhui)\b", "aujourd'hui"),
    (r"^(?:dans la journee|ce jour|tout a l'heure|later today|(?:in )?the course of the day)$", "today"),
    (r"^(?:dans |cours de )?l'(?=apres[- ]?midi$|aprem$)", "cet "),
    (r"^dans la (?=matinee$|soiree$)", "cette "),
    (r"(?<=[a-z0-9]) (?:dans |en cours d')l?'?(?=apres[- ]?midi$|aprem$)", " "),
    (r"^(?:now|right (?:now|away)|maintenant|tout de suite)$", "today"),
    (r" ?!+$", ""),
    (r"(?<=[0-9 ])([ap])\.m\.?(?= |$)", r"\1m"),
    (r"^(?:a |at |on )?(?:noel|christmas(?: day)?|xmas)$", "25 december"),
    (r"^(?:a )?(?:la )?veille de noel$|^(?:on )?christmas eve$", "24 december"),
    (r"^(?:a )?(?:la )?(?:saint-? ?sylvestre|veille du (?:nouvel an|jour de l'an))$|^(?:on )?new year'?s eve$",
     "31 december"),
    (r"^(?:on )?boxing day$", "26 december"),
    (r"^(?:a )?(?:la )?toussaint$", "1 november"),
    (r"^(?:le )?lendemain(?= |$)", "demain"),
    (r"^(?:(?:au |le )?(?:nouvel an|jour de l'an)|(?:at |on )?new year(?:'?s day)?)$", "1 january"),
    (r"^(\+[0-9]{1,2}) ?a$", r"\1 ans"),
    (r"\bsem\b\.?(?! ?[0-9])", "semaine"),
    (r"\b(semaine|annee) pro(?:ch)?\b\.?$", r"\1 prochaine"),
    (r"\bpro(?:ch)?\b\.?$", "prochain"),
    (r"(?<=[a-z]),?(?=[0-9]{1,2} ?[h:][0-9]{0,2}\b)", " "),
    (r" ?@ ?(?=[0-9])", " a "),
    (r" [-–—] (?=[0-9]{1,2} ?[h:])", " "),
    (r"([:h][0-5][0-9]) ?(?:h|m|min)$", r"\1"),
    (r"\bmidi et demie?\b", "12h30"),
    (r"(?<=[0-9]h) et demie\b", "30"),
    (r"(?<=[0-9]h) et quart\b", "15"),
    (r" ([01]?[0-9]|2[0-3])\.(00|1[3-9]|[2-5][0-9])$", r" \1:\2"),
    (r" (0?[1-9]|1[0-2])\.([0-5][0-9]) ?([ap]m)$", r" \1:\2 \3"),
    (rf"(?<![0-9])(1[3-9]|2[0-3])( ?h[0-9]{{0,2}}|:[0-9]{{2}}) {_AFTERNOON}$", r"\1\2"),
    (rf"(?<![0-9])([1-9]|1[0-2])(?: ?h ?|:)([0-5][0-9]) {_AFTERNOON}$", r"\1:\2 pm"),
    (rf"(?<![0-9])([1-9]|1[0-2]) ?h(?:eures?)? {_AFTERNOON}$", r"\1pm"),
    (rf" ({_HOUR}) ?o'clock$", r" \1h"),
    # what leads up to a day: the day itself is what counts
    (rf"^d'ici (?:a|au) (?=le |la |fin |demain|{_WEEKDAY})", ""),
    (r"^(?:(?:a partir|a compter|autour) du|au|vers le|autour du) (?=[0-9])", "le "),
    (r"^(?:des|a partir de|a compter de|from|starting(?: from| on)?|as (?:of|from)) (?=[a-z0-9])", ""),
    (r"^(?:around|about|circa) (?=the [0-9])", ""),
    (rf"^for (?=(?:the [0-9]|{_WEEKDAY}|tomorrow))", ""),
    (r"^(?:sous|d'ici(?: a)?|within|under|in|dans)(?: une?| an?| the| la)? "
     rf"(?={_NUMBER} |[0-9]|huitaine|quinzaine|dizaine|couple)", "in "),
    (rf"^(?:(?:dans le |au )?cour(ant|s)|during|within|dans)(?: de la| du| de| the| l[ae])? (?={_PERIOD}$)", "end of "),
    (rf"^(?:this|cet?(?:te)?) (?={_PERIOD}(?:-ci)?$)", "end of "),
    (r"^(?:d'ici(?: a| au)?|by|before|until|till|avant|jusqu'(?:a|au)|au plus tard|no later than) ", ""),
    (r"^(?:courant|during|pour) ", ""),
    (r"^(?:a la |la |at the |the )(?=(?:fin|end) )", ""),
    (r"^(?:(?:le |au )?dernier jour|(?:the |on the )?last day) (?:du mois|of the month)$", "end of month"),
    (r"^(?:(?:au |en )?milieu du mois|mi-? ?mois|(?:the )?middle of the month|mid-? ?month)$", "le 15"),
    (r"^(?:le )?([0-9]{1,2}) du mois$", r"le \1"),
    (r"^on (?=the [0-9])", ""),
    (rf"^(?:le |la )?({_WEEKDAY}|mois|trimestre)(?: suivant)(?= |$)", r"\1 prochain"),
    (r"^(?:la )?(semaine|annee) suivante(?= |$)", r"\1 prochaine"),
    (rf"^(?:the )?following (?=(?:{_WEEKDAY}|week|month|quarter|year)\b)", "next "),
    (rf"^(?:la )?(?:semaine prochaine|next week),? ({_WEEKDAY})(?= |$)", r"\1 next week"),
    (rf"^(?:cette semaine|this week),? ({_WEEKDAY})(?= |$)", r"\1 this week"),
    (rf"^({_WEEK_NUMBER}(?: 20[0-9]{{2}})?),? ({_WEEKDAY})(?= |$)", r"\2 \1"),
    (r"^(?:la )?semaine du (?=[0-9])", "le "),
    (r"^(?:the )?(?:week (?:of|commencing|beginning)|w/c) (?:the )?", ""),
    # spans
    (r"^in huitaine(?: de jours)?$", "in 8 days"),
    (r"^in quinzaine(?: de jours)?$", "in 15 days"),
    (r"^in dizaine de jours$", "in 10 days"),
    (r"^(?:in )?(?:a )?couple (?:of )?(?=days$|weeks$|months$)", "in 2 "),
    (r"^(in )?24 ?(?:h|heures?|hours?)$", "in 1 day"),
    (r"^(in )?48 ?(?:h|heures?|hours?)$", "in 2 days"),
    (r"^(in )?72 ?(?:h|heures?|hours?)$", "in 3 days"),
    (r"^(in )?96 ?(?:h|heures?|hours?)$", "in 4 days"),
    (r"^(in .+?)'? time$", r"\1"),
    (rf"^(?:in )?(?:two|2) weeks (?:on |from )?({_WEEKDAY})$", r"\1 en quinze"),
    (rf"^(?:in )?a fortnight (?:on |from )?({_WEEKDAY}|today|tomorrow)$", r"\1 en quinze"),
    (rf"^(in {_NUMBER} ?{_UNIT})\.$", r"\1"),
    (rf"^({_NUMBER} ?{_UNIT})\.?$", r"in \1"),
    (r"^fortnight$", "in a fortnight"),
    (rf"^(?:in |\+ ?|[jd] ?\+ ?)?({_NUMBER}) ?(?:(?:j )?ouvr(?:e|able)s?|{_OUVRE}|{_WORKDAY}|bd)$", r"workday \1"),
    (rf"^(?:the |le |au )?(?:next {_WORKDAY}|prochain {_OUVRE}|{_OUVRE} (?:suivant|prochain))$", "workday 1"),
    # parts of a week, a month, a year
    (r"^(?:(?:en )?debut de (?:la )?semaine|start of (?:the )?week)$", "next week"),
    (r"^(?:(?:en )?debut de mois|(?:start|beginning) of (?:the )?month)$", "next month"),
    (r"^(?:(?:en )?debut d'annee|(?:start|beginning) of (?:the )?year)$", "next year"),
    (r"^(?:(?:en )?milieu de semaine|mi[- ]semaine|mid ?-?week)$", "mercredi"),
    (r"^(?:mid next week|(?:(?:en )?milieu de|mi-?) ?semaine prochaine)$", "wednesday next week"),
    (r"^(?:(?:ce|this|the|at the|on the|over the|le|dans le) )?week-? ?end$", "weekend"),
    (r"^fdm$", "end of month"),
    (r"^(week|month|quarter|year)[- ]end$", r"end of \1"),
    (r"^(?:end of|fin) (semaine|mois|trimestre)(?:-ci)?$", r"fin de \1"),
    (r"^(?:end of|fin) annee(?:-ci)?$", "fin d'annee"),
    (rf"^(?:eom|fin du mois de|fin du mois d'|late|en fin de|fin de) ?({_MONTH}.*)", r"end of \1"),
    (rf"^(?:beginning of|start of|au debut de|en debut de) ?({_MONTH}.*)", r"early \1"),
    (rf"^(?:middle of|au milieu de|en milieu de) ?({_MONTH}.*)", r"mid \1"),
    (r"^(?:end|end of|late|fin) (20[0-9]{2})$", r"\1-12-31"),
    (r"^(?:early|start of|beginning of|debut|en debut de) (20[0-9]{2})$", r"\1-01-01"),
    (r"(?:1er|premier|first|1st) (?:trimestre|quarter)", "q1"),
    (r"(?:2e|2eme|deuxieme|second|2nd) (?:trimestre|quarter)", "q2"),
    (r"(?:3e|3eme|troisieme|third|3rd) (?:trimestre|quarter)", "q3"),
    (r"(?:4e|4eme|quatrieme|fourth|4th) (?:trimestre|quarter)", "q4"),
    (r"(?:1er|premier|first|1st) (?:semestre|half)", "h1"),
    (r"(?:2e|2eme|deuxieme|second|2nd) (?:semestre|half)", "h2"),
    (r"^(.*[qth][1-4])[-/ '](?:20)?([2-9][0-9])$", r"\1 20\2"),
    # days
    (rf"^((?:[0-9]{{1,2}}[ -]?{_MONTH}|{_MONTH} [0-9]{{1,2}},?)) '?([2-9][0-9])(?= |$)", r"\1 20\2"),
    (rf"([0-9]{{1,2}} {_MONTH}) prochain\b", r"\1"),
    (r"^([0-9]{1,2}(?:st|nd|rd|th))(?= (?:of )?next month| of this month|$)", r"the \1"),
    (r"^(le [0-9]{1,2}) prochain\b", r"\1"),
    (rf"^(?:this coming |the coming )(?={_WEEKDAY})", ""),
    (rf"^({_WEEKDAY}) next$", r"\1 prochain"),
    # hours
    (rf"^{_CLOSE}$", "today"),
    (rf"^{_CLOSE}(?: on)? (?=[a-z0-9])", ""),
    (rf",? {_CLOSE}$", ""),
    (r"^(?:first thing|a la premiere heure)(?: on| in the morning)? (?P<day>.+)", r"\g<day> 8h"),
    (r",? (?:first thing(?: in the morning)?|(?:a la |des la )?premiere heure)$", " 8h"),
    (r"(?:^|,? )(?:(?:en )?milieu de matinee|mid-? ?morning)$", " 10h"),
    (r"(?:^|,? )(?:(?:en )?fin de (?:la )?matinee|late (?:in the )?morning)$", " 11h"),
    (r"(?:^|,? )(?:(?:en )?debut d'(?:apres[- ]midi|aprem)|early (?:in the )?afternoon)$", " 14h"),
    (r"(?:^|,? )(?:(?:en )?fin d'(?:apres[- ]midi|aprem)|late (?:in the )?afternoon)$", " 17h"),
    (r"^cet am$", "cet apres-midi"),
    (r"(?<=[a-z]) pm$", " afternoon"),
    (r",? (?:around|about|circa|environ|vers les)(?= [0-9])", " at"),
    (r"^(?:around|about|circa|environ|vers les) (?=[0-9])", "at "),
    (rf"(^| )(?:a|at) ({_HOUR})(?= (?!h|[ap]m)[a-z]|$)", r"\1at \2h"),
)  # fmt: skip
_ENGLISH = pattern(r"(?<=[a-z]) am$")
"""Morning in English; `lundi am` in French is as often the afternoon."""


@cache
def _rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), said) for pattern, said in _SAYINGS)


def rather_words(text: str) -> bool:
    """Whether a text that can be read as a day says, inside a sentence, rather something else.

    The audit of March, the plan for T2, a trial of `2 semaines`: after an option they are days.
    """
    return _RATHER_WORDS.fullmatch(unaccented(text)) is not None


def in_known_words(text: str, language: str) -> str:
    """Folded text as the readers of days know it; unchanged where nobody says otherwise."""
    if language == "en":
        text = _ENGLISH.sub(" morning", text)
    for sought, said in _rules():
        text = sought.sub(said, text)
    return text


_CLOCK = r"(?:(?:[01]?[0-9]|2[0-3])(?: ?h(?: ?[0-5][0-9])?|:[0-5][0-9])?(?: ?[ap]\.?m\.?)?|midi|noon)"
_SPAN = pattern(
    rf"(?:(?:de|from|entre|between) )?(?P<first>{_CLOCK}) ?(?:[-–—/]|a|to|et|and|until|till|jusqu'a) ?"
    rf"(?P<last>{_CLOCK})"
    rf"|(?:a partir de|apres|after|from|avant|before|des) (?P<only>{_CLOCK})"
)
_UNIT_OF_CLOCK = pattern(r"(?P<hour>[0-9]{1,2})(?P<unit> ?h| ?[ap]\.?m\.?|:00)?.*")


def beginning_of(text: str) -> tuple[str, str]:
    """A day with a span of hours → the day with the hour at which it begins, and the span as typed.

    `mardi 14h-15h` → `mardi 14h` and `14h-15h`; `from 2 to 3pm` begins at `2pm`. Two empty texts where there is none.
    """
    words = text.split()
    for count in range(len(words), 0, -1):
        for at in range(len(words) - count + 1):
            span = " ".join(words[at : at + count])
            match = _SPAN.fullmatch(unaccented(span.strip(",;")))
            first = _first_hour(match) if match else ""
            if first:
                return " ".join([*words[:at], first, *words[at + count :]]), span.strip(",;")
    return "", ""


def _first_hour(match: re.Match[str]) -> str:
    """The hour that a span begins with, with the unit of its end where it has none; "" where neither has one."""
    first, last = match["first"] or match["only"], match["last"] or match["only"]
    begins, ends = _UNIT_OF_CLOCK.fullmatch(first), _UNIT_OF_CLOCK.fullmatch(last)
    if begins is None or begins["unit"] or ":" in first:
        return first
    unit = ends["unit"] if ends else "h"
    if ends and unit and "p" in unit and int(begins["hour"]) % 12 > int(ends["hour"]) % 12:
        unit = "am"
    return first + unit.strip() if unit else ""


_WORDS = sorted(
    {word for said in (*NAMED_DAYS, *NEXT_PERIODS, *DAY_PARTS) for word in said.split() if len(word) > 3}
    | {word for word in (*MONTHS, *WEEKDAYS) if len(word) > 3}
    | {"prochain", "prochaine", "dernier", "last", "next", "dans", "jours", "days"}
)


def corrected(text: str) -> str:
    """Folded text with the words put right that are nearly words for days: `mardii 9h` → `mardi 9h`; "" for none."""
    words = text.split()
    near = [word if not word.isalpha() else next(iter(nearest(word, _WORDS, 1, 0.75)), word) for word in words]
    return "" if near == words else " ".join(near)
