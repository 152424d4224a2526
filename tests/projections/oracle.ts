/**
 * The judge of replay: the rules of sections 3 and 4 of the design, word for word, with no regard for speed. It filters, sorts and
 * folds the whole log for every question, and shares no code with what it judges but the schemas of the catalogue.
 */
import type { Development, DevelopmentOf, PositionDevelopment, Source } from '../../events/index.ts';
import { parseDevelopment } from '../../events/index.ts';
import { naiveDay, naiveSpan } from './naive-dates.ts';

/** A development and when it was appended, in the order of the log. */
export interface Logged {
  readonly development: Development;
  readonly revision: number;
  /** milliseconds since 1970, as the store says */
  readonly recorded: number;
}

export interface OracleGates {
  readonly asOf: number;
  readonly knownOn: number | null;
  readonly recordedBy: number | null;
}

export type OracleStandard = 'strict' | 'stated' | 'all';

/** A development as it stands in the record, with the moments by which it counts. */
export interface Standing {
  readonly development: Development;
  readonly revision: number;
  readonly start: number;
  readonly effective: number;
  readonly reported: number;
}

export interface OraclePoint {
  point: string;
  stance: string | null;
  act: string;
  setBy: string;
  since: string;
  lastAffirmed: string;
  timesReiterated: number;
}

export interface OracleBeside {
  readonly id: string;
  readonly type: string;
  readonly stance: string | null;
  readonly attribution: string;
  readonly statedBy: string | null;
  readonly occurred: string;
  readonly denies: string | null;
}

export interface OraclePosition {
  readonly party: string;
  readonly issue: string;
  readonly status: 'held' | 'withdrawn' | 'none';
  readonly attribution: string | null;
  readonly statedBy: string | null;
  readonly stance: string | null;
  readonly act: string | null;
  readonly setBy: string | null;
  readonly since: string | null;
  readonly lastAffirmed: string | null;
  readonly timesReiterated: number | null;
  /** sorted by name */
  readonly points: readonly OraclePoint[];
  readonly beside: readonly OracleBeside[];
  /** sorted */
  readonly developments: readonly string[];
}

/** What one event of the log did to a cell, what became of it, and its words where they were said of this cell. */
export interface OracleRow {
  readonly id: string;
  readonly effect: OracleStep['effect'] | 'corrected' | 'retracted';
  readonly status: OracleStep['status'] | 'corrected' | 'retracted';
  readonly stance: string | null;
}

/** What one development that counts did to a cell. */
interface OracleStep {
  readonly id: string;
  readonly effect: 'new' | 'changed' | 'conditioned' | 'reiterated' | 'withdrawn' | 'beside';
  status: 'in-force' | 'superseded' | 'withdrawn' | 'beside';
}

/** Something on record that is no position, and who denies it. */
export interface OracleListed {
  /** what it is, and its id; of a version of a plan, the development that published it */
  readonly of: string;
  readonly beside: readonly OracleBeside[];
}

export interface OracleState {
  /** sorted by party and issue */
  readonly positions: readonly OraclePosition[];
  /** the agreements, rounds, exchanges and versions of plans, sorted by what they are */
  readonly listed: readonly OracleListed[];
  /** ids, in the order in which they would count */
  readonly possiblyByThen: readonly string[];
}

const REMARKS = ['DevelopmentCorrected', 'DevelopmentRetracted', 'DevelopmentCorroborated', 'DevelopmentMerged'];

/** Corrections, retractions, corroborations and merges are about the record; a denial is of the world. */
const isRemark = ({ type }: Development): boolean => REMARKS.includes(type);

export interface OracleRecord {
  /** what counts, and when: corrected, without what was retracted or merged away */
  readonly world: readonly Standing[];
  /** what is about the record and in effect */
  readonly remarks: readonly Standing[];
  /** the same, with what was retracted of it */
  readonly allRemarks: readonly Standing[];
  /** what would count, but was retracted */
  readonly retracted: readonly Standing[];
}

