"""From paths to raw records: files, folders, globs, standard input, compression, lines."""
