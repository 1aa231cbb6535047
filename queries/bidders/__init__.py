"""Bidders of one lot compared with each other, pair by pair, with every reason."""
