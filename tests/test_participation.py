"""Who took part, for whom and in what standing."""
