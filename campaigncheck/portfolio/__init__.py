"""Everything that is planned, in one immutable index, and what two campaigns have in common."""
