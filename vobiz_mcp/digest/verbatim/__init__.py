"""An agent call word for word: turns and tool calls as lines, whole or as many as fit."""
