"""The linter: rules over a board as it stands, as it changed and as it will merge, each with a cure to type."""
