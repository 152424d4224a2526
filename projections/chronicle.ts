/** The chronicle: every development in the order in which it counts, with what became of it. Nothing is left out. */
import { edtfWords } from '../events/edtf-words.ts';
import { type Development, partiesOf } from '../events/index.ts';
import type { ChronicleEntry, Possibility } from './answers.ts';
import { moment, momentOrAlways } from './moments.ts';
import { statedByOf } from './positions.ts';
import type { Standing } from './record.ts';

/** @param among what else stands: who denied any of it is looked for there */
export function chronicleOf(told: readonly Standing[], among: readonly Standing[] = told): readonly ChronicleEntry[] {
  const denials = Map.groupBy(among.flatMap(denialOf), ({ denies }) => denies);
  return told.map((one) => chronicleEntry(one, denials.get(one.development.id) ?? []));
}

const denialOf = ({ development, entry, removedBy }: Standing) =>
  development.type === 'DevelopmentDenied' && removedBy === null ? [{ ...development, recorded: entry.recorded }] : [];

function chronicleEntry(
  { development, entry, clocks, corrections, corroboratedBy, removedBy }: Standing,
  denials: ReturnType<typeof denialOf>,
): ChronicleEntry {
  const first = entry.development;
  return {
    id: development.id,
    type: development.type,
    status: statusOf(corrections.length > 0, removedBy),
    revision: String(entry.revision),
    position: entry.position,
    occurred: development.occurred ?? null,
    effective: momentOrAlways(clocks.effective),
    reported: momentOrAlways(clocks.reported),
    recorded: moment(entry.recorded),
    parties: partiesOf(development),
    issue: issueOf(development),
    headline: headline(development),
    attribution: development.attribution ?? null,
    statedBy: statedByOf(development),
    source: development.source ?? null,
    corroboratedBy,
    recorder: entry.recorder,
    corrections: corrections.map((correction) => ({
      id: correction.development.id,
      reported: momentOrAlways(correction.clocks.reported),
      recorded: moment(correction.clocks.recorded),
      changes: correction.development.changes,
      source: correction.development.source,
    })),
    first: corrections.length > 0 ? { occurred: first.occurred ?? null, headline: headline(first) } : null,
    denials: denials.map(({ id, party, stance = null, recorded }) => ({
      ...{ id, party, stance },
      recorded: moment(recorded),
    })),
    removedBy: removedBy && {
      id: removedBy.development.id,
      type: removedBy.development.type,
      recorded: moment(removedBy.clocks.recorded),
      reason: removedBy.development.type === 'DevelopmentRetracted' ? removedBy.development.reason : null,
      into: removedBy.development.type === 'DevelopmentMerged' ? removedBy.development.into : null,
    },
  };
}

function statusOf(corrected: boolean, removedBy: Standing['removedBy']): ChronicleEntry['status'] {
  if (removedBy) return removedBy.development.type === 'DevelopmentMerged' ? 'merged' : 'retracted';
  return corrected ? 'corrected' : 'stands';
}

/** What may have happened by a moment, but had not certainly: its `occurred` contains the moment and it does not count yet. */
export const possiblyBy = (standing: readonly Standing[], asOf: number): readonly Possibility[] =>
  standing.flatMap(({ development, clocks, removedBy }) =>
    removedBy === null && clocks.start <= asOf && asOf < clocks.effective ? possibilityOf(development) : [],
  );

/** A development as it is listed where it may have happened; nothing for one that has no date. */
export const possibilityOf = (development: Development): readonly Possibility[] =>
  development.occurred === undefined
    ? []
    : [
        {
          id: development.id,
          type: development.type,
          occurred: development.occurred,
          parties: partiesOf(development),
          issue: issueOf(development),
          headline: headline(development),
        },
      ];

const issueOf = (development: Development): string | null => ('issue' in development ? development.issue : null);

/** One line that says what a development is about, for lists that name its parties beside it. */
export function headline(development: Development): string {
  switch (development.type) {
    case 'NegotiationOpened':
      return development.title;
    case 'PartyJoined':
      return `${development.name} joins as ${development.role}`;
    case 'PartyLeft':
      return development.reason ?? 'leaves the talks';
    case 'IssueRaised':
      return development.title;
    case 'PositionStated':
    case 'DemandStated':
    case 'ProposalMade':
    case 'ProposalAccepted':
    case 'ProposalRejected':
    case 'RedLineDeclared':
    case 'ConcessionSignalled':
    case 'ConditionAttached':
      return development.stance;
    case 'PositionReiterated':
    case 'DemandReiterated':
      return development.stance ?? 'reiterated';
    case 'PositionWithdrawn':
    case 'DemandDropped':
      return development.stance ?? 'withdrawn';
    case 'RoundScheduled':
    case 'RoundPostponed':
    case 'RoundCancelled':
    case 'RoundOpened':
    case 'RoundConcluded':
      return development.summary === undefined
        ? [development.round, development.venue, development.scheduledFor && edtfWords(development.scheduledFor)]
            .filter(Boolean)
            .join(', ')
        : `${development.round}: ${development.summary}`;
    case 'DelegationNamed': {
      const { head, members = [] } = development;
      const people = head === undefined ? members : [head, ...members];
      return people.length === 0 ? 'a delegation' : people.join(', ');
    }
    case 'PlanPublished':
    case 'PlanAdjusted': {
      const version = `${development.plan}, version ${development.version}`;
      return development.summary === undefined ? version : `${version}: ${development.summary}`;
    }
    case 'DocumentExchanged':
    case 'JointStatementIssued':
      return development.title;
    case 'PrisonerExchangeAgreed':
    case 'PrisonerExchangeCarriedOut':
      return `${development.exchange}: ${development.summary}`;
    case 'AgreementReached':
    case 'AgreementSuspended':
      return `${development.agreement}: ${development.summary}`;
    case 'StatementIssued':
    case 'IncidentReported':
      return development.summary;
    case 'DevelopmentCorrected':
      return `${development.corrects}: ${Object.keys(development.changes).join(', ')} corrected`;
    case 'DevelopmentRetracted':
      return `${development.retracts}: ${development.reason}`;
    case 'DevelopmentCorroborated':
      return `${development.corroborates}: reported by ${development.source.publisher} too`;
    case 'DevelopmentDenied':
      return `denies ${development.denies}${development.stance === undefined ? '' : `: ${development.stance}`}`;
    case 'DevelopmentMerged':
      return `${development.duplicate} is the same as ${development.into}`;
  }
}
