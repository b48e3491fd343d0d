"""A hand in the editor: a language server for cards and `board.yml`, under the same rules and in the same words."""
