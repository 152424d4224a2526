import type { Command } from 'commander';
import { developmentJsonSchema } from '../../../events/index.ts';
import type { Cli } from '../cli.ts';
import { examples, jsonOption } from '../options.ts';

export function registerSchema(program: Command, { terminal }: Cli): void {
  program
    .command('schema')
    .description('the JSON Schema of a development, all types of the catalogue')
    .addOption(jsonOption())
    .addHelpText('after', examples('demarche schema > development.schema.json'))
    .action(() => terminal.json(developmentJsonSchema()));
}
