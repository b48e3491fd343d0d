"""What a person does to the pipeline: from board, day and typed words to a `Gesture`, or `Refused` with all reasons.

No terminal, no git, no disk and no clock: every hand (command line, board to touch, agent, editor) reads words in its
own way, calls the gesture, has it written and tells what came of it. `kanban.gestures.table` names them all.
"""
