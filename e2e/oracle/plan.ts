import type { Case } from './cases.ts'
import { generateSendCase, generateSetCase } from './generate.ts'
import { generateCrowdedCase, generateCrowdedPartitionCase } from './generate-crowded.ts'
import { type Random, randomFrom } from './random.ts'

export interface Plan {
  seed: number
  /** Set-Cookie lines. */
  lines: number
  /** Cookies of a jar, on requests. */
  cookies: number
  /** Also what Chromium's recorder alone plays: workers, WebSockets, frames without credentials; full stores, which are slow. */
  further?: boolean
}

/** So many lines a response has, and cookies a jar: independent of each other but for the traps that concern two. */
const perExchange = 10

export const planCases = ({ seed, lines, cookies, further = false }: Plan): Case[] => {
  const random = randomFrom(seed)
  const many = (total: number, make: (index: number) => Case): Case[] =>
    Array.from({ length: Math.ceil(total / perExchange) }, (_, index) => make(index))
  const isFurther = (index: number): boolean => further && index % furtherEvery === 0
  return [
    ...many(lines, (index) => generateSetCase(`set/${seed}/${index}`, perExchange, random, isFurther(index))),
    ...many(cookies, (index) => generateSendCase(`send/${seed}/${index}`, perExchange, random, isFurther(index))),
    ...(further ? crowdedCases(seed, lines, random) : []),
  ]
}

/** One exchange in so many. */
const furtherEvery = 6

/** One full store for so many lines; one of either kind at least. */
const linesPerCrowd = 500

const crowdedCases = (seed: number, lines: number, random: Random): Case[] =>
  Array.from({ length: Math.max(1, Math.ceil(lines / linesPerCrowd)) }, (_, index) => [
    generateCrowdedCase(`crowded/${seed}/${index}`, random),
    generateCrowdedPartitionCase(`crowded-partition/${seed}/${index}`, random),
  ]).flat()
