"""The rules: what a plan must be to be fit for the council. One function per rule, one file per family."""
