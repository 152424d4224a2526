/** The token of this tab, where the server asks for one. It is kept as long as the tab is open, and sent to this server only. */
const KEY = 'demarche.token';

export const token = (): string | null => sessionStorage.getItem(KEY);

export interface Access {
  /** whether the server asked for a token, or for another one than that of this tab, and has not let us in since */
  readonly wanted: 'none' | 'one' | 'another';
  /** how many tokens were given: what was refused is asked again with the next */
  readonly given: number;
}

let access: Access = { wanted: 'none', given: 0 };
const listeners = new Set<() => void>();

function become(next: Access): void {
  access = next;
  for (const listener of listeners) listener();
}

/** How access stands, and who is told when that changes. */
export const currentAccess = (): Access => access;
export function onAccess(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function keepToken(secret: string): void {
  sessionStorage.setItem(KEY, secret);
  // Whether it is the right one is to be seen.
  become({ wanted: access.wanted === 'none' ? 'none' : 'one', given: access.given + 1 });
}

/**
 * Asks the server, and notices where it lets nobody in without a token, or with the one of this tab. Left out of `credentials`, so that
 * the browser asks for no password of its own.
 */
export async function ask(
  path: string,
  { headers, ...rest }: Omit<RequestInit, 'headers'> & { readonly headers: Readonly<Record<string, string>> },
): Promise<Response> {
  const secret = token();
  const response = await fetch(path, {
    ...rest,
    credentials: 'omit',
    headers: { ...headers, ...(secret === null ? {} : { authorization: `Bearer ${secret}` }) },
  });
  // What was asked with an earlier token says nothing about this one; nor does what went wrong otherwise.
  const refused = response.status === 401;
  if (secret === token() && (refused || response.ok)) want(refused ? (secret === null ? 'one' : 'another') : 'none');
  return response;
}

function want(wanted: Access['wanted']): void {
  if (wanted !== access.wanted) become({ ...access, wanted });
}
