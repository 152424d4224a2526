import { type FormEvent, useState } from 'react';
import type { AnswerError } from './answers/get.ts';
import { keepToken, token } from './answers/token.ts';

/** Shown where the server asks for a token. It stays in this tab. */
export function TokenForm({ error }: { readonly error: AnswerError }) {
  const [secret, setSecret] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    keepToken(secret.trim());
    location.reload();
  };
  return (
    <main className="token-form">
      <h1>Demarche</h1>
      <form onSubmit={submit}>
        <label className="field">
          <span>This server asks for a token</span>
          <input
            type="password"
            autoComplete="off"
            spellCheck={false}
            value={secret}
            onChange={(event) => setSecret(event.target.value)}
          />
        </label>
        {token() !== null && (
          <p className="fault" role="alert">
            {error.message}
          </p>
        )}
        <button type="submit" disabled={secret.trim() === ''}>
          Enter
        </button>
        <p className="hint">
          Whoever runs the server makes one with <code>demarche token create --role reader</code>. It is kept until this
          tab is closed.
        </p>
      </form>
    </main>
  );
}
