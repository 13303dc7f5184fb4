"""An agent call as what happened and when: turns, tool calls with their outcome, and the rest."""
