"""Companies and people as plain files beside the cards, and which deals are theirs."""
