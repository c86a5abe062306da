import type { Gap, StoreWrite } from '../contract.ts'
import { gapText, writesText } from './event-words.ts'
import { codeSpan } from './markdown-escape.ts'
import { areEvictions, evictionSite, writeGroupKey } from './write-groups.ts'

const LONGEST_NAME = 60

/** One list item a cookie, in order of its first write; one for all that a site's full store gave up. */
export function storeWriteLines(writes: readonly StoreWrite[]): string[] {
  const byCookie = new Map<string, StoreWrite[]>()
  for (const write of writes) {
    const key = writeGroupKey(write)
    const own = byCookie.get(key)
    if (own === undefined) byCookie.set(key, [write])
    else own.push(write)
  }
  return [...byCookie.values()].map(storeWriteLine)
}

function storeWriteLine(writes: readonly StoreWrite[]): string {
  const [first] = writes
  const last = writes.at(-1)
  if (first === undefined || last === undefined) return ''
  if (areEvictions(writes)) {
    const site = codeSpan(evictionSite(first), LONGEST_NAME)
    return `- ${count(writes.length)} cookies of ${site}: evicted to make room, ${clock(first.time)}`
  }
  const { name, domain, path } = first.cookie
  const cookie = name === '' ? 'A cookie without a name' : codeSpan(name, LONGEST_NAME)
  const span = writes.length === 1 ? clock(first.time) : `${clock(first.time)} to ${clock(last.time)}`
  const where = `${codeSpan(domain, LONGEST_NAME)}, path ${codeSpan(path, LONGEST_NAME)}`
  return `- ${cookie} of ${where}: ${writesText(writes)}, ${span}`
}

const count = (n: number): string => n.toLocaleString('en-GB')

/** Hosts apart, numbers and our own words only. */
export function gapLine(gap: Gap): string {
  return `- ${gapText(gap, clock, (host) => codeSpan(host, LONGEST_NAME))}`
}

/** Time of day in UTC, like the report's own date. */
const clock = (epochMs: number): string => {
  const date = new Date(epochMs)
  return Number.isNaN(date.getTime()) ? 'an unknown time' : `${date.toISOString().slice(11, 19)} UTC`
}
