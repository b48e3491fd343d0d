"""JSON Schemas of the documents that kanban prints, one file a document."""
