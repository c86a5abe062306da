/** `npm run new-rule -- NAME --operation set|send|warn`: makes a rule and its test, and says what to do next. */
import { existsSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { Failure, main } from './command.mjs'
import { newRule } from './new-rule-files.ts'

const readArguments = () => {
  try {
    return parseArgs({ allowPositionals: true, options: { operation: { type: 'string', default: 'set' } } })
  } catch (error) {
    throw new Failure(error instanceof Error ? error.message : String(error))
  }
}

await main(async () => {
  const { positionals, values } = readArguments()
  const [name, ...rest] = positionals
  if (rest.length > 0) throw new Failure(`One name at a time: ${positionals.join(', ')}.`)
  const { files, file, variable } = newRule(name, values.operation)
  for (const { path } of files) if (existsSync(path)) throw new Failure(`${path} is there already.`)
  for (const { path, text } of files) writeFileSync(path, text)
  console.log(`Made ${files.map(({ path }) => path).join(' and ')}.

Next:
1. Write the rule and its table: what it finds, the near misses, what it can't decide. Measure before you assert.
2. List it in src/rules/${values.operation}/index.ts, where the browser would look:
     import ${variable} from './${file}.ts'
3. npm run docs makes its page; npm test holds everything together. docs/adding-a-rule.md has the rest.`)
})
