import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'
import { placeholders } from './new-rule-files.ts'

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

/** Where a page still has the words of `npm run new-rule`'s template: one line for each. */
export const unwritten = (pages: ReadonlyMap<string, string>): string[] =>
  [...pages]
    .filter(([file]) => file !== 'README.md')
    .flatMap(([file, text]) =>
      Object.entries(placeholders)
        .filter(([, words]) => text.includes(words))
        .map(
          ([field, words]) =>
            `${file.replace(/-(?:set|send)\.md$/, '')}: its ${field} is still the template's, “${words}”`,
        ),
    )

export const pagesFolder = fileURLToPath(new URL('../docs/rules', import.meta.url))
