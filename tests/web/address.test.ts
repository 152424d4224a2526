import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Address, HOME, isNow, readAddress, VIEWS, writeAddress } from '../../src/web/address.ts';

const word = fc.string({ minLength: 1, maxLength: 20 }).filter((text) => text.trim() === text);
const slug = fc.stringMatching(/^[a-z0-9-]{1,12}$/);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });

const anyAddress: fc.Arbitrary<Address> = fc
  .record({
    negotiation: maybe(slug),
    view: fc.constantFrom(...VIEWS),
    asOf: maybe(word),
    knownOn: maybe(word),
    asThenKnown: fc.boolean(),
    recordedBy: maybe(word),
    standard: fc.constantFrom('strict', 'stated', 'all'),
    from: maybe(word),
    cell: maybe(fc.record({ party: slug, issue: slug })),
    about: maybe(slug),
    folded: fc.array(slug, { maxLength: 4 }),
    follow: fc.boolean(),
  })
  .map((address) => ({
    ...address,
    knownOn: address.asThenKnown ? null : address.knownOn,
    about: address.view === 'record' ? address.about : null,
  }));

describe('The address of a view', () => {
  it('says everything that is on screen: read back, it is the same view', () => {
    fc.assert(
      fc.property(anyAddress, (address) => {
        expect(readAddress(writeAddress(address).slice(1))).toEqual(address);
      }),
    );
  });

  it('is one and the same for one view', () => {
    fc.assert(
      fc.property(anyAddress, (address) => {
        const written = writeAddress(address);
        expect(writeAddress(readAddress(written.slice(1)))).toBe(written);
      }),
    );
  });

  it('is short for the plain view of now', () => {
    expect(writeAddress(HOME)).toBe('/');
    expect(isNow(readAddress(''))).toBe(true);
    expect(isNow(readAddress('?then=true'))).toBe(false);
  });

  it('leaves what it does not understand at its default', () => {
    expect(readAddress('?view=__proto__&standard=best&then=maybe&party=russia&asOf=')).toEqual(HOME);
  });
});
