import { useMemo, useRef } from 'react';
import type { Position, State } from '../../projections/answers.ts';
import type { Address } from './address.ts';
import type { Timelines } from './answers/timelines.ts';
import { readMoment } from './moments.ts';

/** What a cell holds in the view. */
export type PositionOf = (party: string, issue: string) => Position | undefined;

/** The positions of a state; with timelines, those of the moment that one moves through. */
export function usePositions(
  state: State | undefined,
  timelines: Timelines | undefined,
  asOf: string | null,
  timeZone: string,
): PositionOf {
  const answered = useMemo(() => {
    const cells = new Map(state?.positions.map((one) => [`${one.party}/${one.issue}`, one]));
    return (party: string, issue: string) => cells.get(`${party}/${issue}`);
  }, [state]);
  if (timelines === undefined) return answered;
  const at = (asOf === null ? undefined : readMoment(asOf, timeZone)) ?? Number.POSITIVE_INFINITY;
  return (party, issue) => timelines.positionAt(party, issue, at);
}

/** The address where the last movement rested. */
export function useResting(address: Address, moving: boolean): Address {
  const rested = useRef(address);
  if (!moving) rested.current = address;
  return rested.current;
}
