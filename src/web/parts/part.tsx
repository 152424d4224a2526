import { type ComponentType, type LazyExoticComponent, lazy, type ReactNode, Suspense } from 'react';
import { AnswerError } from '../answers/get.ts';
import { Caught } from './last-resort.tsx';
import { LoadAgain } from './load-again.tsx';
import { Trouble } from './trouble.tsx';

/** A component that is fetched when it is first shown. */
export const later = <P extends object>(load: () => Promise<ComponentType<P>>): LazyExoticComponent<ComponentType<P>> =>
  lazy(() =>
    load().then(
      (view) => ({ default: view }),
      (): never => {
        // Whether the server is away, or was updated and has it under another name: the page has to be loaded again.
        throw new AnswerError('This part of the page could not be loaded.', 0, 'UNREACHABLE');
      },
    ),
  );

interface Props {
  readonly children: ReactNode;
  /** what stands there until it comes */
  readonly waiting: ReactNode;
  /** around what is said where it does not come */
  readonly frame?: (trouble: ReactNode) => ReactNode;
}

/** A part of the page that may come later. Where it does not, that is said in its place, and everything else stays on screen. */
export const Part = ({ children, waiting, frame = (trouble) => <div>{trouble}</div> }: Props) => (
  <Caught
    instead={(error) =>
      frame(
        <>
          <Trouble error={error} />
          <LoadAgain />
        </>,
      )
    }
  >
    <Suspense fallback={waiting}>{children}</Suspense>
  </Caught>
);
