import { expect, it } from 'vitest'
import { jieba } from '../../src/text/jieba.ts'

it('loads the dictionary once per process', () => {
  expect(jieba()).toBe(jieba())
})

it('knows the words of the default dictionary', () => {
  expect(jieba().cut('人工智能技术', true)).toContain('人工智能')
})
