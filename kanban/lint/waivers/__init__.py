"""Findings a team has accepted: waivers, baseline, what exceeded before."""
