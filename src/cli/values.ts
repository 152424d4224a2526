/** Values of options, read. */
import { InvalidArgumentError } from 'commander';

export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Write a whole number.');
  return Number(text);
}

export function portNumber(text: string): number {
  const port = wholeNumber(text);
  if (port > 65_535) throw new InvalidArgumentError('Write a port from 0 to 65535.');
  return port;
}

/** The address of a server, without what comes behind its name and port. */
export function webAddress(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new InvalidArgumentError('Write a whole web address, such as https://talks.example.org.');
  return new URL(text).origin;
}

/** The same for a server, which answers at the root of its name only: a path would be lost from every link. */
export function serverAddress(text: string): string {
  const address = webAddress(text);
  if (new URL(text).href !== `${address}/`)
    throw new InvalidArgumentError(`Write ${address}: the server is known under a name, not under a path of one.`);
  return address;
}

/** Origins as browsers write them, one after the other; `*` is all of them. */
export const origins = (text: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  text === '*' ? text : webAddress(text),
];
