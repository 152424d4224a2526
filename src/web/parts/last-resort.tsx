import { Component, type ReactNode } from 'react';
import { AnswerError } from '../answers/get.ts';
import { LoadAgain } from './load-again.tsx';
import { Trouble } from './trouble.tsx';

interface CaughtProps {
  readonly children: ReactNode;
  /** what stands in the place of what cannot be shown */
  readonly instead: (error: AnswerError) => ReactNode;
}

interface State {
  readonly error: Error | null;
}

/** Says what keeps its content from being shown. React offers this to classes only. */
export class Caught extends Component<CaughtProps, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: Error): State {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    return error === null ? this.props.children : this.props.instead(asAnswerError(error));
  }
}

const asAnswerError = (error: Error): AnswerError =>
  error instanceof AnswerError ? error : new AnswerError(`The page stumbled over it: ${error.message}`, 0, 'INTERNAL');

/** A fault of the page itself is said, not shown as an empty sheet. */
export const LastResort = ({ children }: { readonly children: ReactNode }) => (
  <Caught
    instead={(error) => (
      <main>
        <Trouble error={error} />
        <LoadAgain />
        <p className="nothing">
          <a href="/">Begin anew</a>
        </p>
      </main>
    )}
  >
    {children}
  </Caught>
);
