import { describe, expect, test } from 'vitest';
import { ERRORS } from '../../events/errors.ts';
import { COMMAND_ERRORS } from '../../src/cli/errors.ts';
import { readme } from './error-table.ts';

describe('the README', () => {
  test('lists every error of the registry, as it stands (npm run readme writes it)', () => {
    const { written, due } = readme();
    expect(written).toBe(due);
    for (const code of Object.keys({ ...ERRORS, ...COMMAND_ERRORS })) expect(written).toContain(`| \`${code}\` |`);
  });
});
