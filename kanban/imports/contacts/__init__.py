"""Address books brought in: people and companies as files beside the cards."""
