"""The material of a public site: what may be seen of cards, rules and history, and under which names."""
