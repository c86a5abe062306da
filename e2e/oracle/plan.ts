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
  /** Full stores as well, which are slow and which Chromium's recorder alone plays. */
  crowded?: boolean
}

/** So many lines a response has, and cookies a jar: independent of each other but for the traps that concern two. */
const perExchange = 10

export const planCases = ({ seed, lines, cookies, crowded = false }: Plan): Case[] => {
  const random = randomFrom(seed)
  const many = (total: number, make: (index: number) => Case): Case[] =>
    Array.from({ length: Math.ceil(total / perExchange) }, (_, index) => make(index))
  return [
    ...many(lines, (index) => generateSetCase(`set/${seed}/${index}`, perExchange, random)),
    ...many(cookies, (index) => generateSendCase(`send/${seed}/${index}`, perExchange, random)),
    ...(crowded ? crowdedCases(seed, lines, random) : []),
  ]
}

/** One full store for so many lines; one of either kind at least. */
const linesPerCrowd = 500

const crowdedCases = (seed: number, lines: number, random: Random): Case[] =>
  Array.from({ length: Math.max(1, Math.ceil(lines / linesPerCrowd)) }, (_, index) => [
    generateCrowdedCase(`crowded/${seed}/${index}`, random),
    generateCrowdedPartitionCase(`crowded-partition/${seed}/${index}`, random),
  ]).flat()
