"""What an editor shows around a text: completion, hover, hints, links, outline, colours."""
