import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { differences } from './compare.ts'
import { contradictions } from './less-told.ts'
import { verdictCount } from './play.ts'
import { loadRecordings } from './recorded.ts'

/** What the real browser did, recorded by `npm run oracle -- --save`: thousands of verdicts, replayed without it. */
const folder = new URL('./recorded/', import.meta.url)

describe.each(readdirSync(folder).map((file) => ({ file })))('recorded: $file', ({ file }) => {
  const recordings = loadRecordings(new URL(file, folder))

  it('holds thousands of verdicts', () => expect(verdictCount(recordings)).toBeGreaterThan(2000))

  it('agrees with the browser on every one', () => {
    const differing = recordings.flatMap((recording) => {
      const found = differences(recording)
      return found.length === 0 ? [] : [{ id: recording.case.id, found }]
    })
    expect(differing).toEqual([])
  })

  it('is never wrong with less told, but unknown', () => expect(recordings.flatMap(contradictions)).toEqual([]))
})
