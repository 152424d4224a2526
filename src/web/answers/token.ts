/** The token of this tab, where the server asks for one. It is kept as long as the tab is open, and sent to this server only. */
const KEY = 'demarche.token';

export const token = (): string | null => sessionStorage.getItem(KEY);

export function keepToken(secret: string | null): void {
  if (secret === null || secret === '') sessionStorage.removeItem(KEY);
  else sessionStorage.setItem(KEY, secret);
}

/** What every request of the page carries. Left out of `credentials`, so that the browser asks for no password of its own. */
export function asked(headers: Readonly<Record<string, string>>): RequestInit {
  const secret = token();
  return {
    credentials: 'omit',
    headers: { ...headers, ...(secret === null ? {} : { authorization: `Bearer ${secret}` }) },
  };
}
