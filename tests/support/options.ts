/** The options of programs that are run by hand. */
import process from 'node:process';
import { type ParseArgsConfig, parseArgs } from 'node:util';

type Options = NonNullable<ParseArgsConfig['options']>;

/**
 * What stands behind the name of a program. `--help` prints how it is used and ends it; what it does not know ends it with 2.
 * @param usage how it is used, to be read by a person
 */
export function optionsOf<const T extends Options>(usage: string, options: T) {
  if (process.argv.slice(2).some((given) => given === '--help' || given === '-h')) {
    process.stdout.write(`${usage}\n`);
    process.exit(0);
  }
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    return misused(usage, error instanceof Error ? error.message : String(error));
  }
}

/** Ends the program: it cannot do what it was asked. */
export function misused(usage: string, message: string): never {
  process.stderr.write(`${message}\n\n${usage}\n`);
  process.exit(2);
}
