"""What a person asks an agent for most: texts that name tools and ids, and never a word of a card."""

from dataclasses import dataclass

from kanban.i18n import N_, _


@dataclass(frozen=True, slots=True)
class Prompt:
    """One request. `text` may hold `{card}`, for a prompt about one card."""

    name: str
    title: str
    text: str

    @property
    def about_a_card(self) -> bool:
        """Whether a card's id is needed."""
        return "{card}" in self.text

    def said(self, card: str) -> str:
        """The request in the language in force."""
        return _(self.text).format(card=card)


PROMPTS = (
    Prompt(
        "daily",
        N_("Prepare the daily"),
        N_(
            "Prepare our daily. Call `daily` and `next`. Say first what is blocked and since when, then what is to be "
            "finished, right to left, then what may be pulled. One line a card, with its id. Change nothing."
        ),
    ),
    Prompt(
        "weekly-review",
        N_("Prepare the weekly review"),
        N_(
            "Prepare our weekly review. Call `weekly`, `review` and `metrics`. Give the few figures that moved more "
            "than chance, the bottleneck, the cards to purge, and one micro-rule to try. Change nothing."
        ),
    ),
    Prompt(
        "meeting",
        N_("Prepare a meeting"),
        N_(
            "Prepare the meeting about the card `{card}`. Call `show` for it and `ready`. Give the need, the people, "
            "the objections, what lacks for the next column, and three questions to ask. Change nothing."
        ),
    ),
    Prompt(
        "follow-up",
        N_("Write a follow-up mail"),
        N_(
            "Write a short follow-up mail for the card `{card}`. Call `show` for it first. Use only what the card "
            "says. Propose a day for the next step. Do not send anything and change nothing."
        ),
    ),
)
