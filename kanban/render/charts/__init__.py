"""Charts as plain data: numbers in, a Vega-Lite specification, a sentence that says what it shows, and a table out."""
