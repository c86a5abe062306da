import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { Failure, main, runPackage } from './command.mjs'

/** The library's entry, and what package.json's `exports` gives to others. */
const entry = 'src/judge/index.ts'

/**
 * One file of plain JavaScript with all that it needs in it, the Public Suffix List too: the verdicts are those of the
 * list that was held against the browsers, not of the one that happens to be installed.
 *
 * @param {string} folder
 */
const bundle = async (folder) => {
  const { build } = await import('vite')
  await build({
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'es2023',
      minify: false,
      lib: { entry, formats: ['es'], fileName: () => 'index.js' },
      license: { fileName: 'third-party-licences.md' },
      // As in vite.config.ts.
      rolldownOptions: { optimization: { inlineConst: false }, checks: { bundlerTimings: false } },
    },
  })
}

/** A relative import or export of a TypeScript file, as the compiler writes it into declarations. */
const relativeImport = /(from ')(\.[^']+)\.ts(')/g

/**
 * The declarations that the entry needs, out of those of the whole program, below `types`. Their imports end in .js, which
 * every resolution of TypeScript's understands.
 *
 * @param {string} folder
 */
const declare = async (folder) => {
  const emitted = mkdtempSync(path.join(tmpdir(), 'declarations-'))
  try {
    const config = path.join(emitted, 'tsconfig.json')
    const compilerOptions = {
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      rootDir: path.resolve('src'),
      outDir: emitted,
      types: [],
    }
    writeFileSync(
      config,
      JSON.stringify({
        extends: path.resolve('tsconfig.json'),
        compilerOptions,
        include: [],
        files: [path.resolve(entry)],
      }),
    )
    const { ok } = await runPackage('typescript/bin/tsc', ['--project', config])
    if (!ok) throw new Failure("The library's types could not be made.")

    /** @type {Set<string>} relative to src, without extension */
    const needed = new Set([path.posix.relative('src', entry).replace(/\.ts$/, '')])
    for (const module of needed) {
      const declarations = readFileSync(path.join(emitted, `${module}.d.ts`), 'utf8')
      for (const [, , imported = ''] of declarations.matchAll(relativeImport))
        needed.add(path.posix.join(path.posix.dirname(module), imported))
      const file = path.join(folder, 'types', `${module}.d.ts`)
      mkdirSync(path.dirname(file), { recursive: true })
      writeFileSync(file, declarations.replace(relativeImport, '$1$2.js$3'))
    }
    const [first = ''] = needed
    writeFileSync(path.join(folder, 'index.d.ts'), `export * from './types/${first}.js'\n`)
  } finally {
    rmSync(emitted, { recursive: true })
  }
}

/**
 * Builds the library into a folder: `index.js`, an ES module for Node and bundlers, with its types.
 *
 * @param {string} folder
 * @throws {Failure} when it does not come off
 */
export const buildLibrary = async (folder) => {
  await bundle(folder)
  await declare(folder)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main(() => buildLibrary('dist/lib'))
