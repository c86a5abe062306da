import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import type { TestedStack } from './stack.ts'

/** What each stack needs: it stands behind nginx. */
const alwaysNeeded = ['nginx']

/** Where there is no Debian, none of its packages is. */
const debianPackages = (): ReadonlySet<string> => {
  const { stdout } = spawnSync('dpkg', ['--get-selections'], { encoding: 'utf8', maxBuffer: 10_000_000 })
  const lines = (stdout ?? '').matchAll(/^([^\s:]+)(?::\w+)?\s+install$/gm)
  return new Set(Array.from(lines, ([, name = '']) => name))
}

export const missingFromDebian = (stacks: readonly TestedStack[]): string[] => {
  const installed = debianPackages()
  const needed = new Set([...alwaysNeeded, ...stacks.flatMap(({ needs }) => needs.debian ?? [])])
  return [...needed].filter((name) => !installed.has(name))
}

const missingFromNpm = ({ needs }: TestedStack): string[] =>
  (needs.npm ?? []).filter((name) => !existsSync(new URL(`node_modules/${name}/package.json`, import.meta.url)))

/** The packages for want of which a stack can't be started. */
export const missingOf = (stack: TestedStack): string[] => [...missingFromDebian([stack]), ...missingFromNpm(stack)]
