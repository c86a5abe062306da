import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url))

/** The pages of docs/rules by file name, made from the rules and their tests. Vitest is left out, so that no test runs. */
export const loadPages = async (): Promise<Map<string, string>> => {
  const { module } = await runnerImport<typeof import('./docs-pages.ts')>(here('docs-pages.ts'), {
    configFile: false,
    logLevel: 'error',
    resolve: { alias: { vitest: here('docs-vitest.ts') } },
  })
  return module.pages()
}

export const pagesFolder = fileURLToPath(new URL('../docs/rules', import.meta.url))
