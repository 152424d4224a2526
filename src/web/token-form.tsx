import { type FormEvent, useState } from 'react';
import { keepToken } from './answers/token.ts';
import { useAccess } from './answers/use-access.ts';

/** Asks for a token where the server does, and for another one where it does not take the one of this tab. It stays in this tab. */
export function TokenForm() {
  const { wanted } = useAccess();
  const [secret, setSecret] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    keepToken(secret.trim());
    setSecret('');
  };
  return (
    <form className="token-form" onSubmit={submit} aria-label="Token">
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
      {wanted === 'another' && (
        <p className="fault" role="alert">
          This server does not take the token of this tab: it is none of its own, or was taken back.
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
  );
}
