import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import {
  type Dataset,
  evaluate,
  type Judgement,
  type Protocol,
  protocols,
  type Text,
} from '../modules/matching/domain/learning/evaluation/evaluate.ts'
import { tokenizeForIndex } from '../text/tokenize.ts'

/**
 * `npm run eval:matching -- --dataset DIR [--protocol p1|p2|heldout] [--seed n]`: trains and judges on a directory in
 * BEIR layout and prints one JSON object. The same seed prints the same bytes.
 */
const usage = 'usage: npm run eval:matching -- --dataset DIR [--protocol p1|p2|heldout] [--seed n]'

async function run(): Promise<void> {
  const { dataset, protocol, seed } = readArguments()
  const result = evaluate(await readDataset(dataset, protocol), { protocol, seed, words: tokenizeForIndex })
  console.log(JSON.stringify(result, (_, value) => (typeof value === 'number' ? Number(value.toFixed(6)) : value), 2))
}

function readArguments(): { dataset: string; protocol: Protocol; seed: number } {
  const { values } = parseArgs({
    options: {
      dataset: { type: 'string' },
      protocol: { type: 'string', default: 'p2' },
      seed: { type: 'string', default: '1' },
    },
  })
  const protocol = protocols.find((name) => name === values.protocol)
  const seed = Number(values.seed)
  if (values.dataset === undefined || protocol === undefined || !Number.isSafeInteger(seed) || seed < 0)
    throw new Error(usage)
  return { dataset: values.dataset, protocol, seed }
}

async function readDataset(directory: string, protocol: Protocol): Promise<Dataset> {
  const [demands, supplies] = await Promise.all(
    ['queries.jsonl', 'corpus.jsonl'].map((name) => readTexts(join(directory, name))),
  )
  const train = await readJudgements(join(directory, 'qrels/train.tsv'))
  const test = protocol === 'heldout' ? await readJudgements(join(directory, 'qrels/test.tsv')) : []
  return { demands: demands ?? [], supplies: supplies ?? [], train, test }
}

async function readTexts(path: string): Promise<Text[]> {
  return (await readLines(path)).map((line, i) => {
    const { _id, title, text } = JSON.parse(line) as { _id?: unknown; title?: unknown; text?: unknown }
    if (typeof _id !== 'string') throw new Error(`${path}, line ${i + 1}: _id is missing`)
    return { id: _id, title: typeof title === 'string' ? title : '', text: typeof text === 'string' ? text : '' }
  })
}

/** The first line names the columns. */
async function readJudgements(path: string): Promise<Judgement[]> {
  return (await readLines(path)).slice(1).map((line, i) => {
    const [demandId = '', supplyId = '', score] = line.split('\t')
    const level = Number(score)
    if (![1, 2, 3, 4].includes(level)) throw new Error(`${path}, line ${i + 2}: the score must be 1, 2, 3 or 4`)
    return { demandId, supplyId, level }
  })
}

async function readLines(path: string): Promise<string[]> {
  return (await readFile(path, 'utf8')).split(/\r?\n/).filter((line) => line.trim() !== '')
}

try {
  await run()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
