"""What the use cases need from the world, as Protocols that state their promises."""
