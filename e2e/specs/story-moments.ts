import { expect } from 'playwright/test'
import type { Report } from '../../src/contract.ts'
import { validateReport } from '../../src/report/validate.ts'

/** What is asked of the login story in every browser, read from the report that is exported. */

interface Exports {
  exportJson(): Promise<string>
  exportMarkdown(): Promise<string>
}

const exported = async (reader: Exports): Promise<Report> => {
  const result = validateReport(JSON.parse(await reader.exportJson()))
  expect(result.ok, result.ok ? '' : result.errors.join('\n')).toBe(true)
  if (!result.ok) throw new Error('not reached')
  return result.report
}

/** What the report says, once it says what is expected: the store's answer comes a moment after the response. */
const expectTold = async (reader: Exports, expected: Record<string, unknown>): Promise<Report> => {
  let report: Report | undefined
  const told = async () => {
    report = await exported(reader)
    const { story, diagnoses } = report
    return {
      outcome: story?.outcome,
      first: diagnoses[0]?.id,
      blocking: diagnoses.filter(({ rank }) => rank === 'blocks-now').map(({ id }) => id),
    }
  }
  await expect.poll(told).toMatchObject(expected)
  return report as Report
}

/** A login that holds. */
export const expectHealthy = async (reader: Exports): Promise<void> => {
  const { story } = await expectTold(reader, { outcome: 'healthy', blocking: [] })
  expect(story?.checks.length).toBeGreaterThan(0)
  expect(story?.steps.filter(({ mark }) => mark === 'broken')).toEqual([])
}

/** One that breaks at a named step. @param diagnosis what has to be named first, where there is more to it than the cookie's own reason */
export const expectBroken = async (reader: Exports, diagnosis?: string): Promise<void> => {
  const expected = { outcome: 'broken', ...(diagnosis === undefined ? {} : { first: diagnosis }) }
  const { story, diagnoses } = await expectTold(reader, expected)
  expect(story?.steps.filter(({ mark }) => mark === 'broken')).not.toEqual([])
  if (diagnosis === undefined) return
  const [first] = diagnoses
  expect(first?.rank).toBe('blocks-now')
  const markdown = await reader.exportMarkdown()
  expect(markdown).toContain(diagnosis)
}

/** One that holds, of which something is named all the same. */
export const expectNamed = async (reader: Exports, diagnosis: string): Promise<void> => {
  await expectTold(reader, { first: diagnosis, blocking: [] })
}
