import type { StoredCookie } from '../../src/contract.ts'
import type { Case } from './cases.ts'
import type { Random } from './random.ts'

const hosts = ['app.shop.test', 'api.shop.test', 'shop.test'] as const

/** What Chromium and Firefox keep of one site. */
const most = 180

/**
 * A site that has nearly as many cookies as the browser keeps, and a response that sets some more. None of the jar's is sent
 * with the request: what CDP made counts as never used, so that sending it would be a use (measured), unlike that of a
 * cookie which a response set within the last minute.
 */
export const generateCrowdedCase = (id: string, random: Random): Case => {
  const full = random.pick([most, most, most - 1, most - 4, most - 30])
  // How many of a hundred are Secure: near the share at which a new cookie without it is deleted at once, too.
  const secure = random.pick([0, 20, 50, 80, 86, 95, 100])
  const jar = Array.from({ length: full }, (_, index): StoredCookie => {
    const host = random.pick(hosts)
    const wide = random.chance(0.2)
    return {
      name: `c${index}`,
      value: `v${index}`,
      domain: wide ? '.shop.test' : host,
      hostOnly: !wide,
      path: random.pick(['/jar', '/jar/a']),
      secure: random.int(100) < secure,
      httpOnly: false,
      sameSite: 'unspecified',
      session: true,
    }
  })
  const lines = Array.from({ length: random.pick([1, 2, 6, 35]) }, (_, index) => crowdedLine(index, jar, random))
  // A priority is seen in the line in hand alone: only the last line has one.
  if (random.chance(0.3)) lines.push(`last=v; Priority=${random.pick(['Low', 'Medium', 'High', 'foo'])}`)
  return { id, context: { kind: 'typed' }, url: 'https://app.shop.test/', jar, lines }
}

/** The same, embedded in a page of another site: for a browser that gives each page's site a store of its own. */
export const generateCrowdedEmbeddedCase = (id: string, random: Random): Case => {
  const crowded = generateCrowdedCase(id, random)
  const partitionKey = { topLevelSite: 'https://elsewhere.example', hasCrossSiteAncestor: true }
  return {
    ...crowded,
    context: { kind: 'frame', frames: ['https://elsewhere.example'] },
    jar: crowded.jar.map((cookie) => ({ ...cookie, partitionKey })),
    lines: crowded.lines.map((line, index) => (index % 4 === 0 ? `${line}; Partitioned; Secure` : line)),
  }
}

/**
 * A new cookie, or one that is there: with the same value or another, or to be deleted. Not by `Max-Age=0`, with which one may lie in
 * Firefox's store for a millisecond more (see compare-store.ts), and take room.
 */
const crowdedLine = (index: number, jar: readonly StoredCookie[], random: Random): string => {
  const old = random.pick(jar)
  const secure = random.chance(0.5) ? '; Secure' : ''
  if (random.chance(0.75)) return `n${index}=v${random.chance(0.3) ? '; Domain=shop.test' : ''}${secure}`
  const domain = old.hostOnly ? '' : '; Domain=shop.test'
  return `${old.name}=${random.pick([old.value, 'other'])}; Path=${old.path}${domain}${random.pick(['', '', '; Max-Age=-1'])}${secure}`
}

/** A response that sets more than a partition holds: of bytes, or of cookies. */
export const generateCrowdedPartitionCase = (id: string, random: Random): Case => {
  const tiny = random.chance(0.3)
  const lines = Array.from({ length: tiny ? 185 : 5 + random.int(15) }, (_, index) => {
    const name = `p${random.chance(0.9) ? index : random.int(index + 1)}`
    const size = tiny ? random.int(30) : random.pick([10, 500, 1022, 1024, 2000, 4000])
    const attributes = random.pick(['; Secure; Partitioned', '; Secure; Partitioned; Domain=shop.test', '; Secure'])
    return `${name}=${'x'.repeat(size)}${random.chance(0.85) ? '; Secure; Partitioned' : attributes}`
  })
  return { id, context: { kind: 'typed' }, url: `https://${random.pick(hosts)}/`, jar: [], lines }
}
