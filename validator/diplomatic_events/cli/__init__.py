"""The command: arguments, configuration, one function a command, and all that prints or exits."""
