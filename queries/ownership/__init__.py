"""Who owns, controls and benefits from whom: stakes, integrated ownership, control, beneficial owners."""
