"""Commits that are planned as values and become git's: their files, trees and histories."""
