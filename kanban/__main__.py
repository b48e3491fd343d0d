"""`python -m kanban` is the same program as `kanban`."""

from kanban.cli import main

if __name__ == "__main__":
    main()
