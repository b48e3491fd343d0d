"""One model of a page, and how it is written down."""
