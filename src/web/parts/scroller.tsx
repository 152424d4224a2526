import type { ReactNode } from 'react';

/** What scrolls by itself below the time; it can be reached, and so scrolled, with the keyboard. */
export const Scroller = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: without it, the keyboard could not scroll what has no link in it
  <section className="scroller" aria-label={name} tabIndex={0}>
    {children}
  </section>
);
