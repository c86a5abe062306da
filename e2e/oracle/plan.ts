import type { Case } from './cases.ts'
import { generateSendCase, generateSetCase } from './generate.ts'
import { randomFrom } from './random.ts'

export interface Plan {
  seed: number
  /** Set-Cookie lines. */
  lines: number
  /** Cookies of a jar, on requests. */
  cookies: number
}

/** So many lines a response has, and cookies a jar: independent of each other but for the traps that concern two. */
const perExchange = 10

export const planCases = ({ seed, lines, cookies }: Plan): Case[] => {
  const random = randomFrom(seed)
  const many = (total: number, make: (index: number) => Case): Case[] =>
    Array.from({ length: Math.ceil(total / perExchange) }, (_, index) => make(index))
  return [
    ...many(lines, (index) => generateSetCase(`set/${seed}/${index}`, perExchange, random)),
    ...many(cookies, (index) => generateSendCase(`send/${seed}/${index}`, perExchange, random)),
  ]
}
