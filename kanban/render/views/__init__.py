"""Values to view objects: every text, class and order is decided here, so that templates decide nothing."""
