"""The command: arguments, configuration, one function per command, and everything that prints or exits."""
