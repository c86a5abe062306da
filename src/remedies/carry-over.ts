import { parseLine } from '../cookie/parse.ts'
import type { AttributeAction, FixableAttribute } from './action.ts'
import { correctLine } from './correct-line.ts'

const attributes: readonly FixableAttribute[] = ['Secure', 'HttpOnly', 'SameSite', 'Domain', 'Path', 'Partitioned']

/** The attribute that counts: the last of its name. */
const last = (line: string, attribute: FixableAttribute) =>
  parseLine(line).attributes.findLast(({ name }) => name === attribute.toLowerCase())

/** What of the attributes is another in a second line, as what to do about the first. */
export const attributeChanges = (before: string, after: string): AttributeAction[] =>
  attributes.flatMap((attribute): AttributeAction[] => {
    const was = last(before, attribute)
    const is = last(after, attribute)
    if (was?.value === is?.value && (was === undefined) === (is === undefined)) return []
    if (is === undefined) return [{ action: 'remove-attribute', attribute }]
    return [{ action: 'set-attribute', attribute, ...(is.hasEquals ? { value: is.value } : {}) }]
  })

/**
 * Makes the change that led from one line to another in a third: from a line that stands for a stored cookie to the
 * one that a server really sent. What else that one says stays as it is.
 */
export const carryOver = (before: string, after: string, line: string): string =>
  correctLine(line, attributeChanges(before, after))
