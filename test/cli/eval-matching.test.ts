import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/modules/matching/domain/embedding/random.ts'
import { bundleForNode } from '../support/bundle.ts'

const run = promisify(execFile)
const words = '电池 正极 材料 压铸 铝合金 废水 处理 检测 机器人 激光 焊接 疫苗 秸秆 颗粒 电机 控制'.split(' ')
let directory: string
let script: string

/** 14 demands with 12 supplies each; the more words a pair shares, the higher its level. */
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'queqiao-eval-'))
  const random = seededRandom(4)
  const pick = (count: number) => Array.from({ length: count }, () => words[Math.floor(random() * words.length)] ?? '')
  const [queries, corpus, judgements]: string[][] = [[], [], ['query-id\tcorpus-id\tscore']]
  for (let d = 0; d < 14; d++) {
    const wanted = pick(4)
    queries?.push(
      JSON.stringify({
        _id: `d${d}`,
        title: `${wanted.join('')}技术需求${d}`,
        text: `希望解决${wanted.join('、')}的问题。`,
      }),
    )
    for (let s = 0; s < 12; s++) {
      const offered = [...wanted.slice(0, s % 4), ...pick(2)]
      const shared = offered.filter((word) => wanted.includes(word)).length
      corpus?.push(JSON.stringify({ _id: `d${d}s${s}`, title: offered.join(' '), text: '' }))
      judgements?.push(`d${d}\td${d}s${s}\t${Math.min(4, 1 + shared)}`)
    }
  }
  await mkdir(join(directory, 'qrels'))
  await writeFile(join(directory, 'queries.jsonl'), `${queries?.join('\n')}\n`)
  await writeFile(join(directory, 'corpus.jsonl'), `${corpus?.join('\n')}\n`)
  const [header = '', ...rows] = judgements ?? []
  await writeFile(join(directory, 'qrels/train.tsv'), `${[header, ...rows.slice(0, 120)].join('\n')}\n`)
  await writeFile(join(directory, 'qrels/test.tsv'), `${[header, ...rows.slice(120)].join('\n')}\n`)
  script = await bundleForNode('src/cli/eval-matching.ts')
}, 30_000)
afterAll(async () => {
  await rm(directory, { recursive: true })
  await rm(script)
})

const evaluate = async (...args: string[]) =>
  (await run(process.execPath, [script, '--dataset', directory, ...args])).stdout

describe('eval:matching', () => {
  it.each(['p1', 'p2', 'heldout'])(
    'prints one JSON object under %s, the same bytes for the same seed',
    async (protocol) => {
      const text = await evaluate('--protocol', protocol, '--seed', '3')
      expect(await evaluate('--protocol', protocol, '--seed', '3')).toBe(text)
      const { engine, baselines, differences, judged } = JSON.parse(text)
      expect(judged.pairs).toBe(protocol === 'heldout' ? 48 : 120)
      expect(Object.keys(baselines)).toEqual(['bm25TitleContent', 'tsRank', 'charUnigram'])
      for (const figures of [engine, ...Object.values(baselines)]) {
        expect(Object.keys(figures as object)).toEqual(['score', 'mae', 'qwk', 'spearman', 'ndcg10', 'auc2', 'auc3'])
        expect(Object.values(figures as object).every(Number.isFinite)).toBe(true)
      }
      expect(engine.score).toBeCloseTo(1 / (1 + engine.mae), 5)
      const { mean, low, high } = differences.tsRank.score
      expect(low).toBeLessThanOrEqual(mean)
      expect(mean).toBeLessThanOrEqual(high)
    },
    30_000,
  )

  it('judges new demands by default, and finds what the labels follow', async () => {
    const { protocol, engine } = JSON.parse(await evaluate())
    expect(protocol).toBe('p2')
    expect(engine.auc2).toBeGreaterThan(0.75)
  }, 30_000)

  it('judges a model that shipped as it stands, with the decisions it may know', async () => {
    const [known, fresh] = await Promise.all(['p1', 'p2'].map((name) => evaluate('--protocol', name, '--model', 'v4')))
    const [informed, alone] = [known, fresh].map((text) => JSON.parse(text ?? ''))
    expect(informed).toMatchObject({ model: 'v4', judged: { pairs: 120 } })
    expect(alone.engine.auc2).toBeGreaterThan(0.75)
    expect(informed.engine.auc3).not.toBe(alone.engine.auc3)
    expect(await evaluate('--model', 'v1')).not.toBe(fresh)
    // Nothing is fitted, so how the pairs are dealt changes nothing that does not break ties.
    expect(JSON.parse(await evaluate('--model', 'v4', '--seed', '5')).engine.mae).toBe(alone.engine.mae)
  }, 30_000)

  it('says how it is used when it is used otherwise', async () => {
    for (const wrong of [['--protocol', 'p3'], ['--seed', 'x'], ['--model', 'v0'], undefined]) {
      const args = wrong ? ['--dataset', directory, ...wrong] : []
      await expect(run(process.execPath, [script, ...args])).rejects.toMatchObject({
        code: 1,
        stderr: expect.stringContaining('usage'),
      })
    }
  })
})

describe('fit:matching', () => {
  it('prints the weights and cut points of the text features, the same bytes again', async () => {
    const fitting = await bundleForNode('src/cli/fit-matching.ts')
    const printFit = async () => (await run(process.execPath, [fitting, '--dataset', directory])).stdout
    const text = await printFit()
    expect(await printFit()).toBe(text)
    const { pairs, features, oddsCuts, levelCuts } = JSON.parse(text)
    expect(pairs).toBe(120)
    expect(
      features.every(({ weight, deviation }: { weight: number; deviation: number }) => weight > 0 && deviation > 0),
    ).toBe(true)
    for (const cuts of [oddsCuts, levelCuts]) expect([...cuts].sort((a, b) => a - b)).toEqual(cuts)
    await rm(fitting)
  }, 30_000)
})
