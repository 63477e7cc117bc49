// The architecture as rules; the comment of a rule is its error message. test/architecture.test.ts runs them.
const rule = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to })
const inModule = '^src/modules/([^/]+)/'

module.exports = {
  forbidden: [
    rule(
      'no-circular',
      {},
      { circular: true },
      'A cycle means two files are one; merge them or move the shared part down.',
    ),
    rule(
      'kernel-stands-alone',
      { path: '^src/kernel/' },
      { pathNot: ['^src/kernel/', 'node_modules/(zod|typeid-js)/'] },
      'The kernel is shared by all: words only, no IO, nothing from outside but zod and typeid-js.',
    ),
    rule(
      'text-stands-alone',
      { path: '^src/text/' },
      {
        pathNot: [
          '^src/(text|kernel)/',
          'node_modules/(@node-rs/jieba|opencc-js|pinyin-pro)/',
          '^seeds/reference/[^/]+\\.json$',
        ],
      },
      'Folding and tokenising know only the kernel and dictionaries.',
    ),
    rule(
      'rules-stand-alone',
      { path: '^src/rules/' },
      { pathNot: ['^src/(rules|kernel)/', '^seeds/reference/[^/]+\\.json$'] },
      'The rule language is pure: it knows the kernel and reference data, and nobody’s modules.',
    ),
    rule(
      'ports-know-only-kernel',
      { path: '^src/ports/' },
      { pathNot: ['^src/(kernel|ports)/'] },
      'A port is an interface; it names no technology.',
    ),
    rule(
      'domain-is-pure',
      { path: inModule + 'domain/' },
      { pathNot: ['^src/(kernel|rules)/', '^src/modules/$1/domain/', '^seeds/reference/[^/]+\\.json$'] },
      'Rules are pure: domain imports the kernel, the rule language, its own domain and reference data.',
    ),
    rule(
      'modules-meet-at-index',
      { path: inModule, pathNot: '(table|-view)\\.ts$' },
      { path: '^src/modules/', pathNot: ['^src/modules/$1/', '^src/modules/[^/]+/index\\.ts$'] },
      "Import another module's index.ts, not its inside.",
    ),
    rule(
      'tables-and-views-may-join',
      { path: inModule + '.*(table|-view)\\.ts$' },
      { path: '^src/modules/', pathNot: ['^src/modules/$1/', '^src/modules/[^/]+/(index|table)\\.ts$'] },
      'Tables and views may join the tables of other modules, nothing else of them.',
    ),
    rule(
      'modules-see-ports-not-adapters',
      { path: '^src/(modules|outbox|http|audit)/' },
      { path: '^src/(adapters|boot|compose|app|server|worker|registry|config|embedded)' },
      'Business code asks for a port; compose.ts chooses the adapter.',
    ),
    rule(
      'adapters-know-no-modules',
      { path: '^src/adapters/' },
      { pathNot: ['^src/(adapters|ports|kernel|text|db)/', 'node_modules/', '^node:'], dependencyTypesNot: ['core'] },
      'An adapter serves any module.',
    ),
    rule(
      'vendor-clients-in-adapters',
      { pathNot: '^(src/adapters/|test/)' },
      { path: 'node_modules/(bullmq|ioredis|meilisearch|nodemailer)/' },
      'Vendor clients live in adapters.',
    ),
    rule(
      'telemetry-loads-lazily',
      { path: '^src/' },
      { path: '^src/adapters/telemetry/', dynamic: false },
      'OpenTelemetry costs a start 100 ms: import it when an endpoint is set, by import().',
    ),
    rule(
      'sql-in-repos',
      {
        path: '^src/',
        pathNot: [
          '^src/(db|outbox|audit|adapters|embedded|http/idempotency)',
          '(table|-repo|-view)\\.ts$',
          '^src/cli/',
        ],
      },
      { path: 'node_modules/(drizzle-orm|pg)/' },
      'SQL lives in table, repo and view files.',
    ),
    rule(
      'http-in-routes',
      { path: '^src/', pathNot: ['^src/(http/|app\\.ts|server\\.ts|cli/)', '/routes\\.ts$'] },
      { path: 'node_modules/(fastify|@fastify|fastify-[^/]+)/' },
      'HTTP lives in http/ and routes.ts.',
    ),
    rule(
      'routes-only-from-app',
      { pathNot: '^src/app\\.ts$' },
      { path: '/routes\\.ts$' },
      'Only app.ts mounts routes.',
    ),
    rule(
      'jobs-only-from-registry',
      { path: '^(src|workers)/', pathNot: ['^src/registry\\.ts$'] },
      { path: '^src/modules/[^/]+/jobs\\.ts$' },
      'Only registry.ts lists jobs.',
    ),
    rule(
      'upstream-modules',
      { path: '^src/modules/(identity|taxonomy|markets|listings|supplies|demands|financing|evidence)/' },
      {
        path: '^src/modules/(search|saved-searches|matching|review|notifications|webhooks|auctions|licences|calendar|introductions|deals|deeds|statistics|eligibility|policies|applications|risk-sharing|framework-agreements)/',
      },
      'Upstream modules never hear of downstream ones: talk down by events.',
    ),
    rule(
      'nothing-imports-entry-points',
      { pathNot: '^(test|src/cli)/' },
      { path: '^workers/|^src/(server|start)\\.ts$' },
      'Entry points are started, not imported.',
    ),
    rule(
      'no-orphans',
      { orphan: true, pathNot: ['\\.d\\.ts$', '^src/(server|start)\\.ts$', '^src/cli/', '^workers/'] },
      {},
      'A file that nothing imports is dead.',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
