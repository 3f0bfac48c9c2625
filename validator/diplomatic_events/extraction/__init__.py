"""Records that a language model drafts: the form of a draft, and what a program makes of it."""
