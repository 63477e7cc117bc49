import { parseArgs } from 'node:util'
import { evaluate, type Protocol, protocols } from '../modules/matching/domain/learning/evaluation/evaluate.ts'
import type { ScoreModel } from '../modules/matching/domain/score-model.ts'
import { shippedModels } from '../modules/matching/domain/shipped-models.ts'
import { tokenizeForIndex } from '../text/tokenize.ts'
import { readDataset } from './matching-dataset.ts'

/**
 * `npm run eval:matching -- --dataset DIR [--protocol p1|p2|heldout] [--seed n] [--model v4]`: trains and judges on a
 * directory in BEIR layout and prints one JSON object; with a model that ever shipped, judges that as it stands. The same
 * seed prints the same bytes.
 */
const versions = shippedModels.map(({ version }) => version)
const usage = `usage: npm run eval:matching -- --dataset DIR [--protocol p1|p2|heldout] [--seed n] [--model ${versions.join('|')}]`

type Arguments = { dataset: string; protocol: Protocol; seed: number; model: ScoreModel | undefined }

async function run(): Promise<void> {
  const { dataset, protocol, seed, model } = readArguments()
  const read = await readDataset(dataset, { hasTest: protocol === 'heldout' })
  const result = evaluate(read, { protocol, seed, model, words: tokenizeForIndex })
  console.log(JSON.stringify(result, (_, value) => (typeof value === 'number' ? Number(value.toFixed(6)) : value), 2))
}

function readArguments(): Arguments {
  const { values } = parseArgs({
    options: {
      dataset: { type: 'string' },
      protocol: { type: 'string', default: 'p2' },
      seed: { type: 'string', default: '1' },
      model: { type: 'string' },
    },
  })
  const protocol = protocols.find((name) => name === values.protocol)
  const seed = Number(values.seed)
  const model = shippedModels.find(({ version }) => version === values.model)
  if (values.dataset === undefined || protocol === undefined || !Number.isSafeInteger(seed) || seed < 0)
    throw new Error(usage)
  if (values.model !== undefined && model === undefined) throw new Error(usage)
  return { dataset: values.dataset, protocol, seed, model }
}

try {
  await run()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
