"""The plan format as others read it: a JSON Schema for editors, a reference for people. Derived, never written."""
