import { describe, expect, it } from 'vitest';
import { DEVELOPMENT_TYPES, developmentJsonSchema, parseDevelopment } from '../../events/index.ts';
import type { ChronicleEntry } from '../../projections/index.ts';
import {
  type Draft,
  developmentOf,
  emptyDraft,
  missing,
  nextFromSameReport,
  pathOf,
} from '../../src/web/record/draft.ts';
import { likelyDuplicates } from '../../src/web/record/duplicates.ts';
import {
  FIELDS,
  type FieldName,
  formFields,
  OWN,
  type RecordedType,
  TYPE_GROUPS,
} from '../../src/web/record/fields.ts';
import { sourceAt } from '../../src/web/record/known.ts';

interface Shape {
  readonly properties: Readonly<Record<string, Shape & { readonly const?: string; readonly anyOf?: readonly Shape[] }>>;
  readonly required?: readonly string[];
}

const SCHEMA = developmentJsonSchema() as { readonly oneOf?: readonly Shape[]; readonly anyOf?: readonly Shape[] };
const shapes = new Map(
  (SCHEMA.oneOf ?? SCHEMA.anyOf ?? []).map((shape) => [shape.properties.type?.const ?? '', shape]),
);
const OURS = new Set(['id', 'negotiation', 'type', 'schemaVersion']);

/** The fields of a type in the catalogue, those of `source` and `speaker` by their paths. */
const catalogued = ({ properties }: Shape): readonly string[] =>
  Object.entries(properties).flatMap(([name, field]) => {
    if (OURS.has(name)) return [];
    return name === 'source' || name === 'speaker'
      ? Object.keys(field.properties).map((inner) => `${name}.${inner}`)
      : [name];
  });

const asked = (type: RecordedType): readonly FieldName[] => {
  const { source, own, said, more } = formFields(type);
  return [...new Set([...source, ...own, ...said, ...more])];
};
const paths = (name: FieldName): readonly string[] => (name === 'whose' ? ['party', 'parties'] : [pathOf(name)]);

describe('The form', () => {
  const types = Object.keys(OWN) as RecordedType[];

  it('knows every type of the catalogue but the opening of a negotiation', () => {
    expect(new Set(types)).toEqual(new Set(DEVELOPMENT_TYPES.filter((type) => type !== 'NegotiationOpened')));
    expect(TYPE_GROUPS.flatMap((group) => group.types).sort()).toEqual([...types].sort());
  });

  it.each(types)('asks for every field of %s, and for no other', (type) => {
    const shape = shapes.get(type);
    if (!shape) throw new Error(`no schema of ${type}`);
    expect([...new Set(asked(type).flatMap(paths))].sort()).toEqual([...catalogued(shape)].sort());
  });

  it.each(types)('requires of %s what the catalogue requires', (type) => {
    const shape = shapes.get(type);
    const required = (shape?.required ?? []).filter((name) => !OURS.has(name));
    const ours = [...formFields(type).required].map((name) => pathOf(name).replace('source.publisher', 'source'));
    for (const name of required) expect(ours).toContain(name);
  });

  it('asks whose account it is, where one party speaks of another', () => {
    expect(formFields('DemandStated', 'counterpart').required).toContain('statedBy');
    expect(formFields('DemandStated', 'narrative').said).not.toContain('statedBy');
  });

  it('makes a development that the catalogue takes', () => {
    const draft: Draft = {
      type: 'PrisonerExchangeCarriedOut',
      texts: {
        ...emptyDraft('DemandStated').texts,
        'source.publisher': ' The Gazette ',
        'source.credibility': '2',
        'speaker.name': '',
        occurred: '2026-02-05',
        exchange: 'exchange-1',
        summary: 'Carried out',
      },
      lists: { parties: ['north', 'south'] },
      pairs: { counts: { north: '157', south: '300+', host: ' ' } },
    };
    expect(missing(draft)).toEqual([]);
    const made = developmentOf(draft);
    expect(made).toEqual({
      type: 'PrisonerExchangeCarriedOut',
      occurred: '2026-02-05',
      exchange: 'exchange-1',
      parties: ['north', 'south'],
      counts: { north: 157, south: '300+' },
      summary: 'Carried out',
      attribution: 'narrative',
      source: { publisher: 'The Gazette', credibility: 2 },
    });
    expect(parseDevelopment({ ...made, negotiation: 'talks' }).ok).toBe(true);
  });

  it('makes one party of one, and a joint statement of several', () => {
    const draft = { ...emptyDraft('DemandStated'), lists: { whose: ['north'] } };
    expect(developmentOf(draft)).toMatchObject({ party: 'north' });
    expect(developmentOf({ ...draft, lists: { whose: ['north', 'south'] } })).toMatchObject({
      parties: ['north', 'south'],
    });
  });

  it('reads the points of a plan from lines, and the changes of a correction by their paths', () => {
    const plan: Draft = {
      type: 'PlanPublished',
      texts: { points: '1: Open the river\np-2) Pay\n\n' },
      lists: {},
      pairs: {},
    };
    expect(developmentOf(plan).points).toEqual([
      { id: '1', text: 'Open the river' },
      { id: 'p-2', text: 'Pay' },
    ]);
    const correction: Draft = {
      type: 'DevelopmentCorrected',
      texts: {},
      lists: {},
      pairs: { changes: { stance: 'Better', 'speaker.name': 'A. B.', 'source.url': 'https://a.example/' } },
    };
    expect(developmentOf(correction).changes).toEqual({
      stance: 'Better',
      speaker: { name: 'A. B.' },
      source: { url: 'https://a.example/' },
    });
  });

  it('keeps the report and the day for the next development out of it', () => {
    const draft = {
      ...emptyDraft('DemandStated'),
      texts: { 'source.publisher': 'P', occurred: '2026-01-01', stance: 'x' },
    };
    expect(nextFromSameReport(draft).texts).toEqual({
      attribution: 'narrative',
      'source.publisher': 'P',
      occurred: '2026-01-01',
    });
    expect(Object.keys(FIELDS).length).toBeGreaterThan(40);
  });
});

