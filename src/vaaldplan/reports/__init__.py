"""Ways to write a report: as text for people, as data for machines."""
