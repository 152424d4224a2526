import type { Command } from 'commander';
import { DemarcheError } from '../../../events/index.ts';
import { type Verification, verifyStore } from '../../tracker/verification.ts';
import type { Cli, CommonOptions } from '../cli.ts';
import { examples, type JsonOption, jsonOption } from '../options.ts';
import { startProgress } from '../progress.ts';
import { momentDay } from '../text/dates.ts';
import { counted, type Line, paragraph } from '../text/lines.ts';

export function registerVerify(program: Command, { terminal, withStore }: Cli): void {
  program
    .command('verify')
    .description('read the whole log and check its order, revisions, ids and every development')
    .addOption(jsonOption())
    .addHelpText('after', '\nExits with 1 and names it if something is wrong.')
    .addHelpText('after', examples('demarche verify', 'demarche verify --store sqlite:backup.db --json'))
    .action(async (_options: unknown, command: Command) => {
      const { store: address, json } = command.optsWithGlobals<JsonOption & CommonOptions>();
      await withStore(address, 'read', async (store) => {
        const progress = startProgress(terminal, 'verifying', 'events');
        const verification = await verifyStore(store, progress.update).finally(progress.stop);
        if (json) terminal.json(verification);
        else terminal.print(verificationLines(store.address, verification, terminal.width));
        const { faults, faulty } = verification;
        if (faulty > 0)
          throw new DemarcheError('STORE_CORRUPT', `${counted(faulty, 'fault')} in the log at ${store.address}`, {
            faults,
          });
      });
    });
}

function verificationLines(
  address: string,
  { events, negotiations, faulty }: Verification,
  width: number,
): readonly Line[] {
  const verdict = faulty === 0 ? 'nothing wrong' : counted(faulty, 'fault');
  return [
    ...paragraph(
      `${address}: ${counted(events, 'event')}, ${counted(negotiations.length, 'negotiation')}, ${verdict}`,
      {
        width,
        style: 'strong',
      },
    ),
    ...negotiations.flatMap(({ negotiation, developments, groups, firstRecorded, lastRecorded }) => [
      ...paragraph(
        `${negotiation}: ${counted(developments, 'development')}, recorded ${momentDay(firstRecorded, 'UTC')} to ${momentDay(lastRecorded, 'UTC')}`,
        { width, indent: 2 },
      ),
      ...paragraph(
        Object.entries(groups)
          .filter(([, count]) => count > 0)
          .map(([group, count]) => `${group} ${count.toLocaleString('en')}`)
          .join(', '),
        { width, indent: 4 },
      ),
    ]),
    ...paragraph(
      'checked: positions, revisions, ids, the catalogue, declared names, what corrections refer to, how the store keeps them',
      { width, style: 'faint' },
    ),
  ];
}
