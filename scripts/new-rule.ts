/** `npm run new-rule -- NAME --operation set|send|warn`: makes a rule and its test, lists it, and says what to do next. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { Failure, main } from './command.mjs'
import { newRule } from './new-rule-files.ts'

const help = `Makes a rule and its test, and lists it.

  npm run new-rule -- NAME [--operation set|send|warn]

  NAME         the DevTools protocol's where it has one, else a name of the same form: ExampleRule
  --operation  set (default): a Set-Cookie line is refused; send: a stored cookie is withheld;
               warn: a line is accepted, but not as written
  --help       this`

const readArguments = () => {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { operation: { type: 'string', default: 'set' }, help: { type: 'boolean', default: false } },
    })
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new Failure(`${message.replace(/\.?$/, '.')} See npm run new-rule -- --help.`)
  }
}

await main(async () => {
  const { positionals, values } = readArguments()
  if (values.help) {
    console.log(help)
    return
  }
  const [name, ...rest] = positionals
  if (rest.length > 0) throw new Failure(`One name at a time: ${positionals.join(', ')}.`)
  const { files, changes } = newRule(name, values.operation)
  for (const { path } of files) if (existsSync(path)) throw new Failure(`${path} is there already.`)
  // All that can fail comes before the first write.
  const changed = changes.map(({ path, change }) => ({ path, text: change(readFileSync(path, 'utf8')) }))
  for (const { path, text } of [...files, ...changed]) writeFileSync(path, text)
  const [made = ''] = files.map(({ path }) => path)
  console.log(`Made ${files.map(({ path }) => path).join(' and ')}.
Listed in ${changed.map(({ path }) => path).join(' and ')}.

Next:
1. Write the rule and its table: what it finds, the near misses, what it can't decide. Measure before you assert.
   Its test alone: npx vitest ${made.replace(/\.ts$/, '')}
2. It stands last in its list. Where its layer is another, or it says more than others, move it to where the browser looks.
3. npm run docs makes its page; npm test holds everything together. docs/adding-a-rule.md has the rest.`)
})
