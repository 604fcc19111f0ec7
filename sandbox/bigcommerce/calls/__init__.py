"""What a call brings and what it gets: its body, its checks, its pages, its refusals."""
