import { encodeUtf8 } from '../../src/cookie/bytes.ts'
import type { Random } from './random.ts'

const prefixes = ['__Secure-', '__Host-', '__Http-', '__Host-Http-', '__SeCuRe-', '__HOST-', '__host-http-'] as const
const oddValues = [
  '',
  'a=b',
  '"quoted"',
  'a b',
  ' padded ',
  'a,b',
  encodeUtf8('é'),
  '\xff\xfe',
  'a\tb',
  'a\x01b',
  'a\x7fb',
  '__Secure-x',
  '__host-y=1',
  '%41',
] as const
const oddNames = ['', 'a b', 'constructor', encodeUtf8('ü'), 'x\t', '\ty', 'n\x02m', '$Version', '"q"'] as const

const dates = [
  'Wed, 21 Oct 2037 07:28:00 GMT',
  'Wed, 21-Oct-37 07:28:00 GMT',
  'Thu, 01 Jan 1970 00:00:00 GMT',
  'Mon, 31 Feb 2037 10:00:00 GMT',
  'Tue, 05 May 2037 25:00:00 GMT',
  'Tue, 05 May 2037 24:00:00 GMT',
  '2037-05-05T10:00:00Z',
  'Tue, 05 May 2037',
  '5 May 2037 10:00:00',
  'May 5 10:00:00 2037',
  'Tue, 05 May 71 10:00:00 GMT',
  'Tue, 05 May 69 10:00:00 GMT',
  'Tue, 05 May 99999 10:00:00 GMT',
  'Tue, 05 May 37 10:00 GMT',
  '"Wed, 21 Oct 2037 07:28:00 GMT"',
  'Wed, 21 Oct 2037 7:8:9 GMT',
  'garbage',
  '0',
  '1999',
  '',
  'Wed, 21 Oct 2037 07:28:00 +0500',
  'Wed, 21 OCTOBER 2037 07:28:00',
  'Wed, 00 Oct 2037 07:28:00',
  'Wed, 21 Oct 1601 07:28:00 GMT',
  'Wed, 21 Oct 1500 07:28:00 GMT',
  'Wed, 21 Oct 2037 07:28:60 GMT',
  'Wed, 21 Oct 2037 07:28:000 GMT',
] as const
const maxAges = [
  '60',
  '0',
  '-1',
  '+5',
  '1.5',
  '"60"',
  '',
  '-',
  '-5x',
  '5x',
  '99999999999999999999',
  '-99999999999999999999',
  '34560000',
  '34560001',
  '31536000',
  '1e3',
  '0x10',
  ' 70',
  '00060',
] as const
const pathValues = [
  '/',
  '/',
  '/a',
  '/a/',
  'a',
  '',
  '"/"',
  '/a b',
  encodeUtf8('/é'),
  '/a\tb',
  '/../a',
  '/a?b',
  '//',
  '\\',
  '/%61',
] as const
const sameSiteValues = ['Strict', 'Lax', 'None', 'none', 'LAX', 'sTrIcT', 'foo', '', '"None"', 'None '] as const

const domainValues = (host: string, random: Random): string => {
  const labels = host.split('.')
  const parent = labels.slice(1).join('.')
  const registrable = labels.slice(-2).join('.')
  return random.pick([
    host,
    host,
    `.${host}`,
    parent,
    `.${parent}`,
    registrable,
    registrable,
    `.${registrable}`,
    labels.at(-1) ?? '',
    '',
    '.',
    '..',
    `..${host}`,
    `${host}.`,
    `x.${host}`,
    'other.test',
    'shop.example',
    'github.io',
    'co.uk',
    'localhost',
    host.toUpperCase(),
    `${host}:443`,
    `"${host}"`,
    `https://${host}`,
    `${host}/`,
    '127.0.0.1',
    '192.0.2.7',
    `%61${host}`,
    encodeUtf8('é.shop.test'),
    'x\xffy.shop.test',
    `${host} `,
    'test',
    '.test',
    '127.1',
    `a b.${registrable}`,
    '.localhost',
    '*.shop.test',
    `_x.${registrable}`,
  ])
}

const flag = (name: string, random: Random): string =>
  random.pick([
    name,
    name,
    name,
    name.toLowerCase(),
    name.toUpperCase(),
    `${name}=`,
    `${name}=false`,
    ` ${name} `,
    `${name}=0`,
  ])

const attribute = (host: string, random: Random): string => {
  switch (random.int(13)) {
    case 0:
    case 1:
      return flag('Secure', random)
    case 2:
      return flag('HttpOnly', random)
    case 3:
    case 4:
    case 5:
      return `${random.pick(['SameSite', 'SameSite', 'samesite', ' SameSite '])}=${random.pick(sameSiteValues)}`
    case 6:
    case 7:
      return `${random.pick(['Domain', 'Domain', 'domain'])}=${domainValues(host, random)}`
    case 8:
      return `${random.pick(['Path', 'Path', 'path'])}=${random.pick(pathValues)}`
    case 9:
      return `Max-Age=${random.pick(maxAges)}`
    case 10:
      return `Expires=${random.pick(dates)}`
    case 11:
      return flag('Partitioned', random)
    default:
      return random.pick([
        '',
        ' ',
        'foo',
        'foo=bar',
        'Priority=High',
        'foo=a\x7fb',
        '=x',
        'Version=1',
        'Secured',
        'Http-Only',
        `foo=${'y'.repeat(1100)}`,
        `Path=/${'p'.repeat(1020 + random.int(8))}`,
        `Domain=${'d'.repeat(1030)}`,
      ])
  }
}

/** The sizes around the limit, and far beyond it. */
const sizes = [4080, 4090, 4095, 4096, 4097, 4100, 5000, 9000] as const

const nameAndValue = (index: number, random: Random): string => {
  const name = `n${index}`
  const roll = random.int(100)
  if (roll < 55) return `${name}=v${random.int(100)}`
  if (roll < 70) return `${random.pick(prefixes)}${name}=v`
  if (roll < 78) return `${name}=${random.pick(oddValues)}`
  if (roll < 84) return `${random.pick(oddNames)}=v${index}`
  if (roll < 88)
    return random.pick([
      `bare${index}`,
      `=nameless${index}`,
      '=',
      '',
      ' ',
      `=a${index}=b`,
      '==',
      `= ${name}`,
      `__Host-bare${index}`,
      `=__Secure-x${index}=1`,
    ])
  if (roll < 92) return `${name}=${'x'.repeat(Math.max(0, random.pick(sizes) - name.length))}`
  return ` ${name} = v `
}

/** A Set-Cookie line for this host: mostly plausible, with every trap of the rules in it now and then. Printable on the wire. */
export const generateLine = (host: string, index: number, random: Random): string => {
  const count = random.pick([0, 1, 1, 2, 2, 3, 3, 4, 6])
  const attributes = Array.from({ length: count }, () => attribute(host, random))
  const separator = random.pick(['; ', '; ', ';', ' ; ', ';\t'])
  return [nameAndValue(index, random), ...attributes].join(separator)
}
