import { dereference, type Schema, validate } from '@cfworker/json-schema'
import { describe, expect, it } from 'vitest'
import type { Gap, Report } from '../contract.ts'
import { toJson } from './json.ts'
import schema from './schema.json' with { type: 'json' }
import { fullReport } from './testing/full.ts'
import { validateReport } from './validate.ts'

/** Of the full report, changed. */
const errorsOf = async (change: (report: Record<string, never> & Report) => unknown): Promise<string[]> => {
  const report = JSON.parse(toJson(await fullReport()))
  const changed = change(report)
  const result = validateReport(changed === undefined ? report : changed)
  return result.ok ? [] : result.errors
}
const first = ({ exchanges }: Report) => {
  const [exchange] = exchanges
  if (!exchange) throw new Error('no exchange')
  return exchange
}
const put = (object: object, key: string, value: unknown) => {
  Object.assign(object, { [key]: value })
}

describe('accepts', () => {
  it('what we write, redacted or not', async () => {
    for (const redact of [true, false]) {
      const text = toJson(await fullReport(redact))
      expect(validateReport(JSON.parse(text))).toEqual({ ok: true, report: JSON.parse(text) })
    }
  })

  it('fields that a later version may add', async () => {
    expect(
      await errorsOf((report) => {
        put(report, 'later', 1)
        put(first(report), 'later', { deep: [1] })
        put(first(report).verdict, 'later', null)
      }),
    ).toEqual([])
  })

  it('a report without writes and gaps', async () => {
    const change = (report: Report) => {
      delete report.storeWrites
      delete report.gaps
    }
    expect(await errorsOf(change)).toEqual([])
  })

  it('a report of an earlier version: without story, and with diagnoses that say less', async () => {
    const change = (report: Report) => {
      delete report.story
      report.diagnoses = [{ id: 'X', title: 't', explanation: 'e', confidence: 'seen', exchanges: [] }]
      for (const exchange of report.exchanges) {
        delete exchange.fromCache
        delete exchange.error
      }
    }
    expect(await errorsOf(change)).toEqual([])
  })

  it('a report without exchanges', async () => {
    expect(await errorsOf((report) => put(report, 'exchanges', []))).toEqual([])
  })
})

it('knows every field that we write', async () => {
  const strict = closed(schema) as Schema
  const { errors } = validate(JSON.parse(toJson(await fullReport())), strict, '2020-12', dereference(strict), false)
  expect(errors).toEqual([])
})

describe('refuses, in plain words', () => {
  it.each<[string, (report: Record<string, never> & Report) => unknown, string[]]>([
    ['a list', () => [], ['This is no report: a JSON object is expected.']],
    ['null', () => null, ['This is no report: a JSON object is expected.']],
    [
      'another version',
      (r) => put(r, 'schema', 'cookie-verdict/report@2'),
      ['schema: must be "cookie-verdict/report@1".'],
    ],
    ['no page', (r) => void Reflect.deleteProperty(r, 'page'), ['page: is missing.']],
    ['exchanges that are no list', (r) => put(r, 'exchanges', {}), ['exchanges: must be of type array.']],
    [
      'an unknown browser',
      (r) => put(r.browser, 'name', 'opera'),
      ['browser.name: must be "chromium" or "firefox" or "safari".'],
    ],
    ['no date', (r) => put(r, 'created', 'today'), ['created: must be a date and time in ISO 8601.']],
    ['a status in words', (r) => put(first(r), 'status', 'ok'), ['exchanges[0].status: must be of type integer.']],
    ['a status out of range', (r) => put(first(r), 'status', -1), ['exchanges[0].status: is out of range.']],
    [
      'an initiator of a wrong type',
      (r) => put(first(r), 'initiator', 1),
      ['exchanges[0].initiator: must be of type string or null.'],
    ],
    ['an empty id', (r) => put(first(r), 'id', ''), ['exchanges[0].id: must not be empty.']],
    ['a relative URL', (r) => put(first(r), 'url', '/login'), ['exchanges[0].url: is no absolute URL.']],
    [
      'a header with more to it',
      (r) => put(first(r).requestHeaders[0] ?? {}, 'extra', 1),
      ['exchanges[0].requestHeaders[0].extra: is not expected here.'],
    ],
    [
      'a cookie that is none',
      (r) => put(first(r).verdict.setCookies[0] ?? {}, 'cookie', 'sid'),
      ['exchanges[0].verdict.setCookies[0].cookie: must be of type object.'],
    ],
    [
      'an observation of nothing',
      (r) => put(first(r).observed[0] ?? {}, 'index', 2),
      ['exchanges[0].observed[0].index: verdict.setCookies has no such place.'],
    ],
    [
      'a part beyond the line',
      (r) => put(first(r).verdict.setCookies[0]?.reasons[0] ?? {}, 'part', { start: 3, end: 99 }),
      ["exchanges[0].verdict.setCookies[0]: a reason's part lies outside of the line."],
    ],
    [
      'a gap of another kind',
      (r) => put(r.gaps?.[0] ?? {}, 'kind', 'nap'),
      [expect.stringMatching(/^gaps\[0\]\.kind: must be/)],
    ],
    [
      'a write of nothing',
      (r) => put(r.storeWrites?.[0] ?? {}, 'cookie', null),
      ['storeWrites[0].cookie: must be of type object.'],
    ],
    ['writes that are no list', (r) => put(r, 'storeWrites', 'w'), ['storeWrites: must be of type array.']],
    ['a gap twice', (r) => void r.gaps?.push(r.gaps[0] as Gap), ['gaps[2].id: another gap has the same id.']],
    ['an id twice', (r) => void r.exchanges.push(first(r)), ['exchanges[1].id: another exchange has the same id.']],
  ])('%s', async (_name, change, expected) => {
    expect(await errorsOf(change)).toEqual(expected)
  })

  it('a HAR file', () => {
    expect(validateReport({ log: { version: '1.2', entries: [] } })).toEqual({
      ok: false,
      errors: ['This is no report: it does not say "schema": "cookie-verdict/report@1".'],
    })
  })

  it('at most twenty errors, and takes a huge wrong file', async () => {
    const wrong = Array.from({ length: 200_000 }, () => ({ name: 1 }))
    const errors = await errorsOf((report) => {
      put(first(report), 'requestHeaders', wrong)
      for (let i = 0; i < 50; i++) report.exchanges.push({ ...first(report), id: `x${i}` })
    })
    expect(errors).toHaveLength(20)
  })
})

describe('toJson', () => {
  it('writes the same text whatever the order of the fields', async () => {
    const report = await fullReport()
    const reversed = JSON.parse(toJson(report), (_key, value) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).reverse())
        : value,
    )
    expect(toJson(reversed)).toBe(toJson(report))
    expect(toJson(report)).toMatch(/^\{\n {2}"schema": "cookie-verdict\/report@1",\n {2}"generator": \{\n {4}"name"/)
  })

  it('keeps fields that it does not know, last', async () => {
    const text = toJson({ ...(await fullReport()), later: 1, earlier: 2 } as Report)
    expect(text).toMatch(/\n {2}"earlier": 2,\n {2}"later": 1\n\}\n$/)
  })
})

/** The schema with no field allowed but those it names. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, one]) => [key, closed(one)] as const)
  const isObject = 'properties' in value && 'type' in value && value.type === 'object'
  return { ...Object.fromEntries(entries), ...(isObject && { additionalProperties: false }) }
}
