import { parseArgs } from 'node:util'
import { fitTexts } from '../modules/matching/domain/learning/evaluation/engine.ts'
import { prepareDataset } from '../modules/matching/domain/learning/evaluation/material.ts'
import { tokenizeForIndex } from '../text/tokenize.ts'
import { readDataset } from './matching-dataset.ts'

/**
 * `npm run fit:matching -- --dataset DIR`: fits the weights of the text features and the cut points on all pairs of
 * `qrels/train.tsv` and prints them as a shipped model states them. The same directory prints the same bytes.
 */
const usage = 'usage: npm run fit:matching -- --dataset DIR'

/** More digits than the labels can tell apart would only look exact. */
const digits = 3

async function run(): Promise<void> {
  const { dataset } = parseArgs({ options: { dataset: { type: 'string' } } }).values
  if (dataset === undefined) throw new Error(usage)
  const { train } = prepareDataset(await readDataset(dataset, { hasTest: false }), tokenizeForIndex)
  const { features, oddsCuts, levelCuts } = fitTexts(train)
  const rounded = (_: string, value: unknown) => (typeof value === 'number' ? Number(value.toFixed(digits)) : value)
  console.log(JSON.stringify({ pairs: train.length, features, oddsCuts, levelCuts }, rounded, 2))
}

try {
  await run()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