describe('What the form knows from before', () => {
  const entry = (fields: Partial<ChronicleEntry>) =>
    ({
      id: 'R-1',
      status: 'stands',
      effective: '2026-02-13T23:59:59.999Z',
      occurred: '../2026-02-13',
      parties: ['north'],
      issue: 'river',
      headline: 'Rejects outright a withdrawal from the delta',
      source: {
        publisher: 'The Gazette',
        url: 'https://www.gazette.example/a',
        title: 'T',
        reliability: 'F',
        credibility: 6,
      },
      ...fields,
    }) as ChronicleEntry;
  const candidate = {
    url: undefined,
    parties: ['north'],
    issue: 'river',
    occurred: '2026-02-12',
    words: 'Rejects a withdrawal from the delta outright, again',
  };

  it('points out what is alike, and leaves alone what is of another party, issue, time or sense', () => {
    expect(likelyDuplicates(candidate, [entry({})]).map((one) => one.entry.id)).toEqual(['R-1']);
    expect(likelyDuplicates(candidate, [entry({ parties: ['south'] })])).toEqual([]);
    expect(likelyDuplicates(candidate, [entry({ issue: 'bridges' })])).toEqual([]);
    expect(likelyDuplicates(candidate, [entry({ occurred: '2025-02-13' })])).toEqual([]);
    expect(likelyDuplicates(candidate, [entry({ headline: 'Wants a toll' })])).toEqual([]);
    expect(likelyDuplicates(candidate, [entry({ status: 'retracted' })])).toEqual([]);
  });

  it('knows a report by its address, and a publisher by the site', () => {
    expect(sourceAt('https://www.gazette.example/a', [entry({})])).toMatchObject({ title: 'T' });
    expect(sourceAt('https://gazette.example/b', [entry({})])).toEqual({ publisher: 'The Gazette' });
    expect(sourceAt('https://www.courier.example/c', [entry({})])).toEqual({ publisher: 'courier.example' });
    expect(sourceAt('javascript:alert(1)', [entry({})])).toBeUndefined();
  });
});