/** What the record says through two gates. */
export function oracleRecord(log: readonly Logged[], { knownOn, recordedBy }: Omit<OracleGates, 'asOf'>): OracleRecord {
  const timeZone = zoneOf(log);
  const entries = neverBack(log).filter(({ recorded }) => recordedBy === null || recorded <= recordedBy);
  const passes = ({ reported }: Standing) => knownOn === null || reported <= knownOn;

  // A remark speaks of something earlier in the log: from the last to the first, all that speaks of an entry is settled before it.
  const allRemarks: Standing[] = [];
  const remarks: Standing[] = [];
  const inEffect = <T extends Development['type']>(type: T, names: (remark: DevelopmentOf<T>) => string, id: string) =>
    remarks
      .toSorted(inOrder)
      .map(({ development }) => development)
      .filter((development): development is DevelopmentOf<T> => development.type === type)
      .filter((development) => names(development) === id);

  const isRetracted = (id: string) => inEffect('DevelopmentRetracted', ({ retracts }) => retracts, id).length > 0;
  const corrected = ({ development }: Logged): Development => {
    let current = development;
    for (const correction of inEffect('DevelopmentCorrected', ({ corrects }) => corrects, development.id)) {
      const patched = parseDevelopment(patch(current, correction.changes));
      if (patched.ok) current = { ...patched.value, id: development.id } as Development;
    }
    return current;
  };
  for (const entry of entries.toReversed().filter(({ development }) => isRemark(development))) {
    const standing = clocked(corrected(entry), entry, timeZone, []);
    if (!passes(standing)) continue;
    allRemarks.push(standing);
    if (!isRetracted(entry.development.id)) remarks.push(standing);
  }

  const mergedInto = new Map<string, string>();
  const finalOf = (id: string): string => {
    const next = mergedInto.get(id);
    return next === undefined ? id : finalOf(next);
  };
  for (const { development } of remarks.toSorted(inOrder)) {
    if (development.type !== 'DevelopmentMerged') continue;
    const { duplicate, into } = development;
    if (mergedInto.has(duplicate) || isRetracted(duplicate) || finalOf(into) === duplicate) continue;
    mergedInto.set(duplicate, into);
  }

  /** A report that went into another is denied where that one is. */
  const aimed = (development: Development): Development =>
    development.type === 'DevelopmentDenied' ? { ...development, denies: finalOf(development.denies) } : development;

  const world = entries.filter(({ development }) => !isRemark(development));
  const corroborations = (id: string) => inEffect('DevelopmentCorroborated', ({ corroborates }) => corroborates, id);
  const sourcesOf = (id: string): readonly Source[] =>
    world
      .filter(({ development }) => finalOf(development.id) === id)
      .flatMap((entry) => [corrected(entry), ...corroborations(entry.development.id)])
      .flatMap(({ source }) => (source ? [source] : []));
  const standing = world
    .filter(({ development: { id } }) => !mergedInto.has(id))
    .map((entry) => clocked(aimed(corrected(entry)), entry, timeZone, sourcesOf(entry.development.id)))
    .filter(passes)
    .sort(inOrder);
  const wasRetracted = ({ development }: Standing) => isRetracted(development.id);
  return {
    world: standing.filter((one) => !wasRetracted(one)),
    remarks,
    allRemarks,
    retracted: standing.filter(wasRetracted),
  };
}

/** The positions of every party on every issue, and what may have happened, through three gates. */
export function oracle(log: readonly Logged[], gates: OracleGates, standard: OracleStandard): OracleState {
  const standing = oracleRecord(log, gates).world;
  const cells = foldCells(log, standing, gates, standard);
  return {
    positions: cells
      .map(positionOf)
      .filter(({ status, beside }) => status !== 'none' || beside.length > 0)
      .sort((a, b) => compare(a.party, b.party) || compare(a.issue, b.issue)),
    listed: listedBy(standing, gates),
    possiblyByThen: standing
      .filter(({ start, effective }) => start <= gates.asOf && gates.asOf < effective)
      .map(({ development }) => development.id),
  };
}

