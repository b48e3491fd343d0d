"""The demonstration: 26 weeks of a believable sales team, planned as plain values, never written here."""
