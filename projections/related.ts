/** Which developments speak of which: what is about the record names what it is about. */
import { type Development, type Entry, fieldsNaming, isRecord, type RecordDevelopment } from '../events/index.ts';

/** The developments something about the record speaks of, with the field that names each. */
export function targetsOf(development: RecordDevelopment): readonly { readonly field: string; readonly id: string }[] {
  switch (development.type) {
    case 'DevelopmentCorrected':
      return [{ field: 'corrects', id: development.corrects }];
    case 'DevelopmentRetracted':
      return [{ field: 'retracts', id: development.retracts }];
    case 'DevelopmentCorroborated':
      return [{ field: 'corroborates', id: development.corroborates }];
    case 'DevelopmentDenied':
      return [{ field: 'denies', id: development.denies }];
    case 'DevelopmentMerged':
      return [
        { field: 'duplicate', id: development.duplicate },
        { field: 'into', id: development.into },
      ];
  }
}

/** The ids something about the record names, or would name once it is corrected. */
export function namedBy(development: Development): readonly string[] {
  if (!isRecord(development)) return [];
  const own = targetsOf(development).map(({ id }) => id);
  if (development.type !== 'DevelopmentCorrected') return own;
  return [...own, ...NAMING.flatMap((field) => textsIn(development.changes[field]))];
}

const NAMING = fieldsNaming('development');

const textsIn = (value: unknown): readonly string[] => (typeof value === 'string' ? [value] : []);

export interface Relations {
  find(id: string): Entry | undefined;
  /** what is about the record and names this development, in the order of the log */
  remarksOn(id: string): readonly Entry[];
}

/**
 * Some developments with all that bears on them: what speaks of them, what that speaks of, and so on, in the order of the log.
 * The record as it stands for these is the same whether it is made from them alone or from the whole log.
 */
export function relatedTo(relations: Relations, ids: readonly string[]): readonly Entry[] {
  const found = new Map<string, Entry>();
  const open = [...ids];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const entry = relations.find(id);
    if (!entry || found.has(id)) continue;
    found.set(id, entry);
    open.push(...relations.remarksOn(id).map(({ development }) => development.id));
    if (isRecord(entry.development)) open.push(...targetsOf(entry.development).map((target) => target.id));
  }
  return [...found.values()].sort((a, b) => a.revision - b.revision);
}

/** Grows with the log. */
export function growRelations(): Relations & { add(entry: Entry): void } {
  const entries = new Map<string, Entry>();
  const remarks = new Map<string, Entry[]>();
  return {
    find: (id) => entries.get(id),
    remarksOn: (id) => remarks.get(id) ?? [],
    add(entry) {
      const { development } = entry;
      entries.set(development.id, entry);
      if (!isRecord(development)) return;
      for (const { id } of targetsOf(development)) {
        const list = remarks.get(id);
        if (list) list.push(entry);
        else remarks.set(id, [entry]);
      }
    },
  };
}
