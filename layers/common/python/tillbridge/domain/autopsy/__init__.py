"""Why a unit was sold twice: one line of time of both shops, replayed with one thing changed."""
