/** The HTTP side, for whoever serves: the server, who may come in, where it may listen. */
export { type Address, checkAddress, isLoopback, listenError, localNames } from './address.ts';
export { besideStore } from './files/json-file.ts';
export { LIMITS, type Limits, type ServerOptions, type WebhookOptions } from './options.ts';
export { createServer } from './server.ts';
export { createToken, type Doorkeeper, doorkeeper, readTokens, revokeToken } from './tokens/file.ts';
export { TOKEN_ROLES, type Token, type TokenRole } from './tokens/token.ts';