/** A denial stands beside everything that the denied development tells of, as long as both count. */
function listedBy(standing: readonly Standing[], { asOf }: OracleGates): readonly OracleListed[] {
  const counted = standing.filter(({ effective }) => effective <= asOf).map(({ development }) => development);
  const denials = counted.filter((one) => one.type === 'DevelopmentDenied');
  const names = new Set(counted.flatMap(nameOf));
  return [...names]
    .map((of) => {
      const about = counted.filter((one) => nameOf(one).includes(of)).map(({ id }) => id);
      return { of, beside: denials.filter(({ denies }) => about.includes(denies)).map(besideOf) };
    })
    .sort((a, b) => compare(a.of, b.of));
}

function nameOf(one: Development): readonly string[] {
  if ('agreement' in one) return [`agreement ${one.agreement}`];
  if ('exchange' in one) return [`exchange ${one.exchange}`];
  if ('plan' in one) return [`plan ${one.plan} ${one.id}`];
  const isOfRound = one.type.startsWith('Round') || one.type === 'DelegationNamed';
  return isOfRound && one.round !== undefined ? [`round ${one.round}`] : [];
}

/** What was put on record of a development, by itself or a correction; without words, that it was taken back. */
interface OracleSaying {
  readonly id: string;
  readonly reads: Development | null;
  readonly status: 'stands' | 'corrected' | 'retracted';
}

/** All that was put on record of a development or of a remark, one an event of the log, whatever became of it. */
function sayingsOf(id: string, log: readonly Logged[], record: OracleRecord): readonly OracleSaying[] {
  const isInEffect = (remark: Development) => record.remarks.some(({ development }) => development.id === remark.id);
  let current = log.find(({ development }) => development.id === id)?.development as Development;
  let isGone = false;
  const sayings: OracleSaying[] = [{ id, reads: current, status: 'stands' }];
  for (const { development: remark } of record.allRemarks.toSorted(inOrder)) {
    const said = () => sayingsOf(remark.id, log, record);
    if (remark.type === 'DevelopmentRetracted' && remark.retracts === id) {
      const isOne = ({ reads }: OracleSaying) => !reads || reads.type === 'DevelopmentRetracted';
      sayings.push(
        ...said()
          .filter(isOne)
          .map((saying) => ({ ...saying, reads: null })),
      );
      if (isInEffect(remark)) isGone = true;
    }
    if (remark.type !== 'DevelopmentCorrected' || remark.corrects !== id) continue;
    const next = asCorrected(current, remark);
    if (isInEffect(remark) && !next) continue;
    for (const saying of said()) {
      const reads = saying.reads && asCorrected(current, saying.reads);
      if (reads || !saying.reads) sayings.push({ ...saying, reads });
    }
    if (isInEffect(remark) && next) current = next;
  }
  const open = sayings.filter(({ reads, status }) => reads && status === 'stands');
  return sayings.map((saying) => {
    if (!open.includes(saying)) return saying;
    return { ...saying, status: saying !== open.at(-1) ? 'corrected' : isGone ? 'retracted' : 'stands' };
  });
}

function asCorrected(development: Development, correction: Development): Development | null {
  if (correction.type !== 'DevelopmentCorrected') return null;
  const parsed = parseDevelopment(patch(development, correction.changes));
  return parsed.ok ? ({ ...parsed.value, id: development.id } as Development) : null;
}

/**
 * What each event of the log did to one cell: everything that was ever put there, with each of its versions and each retraction, and who
 * denied it. Developments come in the order in which they count.
 */
