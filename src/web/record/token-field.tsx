import { useState } from 'react';
import type { AnswerError } from '../answers/get.ts';
import { keepToken } from '../answers/token.ts';

/** Where recording takes a token: it is kept in this tab. */
export function TokenField({ error, onToken }: { readonly error: AnswerError; readonly onToken: () => void }) {
  const [secret, setSecret] = useState('');
  return (
    <form
      className="token"
      onSubmit={(event) => {
        event.preventDefault();
        keepToken(secret.trim());
        onToken();
      }}
    >
      <p className="fault" role="alert">
        {error.message}
      </p>
      <label className="field">
        <span>Token</span>
        <input type="password" autoComplete="off" value={secret} onChange={(event) => setSecret(event.target.value)} />
      </label>
      <button type="submit" disabled={secret.trim() === ''}>
        Use this token
      </button>
    </form>
  );
}
