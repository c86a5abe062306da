import type { Stack, StackId } from '../../remedies/stack.ts'
import { chosenStack, type Likely } from '../view-stacks.ts'
import { Icon } from './Icon.tsx'
import { Prose } from './Prose.tsx'
import { usePanel } from './panel-context.ts'

interface Props {
  /** What the exchanges at hand point to. */
  likely: readonly Likely[]
  /** Those that there are lines for. */
  roles: ReadonlySet<Stack['role']>
}

const ROLES: readonly (readonly [role: Stack['role'], title: string, none: string])[] = [
  ['app', 'Stack', 'any'],
  ['proxy', 'Proxy in front', 'none, or unknown'],
]

/** Where the page dresses the list, its keys reach the page. */
const isListOpen = (select: HTMLSelectElement): boolean => CSS.supports('selector(:open)') && select.matches(':open')

/** Whose words the fixes are in: the app's stack, and the proxy before it. */
export function StackChooser({ likely, roles }: Props) {
  const { story } = usePanel()
  const choice = story.choice.value
  return (
    <div class="stack-chooser">
      {ROLES.map(([role, title, none]) => {
        const chosen = chosenStack(story.book, role, choice, likely)
        const likelyIds = new Set(likely.map(({ stack }) => stack))
        const stacks = story.book.stacks.filter((stack) => stack.role === role)
        if (!roles.has(role)) return null
        const here = stacks.filter(({ id }) => likelyIds.has(id))
        const option = ({ id, name }: Stack) => (
          <option value={id} selected={chosen?.stack.id === id}>
            {name}
          </option>
        )
        return (
          <div key={role}>
            <label>
              {title}
              <span class={`select ${chosen === null ? '' : 'chosen'}`}>
                <select
                  value={chosen?.stack.id ?? 'none'}
                  onKeyDown={(event) => {
                    // The key that closes the list is not to close the details, too.
                    if (event.key === 'Escape' && isListOpen(event.currentTarget)) event.stopPropagation()
                  }}
                  onChange={(event) => story.choose(role, event.currentTarget.value as StackId | 'none')}
                >
                  <option value="none" selected={chosen === null}>
                    {none}
                  </option>
                  {here.length > 0 && <optgroup label="Likely here">{here.map(option)}</optgroup>}
                  <optgroup label={here.length > 0 ? 'Others' : 'All'}>
                    {stacks.filter(({ id }) => !likelyIds.has(id)).map(option)}
                  </optgroup>
                </select>
                <Icon name="down" />
              </span>
            </label>
            {chosen?.why && (
              <span class="dim likely">
                Likely: <Prose text={chosen.why} />
              </span>
            )}
          </div>
        )
      })}
    </div>
  )
}
