"""The facts of a pipeline as frozen values: cards, boards, policies, events. No git, disk, clock or output here."""
