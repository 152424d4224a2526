import { type FormEvent, useMemo, useState } from 'react';
import type { ChronicleEntry, State } from '../../../projections/answers.ts';
import { AnswerError, request } from '../answers/get.ts';
import { recordPath } from '../answers/paths.ts';
import { namesOf } from '../names.ts';
import { useAddress } from '../use-address.ts';
import { type Draft, developmentOf, emptyDraft, missing, nextFromSameReport, pathOf } from './draft.ts';
import { FormField } from './field.tsx';
import type { FieldProps } from './field-props.ts';
import { FIELDS, type FieldName, formFields } from './fields.ts';
import { sourceAt } from './known.ts';
import { duplicatesOf, OnRecordAlready } from './on-record-already.tsx';
import { Preview } from './preview.tsx';
import { type Saved, SavedNote } from './saved.tsx';
import { TokenField } from './token-field.tsx';
import { TypeField } from './type-field.tsx';
import { useRehearsal } from './use-rehearsal.ts';

interface Props {
  readonly negotiation: string;
  readonly state: State;
  readonly chronicle: readonly ChronicleEntry[];
  /** told the log position of everything that was recorded here */
  readonly onRecorded: (position: string) => void;
}

/** Recording one development: the report, what happened, and what it would change, before it is saved. */
export function RecordForm({ negotiation, state, chronicle, onRecorded }: Props) {
  const { about } = useAddress();
  const [draft, setDraft] = useState<Draft>(() => firstDraft(about));
  const [saved, setSaved] = useState<Saved | null>(null);
  const [refused, setRefused] = useState<AnswerError | null>(null);
  const [tried, setTried] = useState(false);
  const names = useMemo(() => namesOf(state), [state]);
  const fields = formFields(draft.type, draft.texts.attribution);
  const empty = missing(draft);
  const development = useMemo(() => developmentOf(draft), [draft]);
  const rehearsal = useRehearsal(negotiation, empty.length === 0 ? development : null);
  const error = refused ?? rehearsal.error;
  const duplicates = useMemo(() => duplicatesOf(draft, chronicle), [draft, chronicle]);

  const change = (patch: Partial<Draft>) => {
    setRefused(null);
    setSaved(null);
    setDraft((before) => ({ ...before, ...patch }));
  };
  const setText: FieldProps['setText'] = (name, text) => {
    const known = name === 'source.url' ? sourceAt(text, chronicle) : undefined;
    change({ texts: { ...draft.texts, ...(known ? sourceTexts(known, draft) : {}), [name]: text } });
  };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (empty.length > 0) return focusField(empty[0]);
    try {
      const answer = (await request(recordPath(negotiation, false), development)) as Recording;
      const [one] = answer.developments;
      if (!one) return;
      const cells = (rehearsal.changes ?? []).map(({ party, issue }) => ({ party, issue }));
      setSaved({ ...one, position: answer.position, cells });
      setDraft(nextFromSameReport(draft));
      setTried(false);
      onRecorded(answer.position);
    } catch (problem) {
      if (problem instanceof AnswerError) setRefused(problem);
    }
  };
  const faultOf = (name: FieldName): string | undefined => {
    if (tried && empty.includes(name)) return 'This is needed.';
    const path = pathOf(name);
    const own = (field = '') =>
      field === path || (name === 'whose' && field === 'parties') || field.startsWith(`${path}.`);
    return error?.faults.find(({ field }) => own(field))?.message;
  };
  const field = (name: FieldName) => (
    <FormField
      key={name}
      name={name}
      draft={draft}
      required={fields.required.has(name)}
      fault={faultOf(name)}
      state={state}
      chronicle={chronicle}
      setText={setText}
      setList={(list, values) => change({ lists: { ...draft.lists, [list]: values } })}
      setPairs={(pairs, values) => change({ pairs: { ...draft.pairs, [pairs]: values } })}
    />
  );
  return (
    <div className="record">
      <form onSubmit={save} noValidate aria-label="Record a development">
        {saved && <SavedNote negotiation={negotiation} saved={saved} names={names} onRetracted={onRecorded} />}
        <section>
          <h2>The report</h2>
          {fields.source.map(field)}
        </section>
        <section>
          <h2>What happened</h2>
          <TypeField type={draft.type} change={(type) => change({ type })} />
          {fields.own.map(field)}
          {fields.said.map(field)}
          <details>
            <summary>More fields</summary>
            {fields.more.map(field)}
          </details>
        </section>
        <p className="save">
          <button type="submit" className="primary">
            Record
          </button>
        </p>
      </form>
      <aside className="rehearsal" aria-label="Before it is saved">
        <h2>Before it is saved</h2>
        {error?.status === 401 || error?.status === 403 ? (
          <TokenField error={error} onToken={() => setRefused(null)} />
        ) : error ? (
          <p className="fault" role="alert">
            {error.message}
          </p>
        ) : rehearsal.changes ? (
          <Preview changes={rehearsal.changes} names={names} />
        ) : (
          <p className="hint">Still needed: {empty.map((name) => FIELDS[name].label.toLowerCase()).join(', ')}.</p>
        )}
        <OnRecordAlready duplicates={duplicates} names={names} change={change} draft={draft} />
      </aside>
    </div>
  );
}

interface Recording {
  readonly developments: readonly { readonly id: string; readonly added: boolean }[];
  readonly position: string;
}

function firstDraft(about: string | null): Draft {
  if (about === null) return emptyDraft('PositionStated');
  const draft = emptyDraft('DevelopmentRetracted');
  return {
    ...draft,
    texts: { retracts: about, corrects: about, corroborates: about, denies: about, duplicate: about },
  };
}

type KnownSource = NonNullable<ReturnType<typeof sourceAt>>;

/** What an earlier citation tells of a report; what was typed already stays. */
function sourceTexts({ publisher, title, published }: KnownSource, { texts }: Draft): Draft['texts'] {
  return {
    ...(publisher && !texts['source.publisher'] ? { 'source.publisher': publisher } : {}),
    ...(title && !texts['source.title'] ? { 'source.title': title } : {}),
    ...(published && !texts['source.published'] ? { 'source.published': published } : {}),
  };
}

function focusField(name: FieldName | undefined): void {
  const found = document.querySelector<HTMLElement>(`[data-field="${CSS.escape(name ?? '')}"]`);
  (found?.matches('fieldset') ? found.querySelector<HTMLElement>('input') : found)?.focus();
}