export function oracleHistory(
  log: readonly Logged[],
  cell: { readonly party: string; readonly issue: string },
  gates: OracleGates,
  standard: OracleStandard,
): readonly OracleRow[] {
  const record = oracleRecord(log, gates);
  const isOurs = (one: Development) =>
    isAboutPositions(one) && one.issue === cell.issue && holders(one).includes(cell.party);
  const seen = [...record.world, ...record.retracted].filter(({ effective }) => effective <= gates.asOf).sort(inOrder);
  const told = seen.map(({ development }) => ({ development, sayings: sayingsOf(development.id, log, record) }));
  const ever = told.filter(({ sayings }) => sayings.some(({ reads }) => reads && isOurs(reads)));
  const steps = foldCells(log, record.world, gates, standard).find(
    ({ party, issue }) => party === cell.party && issue === cell.issue,
  )?.rows;
  const inCell = behindWhatTheyDeny(
    seen,
    seen.filter(({ development }) => ever.some((one) => one.development.id === development.id)),
  );
  const toldInCell = inCell.flatMap((one) => told[seen.indexOf(one)] ?? []);
  return toldInCell.flatMap(({ development, sayings }): readonly OracleRow[] => {
    const isDenial = development.type === 'DevelopmentDenied';
    const about = isDenial ? development.denies : development.id;
    if (!ever.some((one) => one.development.id === about)) return [];
    const isGone = record.retracted.some((one) => one.development.id === development.id);
    const { effect, status } = isGone
      ? ({ effect: 'retracted', status: 'retracted' } as const)
      : isDenial
        ? ({ effect: 'beside', status: 'beside' } as const)
        : (steps?.find(({ id }) => id === development.id) ?? ({ effect: 'corrected', status: 'corrected' } as const));
    return sayings.map(({ id, reads, ...saying }): OracleRow => {
      const ended = saying.status === 'stands' ? undefined : saying.status;
      if (!reads) return { id, effect: 'retracted', status: ended ?? 'in-force', stance: null };
      const words = (isDenial || isOurs(reads)) && 'stance' in reads ? reads.stance : undefined;
      return {
        id,
        effect: id === development.id ? effect : 'corrected',
        status: ended ?? status,
        stance: words ?? null,
      };
    });
  });
}

/** In a cell a denial counts when what it denies does, and behind it, where that is later: it would be cleared away by it. */
function behindWhatTheyDeny(some: readonly Standing[], deniable: readonly Standing[]): readonly Standing[] {
  const inTime = (a: Standing, b: Standing) => inOrder({ ...a, revision: 0 }, { ...b, revision: 0 });
  const placed = some.map((one) => {
    const { development } = one;
    const denied = deniable.find(
      (other) => development.type === 'DevelopmentDenied' && other.development.id === development.denies,
    );
    const waits = denied && isAboutPositions(denied.development) && inTime(one, denied) < 0;
    return waits ? { one, at: denied, waits } : { one, at: one, waits: false };
  });
  return placed
    .sort((a, b) => inTime(a.at, b.at) || Number(a.waits) - Number(b.waits) || inOrder(a.one, b.one))
    .map(({ one }) => one);
}

function foldCells(
  log: readonly Logged[],
  standing: readonly Standing[],
  { asOf }: OracleGates,
  standard: OracleStandard,
): readonly Cell[] {
  const timeZone = zoneOf(log);
  const counted = standing.filter(({ effective }) => effective <= asOf);
  const cells = new Map<string, Cell>();
  const cellOf = (party: string, issue: string): Cell => {
    const key = `${party}\n${issue}`;
    const cell = cells.get(key) ?? { party, issue, points: [], beside: [], withdrawnBy: null, rows: [] };
    cells.set(key, cell);
    return cell;
  };
  for (const one of behindWhatTheyDeny(counted, counted)) {
    const { development } = one;
    if (development.type === 'DevelopmentDenied') {
      const denied = counted.find(({ development: { id } }) => id === development.denies)?.development;
      if (!denied || !isAboutPositions(denied)) continue;
      for (const party of holders(denied)) setBeside(cellOf(party, denied.issue), development);
    }
    if (!isAboutPositions(development)) continue;
    for (const party of holders(development)) {
      const cell = cellOf(party, development.issue);
      if (meets(development.attribution, standard)) foldInto(cell, development, naiveDay(one.effective, timeZone));
      else setBeside(cell, development);
    }
  }
  return [...cells.values()];
}

