import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { generate } from 'selfsigned'
import { type ServerProcess, startProcess } from './process.ts'
import { fill, type Regions } from './source.ts'

export interface NginxPorts {
  https: number
  http: number
  /** The pages that are no stack's: the single-page app and the identity provider. */
  sites: number
  /** The app's instances, in turn. */
  apps: readonly number[]
}

const certificate = generate([{ name: 'commonName', value: 'shop.test' }], { keyType: 'ec', algorithm: 'sha256' })

/** Starts nginx in front of an app. @param regions of nginx.conf */
export const startNginx = async (ports: NginxPorts, regions: Regions): Promise<ServerProcess> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'cookie-verdict-nginx-'))
  // Its workers run as another user where nginx is started as root.
  await chmod(folder, 0o755)
  const template = await readFile(new URL('nginx.conf', import.meta.url), 'utf8')
  const conf = fill(template, regions)
    .replace('# instances', ports.apps.map((port) => `server 127.0.0.1:${port};`).join(' '))
    .replaceAll('@https@', String(ports.https))
    .replaceAll('@http@', String(ports.http))
    .replaceAll('@sites@', String(ports.sites))
  const { cert, private: key } = await certificate
  await writeFile(path.join(folder, 'nginx.conf'), conf)
  await writeFile(path.join(folder, 'certificate.pem'), cert)
  await writeFile(path.join(folder, 'key.pem'), key, { mode: 0o600 })
  const running = await startProcess(['nginx', '-p', folder, '-c', 'nginx.conf', '-e', 'stderr'], {
    cwd: folder,
    env: {},
    port: ports.https,
  })
  return {
    output: running.output,
    stop: async () => {
      await running.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
