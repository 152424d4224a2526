/** The arrows of the house: who may import whom. Checked in CI by `npm run arrows`. */
const only = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    only('no-cycles', 'A cycle means two files are one.', {}, { circular: true }),
    only(
      'events-know-nothing-of-ours',
      'events/ imports zod and pure libraries only.',
      { path: '^events/' },
      { path: '^(projections|src)/' },
    ),
    only(
      'projections-know-events-only',
      'projections/ follow from events/.',
      { path: '^projections/' },
      { path: '^src/' },
    ),
    only(
      'pure-rooms-do-no-io',
      'No clock, no random, no I/O in events/ and projections/.',
      { path: '^(events|projections)/' },
      { dependencyTypes: ['core'] },
    ),
    only(
      'projections-need-no-library',
      'Projections are folds: beside events/ they import zod, for the shape of an answer.',
      { path: '^projections/' },
      { dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer'], pathNot: 'node_modules/zod/' },
    ),
    only(
      'store-knows-events-only',
      'The log does not know what follows from it.',
      { path: '^src/store/' },
      { path: '^(projections/|src/(?!store/))' },
    ),
    only(
      'tracker-knows-the-port-only',
      'The tracker sees a store through the port.',
      { path: '^src/tracker/' },
      { path: '^src/(http|cli|web)/|^src/store/(sqlite|eventstoredb|open)' },
    ),
    only(
      'tracker-log-does-not-record',
      'What reads a log knows nothing of how it is decided on.',
      { path: '^src/tracker/log/' },
      { path: '^src/tracker/(recording/|transfer/|[^/]+$)', pathNot: '^src/tracker/refusals' },
    ),
    only(
      'tracker-texts-stand-alone',
      'Answers as bytes are made of what they are handed.',
      { path: '^src/tracker/text/' },
      { path: '^src/tracker/(?!text/)' },
    ),
    only(
      'http-does-not-know-cli',
      'The API stands without the command line.',
      { path: '^src/http/' },
      { path: '^src/(cli|web)/' },
    ),
    only(
      'esdb-client-in-one-place',
      'Only store/eventstoredb* knows the EventStoreDB client.',
      { pathNot: '^src/store/eventstoredb' },
      { path: 'node_modules/@eventstore/' },
    ),
    only(
      'sqlite-in-one-place',
      'Only store/sqlite* knows the SQLite driver.',
      { path: '^(src|events|projections)/', pathNot: '^src/store/sqlite' },
      { path: '^(node:)?sqlite$' },
    ),
    only(
      'fastify-in-http',
      'Only http/ knows Fastify.',
      { pathNot: '^src/http/' },
      { path: 'node_modules/(@?fastify)' },
    ),
    only(
      'rxjs-at-the-edges',
      'The store port is an AsyncIterable; RxJS begins where changes fan out.',
      { path: '^(events|projections|src/store)/' },
      { path: 'node_modules/rxjs' },
    ),
    only(
      'server-does-not-import-the-page',
      'The page is built apart.',
      { path: '^src/(?!web/)' },
      { path: '^src/web/' },
    ),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^src/web/dist' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
