"""JSON documents that kanban prints: what fields may hold, the JSON Schema made of them, the text written of them."""
