"""Every file of the docs site, by its path: written by pure functions from the schema, the rules, the options and the docs."""