const zoneOf = (log: readonly Logged[]): string => {
  const opening = log.find(({ development }) => development.type === 'NegotiationOpened')?.development;
  return opening?.type === 'NegotiationOpened' ? opening.timeZone : 'UTC';
};

/** Within a log, the moment of recording never steps back. */
function neverBack(log: readonly Logged[]): readonly Logged[] {
  let latest = Number.NEGATIVE_INFINITY;
  return log.map((entry) => {
    latest = Math.max(latest, entry.recorded);
    return { ...entry, recorded: latest };
  });
}

/** The clocks of section 3. */
function clocked(development: Development, entry: Logged, timeZone: string, sources: readonly Source[]): Standing {
  const { occurred } = development;
  const ofIt = development.source ? [development.source] : [];
  const published = [...ofIt, ...sources].flatMap((source) =>
    source.published === undefined ? [] : [naiveSpan(source.published, timeZone).end],
  );
  const { revision, recorded } = entry;
  if (occurred === undefined && !isRemark(development)) {
    const always = Number.NEGATIVE_INFINITY;
    return { development, revision, start: always, effective: always, reported: always };
  }
  const span = occurred === undefined ? undefined : naiveSpan(occurred, timeZone);
  const reported = Math.min(recorded, published.length > 0 ? Math.min(...published) : (span?.end ?? recorded));
  const effective = Math.min(span?.end ?? recorded, reported, recorded);
  return { development, revision, start: span?.start ?? effective, effective, reported };
}

function inOrder(a: Standing, b: Standing): number {
  return compare(a.effective, b.effective) || compare(a.start, b.start) || a.revision - b.revision;
}

const compare = <T extends number | string>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);

/** RFC 7396, section 2. */
function patch(target: unknown, change: unknown): unknown {
  if (change === null || typeof change !== 'object' || Array.isArray(change)) return change;
  const result: Record<string, unknown> =
    target !== null && typeof target === 'object' && !Array.isArray(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(change)) {
    if (value === null) delete result[name];
    else result[name] = patch(result[name], value);
  }
  return result;
}

function meets(attribution: string, standard: OracleStandard): boolean {
  if (standard === 'all') return true;
  return attribution === 'on-record' || (standard === 'stated' && attribution === 'narrative');
}

const isAboutPositions = (development: Development): development is PositionDevelopment =>
  'issue' in development && development.type !== 'IssueRaised';

const holders = ({ party, parties = [] }: PositionDevelopment): readonly string[] =>
  party === undefined ? parties : [party];

interface Cell {
  readonly party: string;
  readonly issue: string;
  points: (OraclePoint & { attribution: string; statedBy: string | null; restsOn: readonly string[] })[];
  beside: OracleBeside[];
  withdrawnBy: string | null;
  rows: (OracleStep & { readonly withdraws?: string | 'everything' })[];
}

type ToldBeside = PositionDevelopment | DevelopmentOf<'DevelopmentDenied'>;

function besideOf(development: ToldBeside): OracleBeside {
  const { id, type, stance = null, attribution, occurred } = development;
  const denies = development.type === 'DevelopmentDenied' ? development.denies : null;
  const { party = null, statedBy = null } = development;
  return { id, type, stance, attribution, statedBy: denies === null ? statedBy : party, occurred, denies };
}

function setBeside(cell: Cell, development: ToldBeside): void {
  cell.beside.push(besideOf(development));
  cell.rows.push({ id: development.id, effect: 'beside', status: 'beside' });
}

