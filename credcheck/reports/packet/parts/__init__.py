"""The parts of a packet, one a file, in the order in which a committee reads them."""
