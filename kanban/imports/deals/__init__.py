"""Rows as deals: cells read exactly, ways put together, or refused."""
