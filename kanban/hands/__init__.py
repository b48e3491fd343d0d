"""What every hand that shows a board to be touched works with: the browser's board, the terminal's, those to come.

A hand opens a `Desk` and asks it: `wall()` is the board as columns and cards, `places(card)` says for a card that is
held where it may be put down and what would open the rest, `pane(card)` what can be done with it, `rehearse` and `make`
carry out a gesture. Words, refusals and cures are those of the command line: they come from the same gestures.
"""
