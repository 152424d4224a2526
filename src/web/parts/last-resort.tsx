import { Component, type ReactNode } from 'react';
import { AnswerError } from '../answers/get.ts';
import { Trouble } from './trouble.tsx';

interface State {
  readonly error: Error | null;
}

/** A fault of the page itself is said, not shown as an empty sheet. React offers this to classes only. */
export class LastResort extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: Error): State {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <main>
        <Trouble error={new AnswerError(`The page stumbled over it: ${error.message}`, 0, 'INTERNAL')} />
        <p className="nothing">
          <a href="/">Begin anew</a>
        </p>
      </main>
    );
  }
}
