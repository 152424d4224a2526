/** The file that the address of a SQLite store names; undefined for a log in memory and for a server. */
export function fileOf(address: string): string | undefined {
  const path = /^\s*sqlite:(.+?)\s*$/s.exec(address)?.[1];
  return path === ':memory:' ? undefined : path;
}

/** An address as it may be shown, whether or not it is one: what stands where a user and password would is left out. */
export const withoutPassword = (address: string): string => address.replace(/\/\/.*@/s, '//***@');
