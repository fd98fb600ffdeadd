/**
 * The one word that is said about a port: the page of the desktop app says it to the preload script, with one end of a MessagePort, and the
 * preload script to the engine. After it the port speaks the contract.
 */
export const portMessage = 'rollcall:port'