/** The fold of section 4 for one party and issue. */
function foldInto(cell: Cell, development: PositionDevelopment, day: string): void {
  const { id, type, attribution, statedBy = null } = development;
  const ended = (points: Cell['points'], status: 'superseded' | 'withdrawn') => {
    const ids = points.flatMap(({ restsOn }) => restsOn);
    for (const row of cell.rows) if (ids.includes(row.id)) row.status = status;
  };
  const overtaken = (withdrawals: (point: string | 'everything') => boolean) => {
    for (const row of cell.rows)
      if (row.withdraws !== undefined && row.status === 'in-force' && withdrawals(row.withdraws))
        row.status = 'superseded';
  };
  if (type === 'PositionWithdrawn' || type === 'DemandDropped') {
    const { point: withdraws = 'everything' } = development;
    const gone = cell.points.filter(({ point }) => withdraws === 'everything' || point === withdraws);
    const nothingHeld = cell.points.length === 0;
    cell.points = cell.points.filter((point) => !gone.includes(point));
    if (gone.length > 0 || nothingHeld) cell.withdrawnBy = id;
    ended(gone, 'withdrawn');
    overtaken((earlier) => earlier === 'everything' || withdraws === 'everything' || earlier === withdraws);
    cell.rows.push({ id, effect: 'withdrawn', status: 'in-force', withdraws });
    return;
  }
  const point = development.point ?? (type === 'ConditionAttached' ? id : 'main');
  const held = cell.points.find((one) => one.point === point);
  if ((type === 'PositionReiterated' || type === 'DemandReiterated') && held) {
    held.lastAffirmed = day;
    held.timesReiterated += 1;
    held.restsOn = [...held.restsOn, id];
    cell.rows.push({ id, effect: 'reiterated', status: 'in-force' });
    return;
  }
  const stance = development.stance ?? null;
  const same = held && held.stance === stance;
  const set = {
    ...{ point, stance, act: type, setBy: id, attribution, statedBy, lastAffirmed: day },
    since: same ? held.since : day,
    timesReiterated: same ? held.timesReiterated : 0,
    restsOn: same ? [...held.restsOn, id] : [id],
  };
  const replacesAll = 'replaces' in development && development.replaces === 'position';
  const others = cell.points.filter((one) => one.point !== point);
  const effect = (): OracleStep['effect'] => {
    if (same && !(replacesAll && others.length > 0)) return 'reiterated';
    if (type === 'ConditionAttached') return 'conditioned';
    return held || (replacesAll && others.length > 0) ? 'changed' : 'new';
  };
  cell.rows.push({ id, effect: effect(), status: 'in-force' });
  if (held && !same) ended([held], 'superseded');
  if (replacesAll) ended(others, 'superseded');
  if (!same) overtaken((earlier) => earlier === 'everything' || earlier === point || replacesAll);
  cell.points = [...(replacesAll ? [] : others), set];
  if (point === 'main') cell.beside = [];
}

function positionOf({ party, issue, points, beside, withdrawnBy }: Cell): OraclePosition {
  const main = points.find(({ point }) => point === 'main');
  const restsOn = points.flatMap((point) => point.restsOn);
  return {
    party,
    issue,
    status: points.length > 0 ? 'held' : withdrawnBy === null ? 'none' : 'withdrawn',
    attribution: main?.attribution ?? null,
    statedBy: main?.statedBy ?? null,
    stance: main?.stance ?? null,
    act: main?.act ?? null,
    setBy: main?.setBy ?? null,
    since: main?.since ?? null,
    lastAffirmed: main?.lastAffirmed ?? null,
    timesReiterated: main?.timesReiterated ?? null,
    points: points.map(({ restsOn: _, ...point }) => point).sort((a, b) => compare(a.point, b.point)),
    beside,
    developments: points.length > 0 ? restsOn.toSorted() : withdrawnBy === null ? [] : [withdrawnBy],
  };
}
