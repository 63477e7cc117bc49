import { describe, expect, it } from 'vitest'
import { sharedBuffersMb } from '../../src/embedded/postmaster.ts'

describe('sharedBuffersMb', () => {
  it.each([
    [512, 128],
    [4_096, 512],
    [24_000, 1_024],
  ])('of %i MB of memory are %i MB', (total, buffers) => {
    expect(sharedBuffersMb(total * 1_048_576)).toBe(buffers)
  })
})
