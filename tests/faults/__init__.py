"""Faults at the level of system calls: every state-changing call of every writing verb is stopped or made to fail."""
