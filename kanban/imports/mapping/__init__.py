"""The mapping of an export: known layouts, what people call things, a proposal, and the file that a person corrects."""
