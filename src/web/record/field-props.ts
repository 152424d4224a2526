import type { ChronicleEntry, State } from '../../../projections/answers.ts';
import type { Draft } from './draft.ts';
import type { FieldName } from './fields.ts';

export interface FieldProps {
  readonly name: FieldName;
  readonly draft: Draft;
  readonly required: boolean;
  readonly fault: string | undefined;
  readonly state: State;
  readonly chronicle: readonly ChronicleEntry[];
  readonly setText: (name: FieldName, text: string) => void;
  readonly setList: (name: FieldName, list: readonly string[]) => void;
  readonly setPairs: (name: FieldName, pairs: Readonly<Record<string, string>>) => void;
}
