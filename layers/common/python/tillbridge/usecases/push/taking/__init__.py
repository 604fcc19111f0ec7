"""From due rows to work: what is taken, read and known of it before a call is planned."""
