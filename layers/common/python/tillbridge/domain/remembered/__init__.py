"""What a link says after each thing that can happen to its product. Pure, and the only package that
makes or changes a link: use cases pass what happened and store what is returned.

A link is a memory of what was sent and recorded, never of what was hoped. A part whose value in the
store is not certain stands in `Link.doubts`."""
