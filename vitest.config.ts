import { defineConfig } from 'vitest/config'

const unit = [
  'test/kernel/**/*.test.ts',
  'test/text/**/*.test.ts',
  'test/rules/**/*.test.ts',
  'test/modules/**/domain/**/*.test.ts',
  'test/config.test.ts',
  'test/choose-work.test.ts',
]
const contract = 'test/contracts/**/*.test.ts'
const flow = 'test/flows/**/*.test.ts'
const faults = 'test/faults/**/*.test.ts'
/** What is measured there would be measured beside another file's kills and crowds. */
const measuredAlone = 'test/faults/migrate-under-*.test.ts'

/** The cluster starts only when a file of these projects runs, and once for all of them. */
const withDatabase = {
  globalSetup: ['test/support/global-setup.ts'],
  testTimeout: 20_000,
  hookTimeout: 60_000,
  // Real servers, ports and clocks beside other load: CI tries a failed test once more, and vitest names those that needed
  // it. What is broken fails twice; at the desk nothing is tried again.
  retry: process.env.CI === 'true' ? 1 : 0,
}

// `npm run test:faults`: as much work and as many kills as RELIABILITY §2.8 asks for. Otherwise the same tests, small.
const isLong = (mode: string) => mode === 'long' || process.env.FAULTS === 'long'

/** What a test waits for has limits of its own, which say what it was; these only end a test that hangs. */
const withFaults = (mode: string) => ({
  ...withDatabase,
  env: { FAULTS: isLong(mode) ? 'long' : 'short' },
  testTimeout: isLong(mode) ? 3_600_000 : 240_000,
  hookTimeout: isLong(mode) ? 900_000 : 120_000,
})

export default defineConfig(({ mode }) => ({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    // Files share the modules of their worker: on two cores loading them took 368 s of both workers' time when each of 362 files
    // did it for itself, and takes 55 s now. What a file makes it takes away again; database, server and clock are its own.
    isolate: false,
    projects: [
      // 20 s as well: properties over thousands of texts take 1 s on an idle machine and over 5 s on a busy one.
      { extends: true, test: { name: 'unit', include: unit, testTimeout: 20_000 } },
      {
        extends: true,
        test: {
          ...withDatabase,
          name: 'db',
          include: ['test/**/*.test.ts'],
          exclude: [...unit, contract, flow, faults],
        },
      },
      { extends: true, test: { ...withDatabase, name: 'contract', include: [contract] } },
      { extends: true, test: { ...withDatabase, name: 'flow', include: [flow], testTimeout: 60_000 } },
      { extends: true, test: { ...withFaults(mode), name: 'faults', include: [faults], exclude: [measuredAlone] } },
      {
        extends: true,
        test: {
          ...withFaults(mode),
          ...{ name: 'faults-alone', include: [measuredAlone], maxWorkers: 1, sequence: { groupOrder: 1 } },
        },
      },
    ],
  },
}))
