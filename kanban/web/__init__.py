"""The board in a browser, to be touched: a local server over the desk of all hands, with the site's own pages."""
