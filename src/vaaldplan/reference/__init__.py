"""The plan format as others read it: a JSON Schema for editors, a field reference for people. Derived, never written."""
