import { describe, expect, it } from 'vitest'
import type { Browser } from '../contract.ts'
import {
  completed,
  cookie,
  hop,
  jar,
  lines,
  removed,
  request,
  response,
  Session,
  start,
  stored,
} from './event-table.ts'
import type { CaptureEvent, CookieChangeEvent } from './events.ts'

/**
 * Sessions drawn by lot, in which a cookie is written by our page's responses, with and without credentials, by another tab's
 * and by scripts: whatever the order and the distance, no line is said to be blocked that was stored, nor stored that was not,
 * and none gives an alarm ("no rule says why"). A model of what the browsers tell; the real ones are asked in e2e.
 */

const seeds = 800

/** Uniform in [0, 1), the same for the same seed. */
const randomFrom = (seed: number) => {
  let state = seed + 1
  return (): number => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9
    state = Math.imul(state ^ (state >>> 12), 0x297a2d39)
    return ((state ^ (state >>> 15)) >>> 0) / 2 ** 32
  }
}

interface World {
  browser: Browser
  /** Who else writes the cookie: another tab what our responses write as well, a script what it makes up. */
  other: 'tab' | 'script'
}

class Play {
  readonly told: { at: number; event: CaptureEvent }[] = []
  /** Of each URL of ours: what became of its line. */
  readonly fates = new Map<string, 'done' | 'ignored'>()
  readonly #steps: { at: number; run: () => void }[] = []
  readonly #random: () => number
  readonly #isFirefox: boolean
  #value: string | null = null

  constructor({ browser, other }: World, seed: number) {
    this.#random = randomFrom(seed)
    this.#isFirefox = browser === 'firefox'
    let time = 5
    for (let index = 4 + Math.floor(this.#random() * 6); index > 0; index--) {
      time += this.#pick(0, 1, 3, 8, 20, 60, 150, 300, 700)
      const at = time
      const value = this.#pick('1', '1', '1', '2', '2', null)
      const who = this.#pick('ours', 'ours', 'ours', 'other', 'other', 'deletion')
      if (who === 'ours') this.#ask(at, index, value)
      else
        this.#at(at, () =>
          this.#write(who === 'deletion' ? null : other === 'tab' || value === null ? value : `script${value}`, at),
        )
    }
    this.#steps.sort((a, b) => a.at - b.at)
    for (const { run } of this.#steps) run()
    this.told.sort((a, b) => a.at - b.at)
  }

  #pick<Item>(...list: Item[]): Item {
    return list[Math.floor(this.#random() * list.length)] as Item
  }

  #at(at: number, run: () => void): void {
    this.#steps.push({ at, run })
  }

  #tell(at: number, event: CaptureEvent): void {
    this.told.push({ at, event })
  }

  #ask(at: number, index: number, value: string | null): void {
    const url = `https://api.app.test/${index}`
    const isWith = this.#pick(true, true, false)
    const sets = this.#pick(true, true, true, true, false)
    const answer = at + this.#pick(5, 20, 60, 200, 400)
    const written = answer + this.#pick(0, 1, 2, 2, 5)
    const end = written + this.#pick(0, 1, 3, 10, 100)
    const fetched = hop(String(index), url, at)
    this.fates.set(url, isWith ? 'done' : 'ignored')
    this.#at(at, () => {
      const header = isWith && this.#value !== null ? `sid=${this.#value}` : null
      this.#tell(at, request(fetched, header, { 'Sec-Fetch-Mode': 'cors', 'Sec-Fetch-Site': 'same-site' }))
    })
    this.#at(answer, () =>
      this.#tell(
        answer,
        response(
          { ...fetched, time: start + answer },
          sets ? [value === null ? 'sid=; Max-Age=0' : `sid=${value}`] : [],
        ),
      ),
    )
    if (sets && isWith) this.#at(written, () => this.#write(value, written, 'expired_overwrite'))
    this.#at(end, () => this.#tell(end, completed(fetched, end)))
  }

  /** @param value null deletes */
  #write(value: string | null, at: number, cause = 'explicit'): void {
    const before = this.#value
    // Firefox does not tell of a write that changes nothing, and of an overwritten cookie not what it was.
    if (before === value && (value === null || this.#isFirefox)) return
    this.#value = value
    if (value === null) {
      // A deletion may be told after a request that came after it (measured in Chromium: by 2.7 ms at most).
      this.#change(
        false,
        before ?? '',
        at + (this.#isFirefox ? 0 : this.#pick(0, 0, 1, 2)),
        this.#isFirefox ? 'explicit' : cause,
      )
      return
    }
    if (before !== null) this.#change(false, this.#isFirefox ? value : before, at, 'overwrite')
    this.#change(true, value, at, 'explicit')
  }

  #change(isThere: boolean, value: string, at: number, cause: string): void {
    const written = cookie(`sid=${value}`, { domain: 'api.app.test' })
    const event = (isThere ? stored(written, at) : removed(written, at, cause)) as CookieChangeEvent
    this.#tell(at, this.#isFirefox ? { ...event, vague: true } : event)
  }
}

const played = (world: World, seed: number): { said: string[]; false: string[] } => {
  const { told, fates } = new Play(world, seed)
  const session = new Session(world.browser).take(jar())
  session.correlator.setOtherSites(new Set(world.other === 'tab' ? ['app.test'] : []), Number.POSITIVE_INFINITY)
  for (const { event } of told) session.take(event)
  while (session.correlator.nextSettle !== null) session.settle()
  const isFalse = (url: string, line: string) =>
    / (unexplained|contradicted)$/.test(line) ||
    (fates.get(url) === 'done' ? / blocked /.test(line) : / (stored|removed) /.test(line))
  return {
    said: session.log.flatMap(lines),
    false: session.log.flatMap((one) =>
      lines(one)
        .filter((line) => isFalse(one.url, line))
        .map((line) => `seed ${seed}, ${one.url}: ${line}`),
    ),
  }
}

describe.each<World>([
  { browser: 'chromium', other: 'tab' },
  { browser: 'chromium', other: 'script' },
  { browser: 'firefox', other: 'tab' },
  { browser: 'firefox', other: 'script' },
])('in $browser, with writes of another $other', (world) => {
  it('nothing false is said, and not by saying nothing', () => {
    const all = Array.from({ length: seeds }, (_, seed) => played(world, seed))
    expect(all.flatMap((one) => one.false)).toEqual([])
    const said = all.flatMap((one) => one.said)
    expect(said.filter((line) => !line.includes(' unknown ')).length / said.length).toBeGreaterThan(0.4)
    expect(said.filter((line) => line.endsWith(' confirmed')).length / said.length).toBeGreaterThan(0.3)
  })
})
