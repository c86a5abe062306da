import { readFileSync, writeFileSync } from 'node:fs'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { Recording } from './cases.ts'

/** Recordings as JSON, compressed: some thousands fit into a few hundred kilobytes. */
export const saveRecordings = (file: string | URL, recordings: readonly Recording[]): void =>
  writeFileSync(file, gzipSync(JSON.stringify(recordings), { level: 9 }))

export const loadRecordings = (file: string | URL): Recording[] =>
  JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as Recording[]
