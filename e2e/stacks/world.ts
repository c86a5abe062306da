import { execFile } from 'node:child_process'
import { mkdir, rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { startNginx } from './servers/nginx.ts'
import { freePorts, type ServerProcess, startProcess } from './servers/process.ts'
import { startSites } from './servers/sites.ts'
import { copySources, type Regions } from './servers/source.ts'
import type { TestedStack } from './stack.ts'
import { nginxRemedies } from './stacks/nginx.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** What every server gets from its environment. */
const environment = {
  NODE_ENV: 'production',
  PAGES: here('apps/pages'),
}

/** A stack that runs behind nginx. */
export interface RunningStack {
  /** What its servers wrote. */
  output(): string
  stop(): Promise<void>
}

/** What all stacks share: the ports that the browser's host names lead to, and the pages that are no stack's. */
export interface World {
  readonly ports: { https: number; http: number }
  /** Starts a stack with all remedies, or with other lines in the place of some. One at a time. */
  start(stack: TestedStack, other?: Regions): Promise<RunningStack>
  close(): Promise<void>
}

const startRedis = async (): Promise<{ url: string; process: ServerProcess }> => {
  const [port = 0] = await freePorts(1)
  const process = await startProcess(
    ['redis-server', '--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no'],
    { cwd: here('.work'), env: {}, port },
  )
  return { url: `redis://127.0.0.1:${port}`, process }
}

const shell = (command: string): [string, ...string[]] => ['sh', '-c', command]

/** Copies the sources of a stack to a folder below e2e/stacks, where Node finds the packages, and makes them ready. */
const makeReady = async (
  stack: TestedStack,
  regions: Regions,
  env: Readonly<Record<string, string>>,
): Promise<string> => {
  // Of this process alone: another run may be under way.
  const folder = here(`.work/${process.pid}/${stack.id}`)
  await rm(folder, { recursive: true, force: true })
  await copySources(here(`apps/${stack.id}`), folder, regions)
  if (stack.build !== undefined) {
    const [command, ...args] = shell(stack.build)
    await promisify(execFile)(command, args, { cwd: folder, env: { ...process.env, ...env } })
  }
  return folder
}

export const startWorld = async (): Promise<World> => {
  await mkdir(here('.work'), { recursive: true })
  const sites = await startSites()
  // Two instances of each app, which nginx asks in turn.
  const [https = 0, http = 0, ...apps] = await freePorts(4)
  return {
    ports: { https, http },
    start: async (stack, other = {}) => {
      const running: ServerProcess[] = []
      const stop = async () => {
        await Promise.all(running.map((process) => process.stop()))
      }
      try {
        const redis = stack.redis ? await startRedis() : null
        if (redis !== null) running.push(redis.process)
        const env = { ...environment, ...stack.env, ...(redis === null ? {} : { REDIS_URL: redis.url }) }
        const cwd = await makeReady(stack, { ...stack.remedies, ...other }, env)
        const start = async (port: number) => {
          running.push(await startProcess(shell(stack.start), { cwd, env: { ...env, PORT: String(port) }, port }))
        }
        const results = await Promise.allSettled(apps.map(start))
        for (const result of results) if (result.status === 'rejected') throw result.reason
        running.push(await startNginx({ https, http, sites: sites.port, apps }, { ...nginxRemedies, ...other }))
      } catch (error) {
        await stop()
        throw error
      }
      return { output: () => running.map((process) => process.output()).join('\n'), stop }
    },
    close: async () => {
      await sites.close()
      await rm(here(`.work/${process.pid}`), { recursive: true, force: true })
    },
  }
}
