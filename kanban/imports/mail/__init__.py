"""Mail filed under the deal that it is about."""
