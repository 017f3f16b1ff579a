// The import directions of the house. A slice of the server imports only lower ones, through their doors.
const order = [
  ['platform'],
  ['audit', 'staff'],
  ['approvals', 'batches', 'mail', 'reviews'],
  ['sites', 'gateways'],
  ['inbox'],
  ['payers', 'instruments', 'transactions', 'recurrences'],
  ['sessions', 'preauthorizations'],
  ['schedules'],
  ['desk'],
  ['reconciliation'],
  ['reports', 'webhooks', 'practice'],
];

const doors = '\\.(service|states|rules|entity|module|port|guard)\\.ts$|/staff/access\\.ts$';
const spec = '\\.spec\\.tsx?$';
const server = (slices) => `^server/src/(${slices.join('|')})/`;

const onlyDownwards = order.slice(0, -1).map((slices, level) => ({
  name: `server-${slices[0]}-imports-only-lower-slices`,
  severity: 'error',
  comment: 'Slices import downwards only: shared, platform, audit and staff … reports. See the architecture.',
  from: { path: server(slices), pathNot: spec },
  to: { path: server(order.slice(level + 1).flat()) },
}));

/** Every slice above the platform is entered through its doors alone; the platform has no slices above its words. */
const throughTheDoors = order
  .slice(1)
  .flat()
  .map((slice) => ({
    name: `server-${slice}-is-entered-through-its-doors`,
    severity: 'error',
    comment:
      'Import a slice through its services, states, rules, entities, module, port or guard; its store stays its own.',
    from: { path: '^server/src/[^/]+/', pathNot: `${server([slice])}|^server/src/migrations/|${spec}` },
    to: { path: server([slice]), pathNot: doors },
  }));

const never = (name, from, to) => ({ name, severity: 'error', from: { path: from }, to: { path: to } });

module.exports = {
  forbidden: [
    ...onlyDownwards,
    ...throughTheDoors,
    never('shared-imports-nothing-of-ours', '^shared/', '^(server|sandbox|web|test)/'),
    never('sandbox-imports-nothing-of-ours', '^sandbox/', '^(shared|server|web|test)/'),
    never('server-imports-only-shared', '^server/', '^(sandbox|web|test)/'),
    never('web-imports-only-shared', '^web/', '^(server|sandbox|test)/'),
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: [
          '\\.d\\.ts$',
          spec,
          '^(server|sandbox)/src/(main|migrate|person)\\.ts$',
          '^server/src/migrations/',
          '^test/(bench|support)/',
          'vite\\.config\\.ts$',
        ],
      },
      to: {},
    },
    {
      name: 'only-what-exists',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^virtual:' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.dist-[^/]+|node_modules|\\.artifacts)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.cjs', '.mjs', '.json'],
    },
  },
};
