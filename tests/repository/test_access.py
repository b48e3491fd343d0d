"""A server that does not let somebody in, or does not take a push, is told in words that help."""

from __future__ import annotations

import pytest

from kanban.repository.git.access import after_a_refusal, lets_nobody_in, reason_of, way_in

NETWORK, SIGN_IN, KEY, PLACE = "check the network", "sign in", "its key is new", "where it is now"


@pytest.mark.parametrize(
    ("said", "reason", "cure"),
    [
        ("fatal: could not read Username for 'https://h': No such device or address", "it asks who you are", SIGN_IN),
        ("fatal: unable to access 'https://h/x/': The requested URL returned error: 403", "unable to access", SIGN_IN),
        ("remote: HTTP Basic: Access denied\nfatal: Authentication failed for 'https://h/'", "HTTP Basic", SIGN_IN),
        ("git@h: Permission denied (publickey).\nfatal: Could not read from remote repository.", "git@h: P", SIGN_IN),
        ("ERROR: Permission to x/s.git denied to zoe.\nfatal: Could not read", "ERROR: Permission", SIGN_IN),
        ("remote: Write access to repository not granted.\nfatal: unable", "Write access", SIGN_IN),
        ("@@@\n@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\nHost key verification failed.", "@ WARNING", KEY),
        ("Host key verification failed.\nfatal: Could not read from remote repository.", "Host key", KEY),
        ("remote: Repository not found.\nfatal: repository 'https://h/x/' not found", "Repository not found", PLACE),
        ("fatal: '/gone.git' does not appear to be a git repository", "'/gone.git' does not", PLACE),
        ("ssh: Could not resolve hostname h: Name or service not known", "ssh: Could not resolve", NETWORK),
        ("ssh: connect to host h port 22: Connection refused", "ssh: connect to host", NETWORK),
        ("fatal: unable to access 'https://h/': The requested URL returned error: 500", "unable to access", NETWORK),
        ("", "no reason given", NETWORK),
    ],
)
def test_why_it_is_not_open_and_what_helps(said: str, reason: str, cure: str) -> None:
    assert reason_of(said).startswith(reason)
    assert cure in way_in(said)
    assert lets_nobody_in(said) is (cure == SIGN_IN)


@pytest.mark.parametrize(
    "said",
    [
        "!\tabc:refs/heads/main\t[remote rejected] (protected branch hook declined)",
        "remote: error: GH006: Protected branch update failed for refs/heads/main.",
        "remote: GitLab: You are not allowed to push code to protected branches on this project.",
    ],
)
def test_a_protected_branch_is_a_matter_of_rights(said: str) -> None:
    assert "the right to push to origin/main" in after_a_refusal(said, "origin/main")
    assert "put right what is said above" in after_a_refusal("board.yml:6:5: error KB304", "origin/main")
