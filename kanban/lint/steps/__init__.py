"""What a commit did to the cards, for rules about steps."""
