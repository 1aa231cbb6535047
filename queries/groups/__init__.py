"""Who belongs together: corporate groups, guarantee rings, shared contacts, the same people anew, communities."""
