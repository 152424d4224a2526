/** The HTTP side, for whoever serves: the server, who may come in, where it may listen. */
export { checkAddress, isLoopback, listenError, localNames } from './address.ts';
export { besideStore } from './files/json-file.ts';
export type { ServerOptions } from './options.ts';
export { createServer } from './server.ts';
export { createToken, doorkeeper, revokeToken } from './tokens/file.ts';
export { TOKEN_ROLES, type TokenRole } from './tokens/token.ts';
