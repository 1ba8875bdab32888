"""Events beside the meetings: entered once, told to whom they are for, in a feed of their own."""
