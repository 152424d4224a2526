import { type ReactNode, useEffect, useRef } from 'react';

interface Props {
  readonly className: string;
  readonly title: ReactNode;
  readonly children: ReactNode;
}

/** A sheet that unfolds from its title, and folds on Escape or on a press anywhere else. */
export function Menu({ className, title, children }: Props) {
  const menu = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const fold = (event: Event) => {
      const element = menu.current;
      if (!element?.open) return;
      if (event instanceof KeyboardEvent) {
        if (event.key !== 'Escape') return;
        element.querySelector('summary')?.focus();
      } else if (element.contains(event.target as Node)) return;
      element.open = false;
    };
    document.addEventListener('keydown', fold);
    document.addEventListener('pointerdown', fold);
    return () => {
      document.removeEventListener('keydown', fold);
      document.removeEventListener('pointerdown', fold);
    };
  }, []);
  return (
    <details ref={menu} className={className}>
      <summary>{title}</summary>
      {children}
    </details>
  );
}
