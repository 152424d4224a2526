/** Who takes part, and what it is about. A party that left can still speak, and may return. */
import type { Issue, Participant } from './answers.ts';
import type { Counted } from './record.ts';

/** The parties on record, in the order in which they first joined. */
export function participantsOf(counted: readonly Counted[]): readonly Participant[] {
  const participants = new Map<string, Participant>();
  for (const { development } of counted) {
    if (development.type === 'PartyJoined') {
      const { party, name, role, memberOf = null, code = null, occurred = null } = development;
      const joined = participants.get(party);
      participants.set(party, {
        party,
        name,
        role,
        memberOf: memberOf ?? joined?.memberOf ?? null,
        code: code ?? joined?.code ?? null,
        status: 'present',
        joined: joined ? joined.joined : occurred,
        left: null,
      });
    } else if (development.type === 'PartyLeft') {
      const present = participants.get(development.party);
      if (present)
        participants.set(development.party, { ...present, status: 'left', left: development.occurred ?? null });
    }
  }
  return [...participants.values()];
}

/** The issues on record, in the order in which they were first raised; raised again, an issue takes its new title; what is not said again stays. */
export function issuesOf(counted: readonly Counted[]): readonly Issue[] {
  const issues = new Map<string, Issue>();
  for (const { development } of counted) {
    if (development.type !== 'IssueRaised') continue;
    const { issue, title, parent, code } = development;
    const raised = issues.get(issue);
    issues.set(issue, {
      issue,
      title,
      parent: parent ?? raised?.parent ?? null,
      code: code ?? raised?.code ?? null,
    });
  }
  return [...issues.values()];
}
