/** What is read or filled in from top to bottom is no wider than is good to read, in px. */
export const formWidth = 760

/** The same with panels that hold tables or fields side by side. */
export const panelsWidth = 860
