import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { examples } from '../options.ts';

export function registerTemplate(program: Command, { terminal }: Cli): void {
  program
    .command('template')
    .description('a CSV file to start from: its columns, and example rows that import as they are')
    .addHelpText('after', examples('demarche template > positions.csv', 'demarche import positions.csv --declare'))
    .action(async () => {
      const { csvTemplate } = await import('../../tracker/transfer/index.ts');
      await terminal.file(csvTemplate());
    });
}
