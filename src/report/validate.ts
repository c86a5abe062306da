import { dereference, type OutputUnit, type Schema, validate } from '@cfworker/json-schema'
import type { Report, ReportExchange } from '../contract.ts'
import schema from './schema.json' with { type: 'json' }

export type Validation = { ok: true; report: Report } | { ok: false; errors: string[] }

const MOST_ERRORS = 20

const whole: Schema = schema as Schema
const lookup = dereference(whole)

/** Looked at item by item, so that many wrong ones cost no more than their first errors. */
const LISTS = [
  { field: 'exchanges', kind: 'exchange' },
  { field: 'storeWrites', kind: 'storeWrite' },
  { field: 'gaps', kind: 'gap' },
] as const
const KINDS = { exchange: 'exchange', storeWrite: 'store write', gap: 'gap' } as const

/**
 * Whether a parsed JSON file is a report (schema.json, and what a schema can't say: URLs that parse, ids that are
 * unique, places that exist). At most 20 errors, one an exchange, each with its place: `exchanges[3].status: …`.
 * Fields that are not in the schema are let through: a later version may have written them.
 */
export function validateReport(value: unknown): Validation {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ok: false, errors: ['This is no report: a JSON object is expected.'] }
  }
  if (!('schema' in value)) {
    return { ok: false, errors: ['This is no report: it does not say "schema": "cookie-verdict/report@1".'] }
  }
  const frame: Record<string, unknown> = { ...value }
  const lists = LISTS.flatMap((list) => {
    const items = frame[list.field]
    if (!Array.isArray(items)) return []
    frame[list.field] = []
    return [{ ...list, items }]
  })
  const errors = plainErrors(validate(frame, whole, '2020-12', lookup).errors, '')
  for (const { field, kind, items } of lists) {
    const ids = new Set<string>()
    for (let i = 0; i < items.length && errors.length < MOST_ERRORS; i++) {
      errors.push(...itemErrors(items[i], kind, `${field}[${i}]`, ids))
    }
  }
  return errors.length > 0 ? { ok: false, errors } : { ok: true, report: value as Report }
}

function itemErrors(value: unknown, kind: keyof typeof KINDS, path: string, ids: Set<string>): string[] {
  const errors = plainErrors(validate(value, schema.$defs[kind] as Schema, '2020-12', lookup).errors, path)
  if (errors.length > 0) return errors
  const { id } = value as { id: string }
  if (ids.has(id)) return [`${path}.id: another ${KINDS[kind]} has the same id.`]
  ids.add(id)
  return kind === 'exchange' ? exchangeErrors(value as ReportExchange, path) : []
}

function exchangeErrors({ url, verdict, observed }: ReportExchange, path: string): string[] {
  if (!URL.canParse(url)) return [`${path}.url: is no absolute URL.`]
  for (const [i, { operation, index }] of observed.entries()) {
    const list = operation === 'set' ? 'setCookies' : 'cookies'
    if (index >= verdict[list].length) return [`${path}.observed[${i}].index: verdict.${list} has no such place.`]
  }
  for (const [i, { line, reasons, warnings }] of verdict.setCookies.entries()) {
    const outside = [...reasons, ...warnings].some(
      ({ part }) => part && (part.start > part.end || part.end > line.length),
    )
    if (outside) return [`${path}.verdict.setCookies[${i}]: a reason's part lies outside of the line.`]
  }
  return []
}

/** The validator names the whole chain from the root down to the fault: only the fault itself is worth reading. */
function plainErrors(units: readonly OutputUnit[], path: string): string[] {
  const faults = new Set<string>()
  for (const { keyword, instanceLocation, error } of units) {
    const missing = keyword === 'required' ? `.${/"(.*)"/.exec(error)?.[1]}` : ''
    const words = faultWords(keyword, error)
    if (words) faults.add(`${path}${pathOf(instanceLocation)}${missing}: ${words}`.replace(/^[.]/, ''))
  }
  return [...faults].slice(0, MOST_ERRORS)
}

/** Null for the keywords that only pass on what went wrong further in. */
function faultWords(keyword: string, error: string): string | null {
  switch (keyword) {
    case 'type': {
      const expected = /Expected (.*)\.$/.exec(error)?.[1]?.replaceAll('"', '').replaceAll(', ', ' or ')
      return expected === 'null' ? null : `must be of type ${expected}.`
    }
    case 'required':
      return 'is missing.'
    case 'const':
    case 'enum':
      return `must be ${/(["[].*)\.$/.exec(error)?.[1]?.replaceAll(/[[\]]/g, '').replaceAll(',', ' or ')}.`
    case 'minimum':
    case 'maximum':
      return 'is out of range.'
    case 'minLength':
      return 'must not be empty.'
    case 'format':
      return 'must be a date and time in ISO 8601.'
    case 'false':
      return 'is not expected here.'
    default:
      return null
  }
}

/** `#/exchanges/0/status` → `.exchanges[0].status`. */
function pathOf(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => (/^\d+$/.test(part) ? `[${part}]` : `.${part.replaceAll('~1', '/').replaceAll('~0', '~')}`))
    .join('')
}
