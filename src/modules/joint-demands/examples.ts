/** A value that the document shows; a test checks that it satisfies its schema. */
export const exampleJoint = {
  id: 'jnt_01k9w3ynwzf5yr8t6x2m4q7c4c',
  market: 'ningbo',
  title: '混合动力系统轻量化高气密壳体需求',
  state: 'inviting' as const,
  memberCount: 2,
  members: [
    {
      organisation: { id: 'org_01k9w3ynwzf5yr8t6x2m4q7c0d', name: '宁波某动力有限公司' },
      ...{ demandId: 'dem_01k9w3ynwzf5yr8t6x2m4q7c1a', budgetFen: 200_000_000, shareBasisPoints: 6_667 },
      answer: 'agreed' as const,
    },
    {
      organisation: { id: 'org_01k9w3ynwzf5yr8t6x2m4q7c0e', name: '余姚某压铸有限公司' },
      ...{ demandId: 'dem_01k9w3ynwzf5yr8t6x2m4q7c1b', budgetFen: 100_000_000, shareBasisPoints: 3_333 },
    },
  ],
  answerBy: '2026-12-11T02:00:00.000Z',
  createdAt: '2026-11-27T02:00:00.000Z',
}
