/** What the suite switches off because its data may die with it; the defaults have a test of their own. */
export const quickSettings = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }
