import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Dataset, Judgement, Text } from '../modules/matching/domain/learning/evaluation/material.ts'

/** Reads `queries.jsonl`, `corpus.jsonl`, `qrels/train.tsv` and, when asked for, `qrels/test.tsv`. @throws on a line that is none */
export async function readDataset(directory: string, { hasTest }: { hasTest: boolean }): Promise<Dataset> {
  const [demands, supplies] = await Promise.all(
    ['queries.jsonl', 'corpus.jsonl'].map((name) => readTexts(join(directory, name))),
  )
  const train = await readJudgements(join(directory, 'qrels/train.tsv'))
  const test = hasTest ? await readJudgements(join(directory, 'qrels/test.tsv')) : []
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
