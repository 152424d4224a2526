import { useState } from 'react';

/** Loads the page again at this very address. While the server is away it stays: what is on screen would be gone. */
export function LoadAgain() {
  const [away, setAway] = useState(false);
  const load = async () => {
    setAway(false);
    const found = await fetch(location.href, { cache: 'no-store' }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (found) location.reload();
    else setAway(true);
  };
  return (
    <p className="load-again">
      <button type="button" onClick={() => void load()}>
        Load it again
      </button>{' '}
      <span role="status">{away && 'The server cannot be reached yet.'}</span>
    </p>
  );
}
