/** The layers of docs/architecture.md: imports point down this list only. */
const lower = (from, allowed) => ({
  name: `${from}-looks-down`,
  comment: `libs/${from} may import ${allowed.length ? allowed.map((lib) => `libs/${lib}`).join(', ') : 'no other lib'}`,
  severity: 'error',
  from: { path: `^libs/${from}/` },
  // Who may import libs/testing is the business of testing-stays-in-tests.
  to: { path: `^(apps|bench|test|libs/(?!${[from, 'testing', ...allowed].map((lib) => `${lib}/`).join('|')}))` },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'apps-are-islands',
      comment:
        'apps never import each other; standalone is the five in one process; of `hecto`, what looks after the storage and the log needs the list of collections and the repository of the progress, and what checks them all documents and how messages are laid out in them, and the test of the dead letters the train that makes them',
      severity: 'error',
      from: { path: '^apps/(?!standalone)([^/]+)/', pathNot: '^apps/cli/src/(storage|log|doctor|check|dlq)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'only-main-picks-an-adapter',
      severity: 'error',
      from: { path: '^apps/', pathNot: ['/main\\.ts$', '^apps/(cli|standalone)/'] },
      to: { path: '^libs/bus-kafka/' },
    },
    {
      name: 'kafkajs-in-its-adapter-only',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: ['^libs/bus-kafka/', '\\.spec\\.ts$'] },
      to: { path: 'node_modules/kafkajs' },
    },
    {
      name: 'mongodb-behind-repositories',
      severity: 'error',
      from: {
        path: '^apps/',
        pathNot: ['\\.(repository|document|mapper|collections)\\.ts$', '\\.spec\\.ts$', '/main\\.ts$', '^apps/cli/'],
      },
      to: { path: 'node_modules/mongodb/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'testing-stays-in-tests',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: ['\\.(spec|suite)\\.ts$', '^libs/testing/', '^apps/(cli|standalone)/'] },
      to: { path: '^libs/testing/' },
    },
    lower('kernel', []),
    lower('contracts', ['kernel']),
    lower('config', ['kernel', 'contracts']),
    lower('observability', ['kernel', 'contracts', 'config']),
    lower('cache', ['kernel', 'contracts', 'observability']),
    lower('storage', ['kernel', 'contracts', 'observability']),
    lower('bus', ['kernel', 'contracts', 'observability']),
    lower('bus-kafka', ['kernel', 'contracts', 'observability', 'bus']),
    lower('outbox', ['kernel', 'contracts', 'observability', 'storage', 'bus']),
    lower('runtime', ['kernel', 'contracts', 'config', 'observability', 'bus', 'storage', 'cache', 'outbox']),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['types', 'import', 'node', 'default'] },
  },
};
