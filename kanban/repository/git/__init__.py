"""Git itself: processes, objects, discovery, remotes."""
