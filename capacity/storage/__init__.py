"""What file systems and disks can do for the users of an event, and what they cost. Pure."""
