"""Words that people type for a word of ours beside its translation: other genders, and what sales people say."""

_MEANING = {
    "high": ("haute", "haut", "élevée"),
    "medium": ("moyenne",),
    "low": ("basse", "bas"),
    "drop": ("jeter",),
    "discovery": ("découverte",),
    "outbound": ("sortant", "prospection"),
    "offer": ("offre", "chiffrage"),
    "negotiation": ("négociation", "closing"),
    "inbound": ("entrant",),
    "referral": ("recommandation",),
    "trade show": ("salon",),
    "partner": ("partenaire",),
}
_GROUP = {word: (main, *others) for main, others in _MEANING.items() for word in (main, *others)}


def also_said(word: str) -> tuple[str, ...]:
    """Every word that means the same, `word` itself among them; () when we know of none."""
    return _GROUP.get(word, ())
