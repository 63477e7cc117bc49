import type { DemoUser } from '../../seeds/demo.ts'

/** What a newcomer needs to see: where things are and how to sign in. */
export function banner(url: string, dataDir: string, users: readonly DemoUser[]): string {
  const shown = ['enterprise', 'university', 'financial_institution', 'broker_firm', 'market_operator'].flatMap(
    (kind) => {
      const user = users.find(
        (one) => one.organisationKind === kind && (kind !== 'broker_firm' || one.role === 'broker'),
      )
      return user === undefined
        ? []
        : [`    ${user.role.padEnd(9)} ${user.email.padEnd(42)} ${user.password}   ${user.organisation}`]
    },
  )
  const accounts =
    shown.length === 0 ? [] : ['', '  demo accounts (all of them: ' + dataDir + '/demo-credentials.json)', ...shown]
  return [
    '',
    `  Queqiao 鹊桥 is ready at ${url}`,
    `    ${url}/docs          the API, to read and to try`,
    `    ${url}/openapi.json  for generators`,
    `    ${url}/readyz        health; /metrics for Prometheus`,
    ...accounts,
    '',
    '  Ctrl-C stops everything; npm start goes on where it stopped.',
    '',
    '',
  ].join('\n')
}
