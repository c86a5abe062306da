import type { ElsewhereWords } from '../view-elsewhere.ts'
import { Icon } from './Icon.tsx'
import { Prose } from './Prose.tsx'

/** What each browser does with the cookie: the one that the panel is in, and what is foretold of the others. */
export function ElsewhereRow({ browsers }: { browsers: readonly ElsewhereWords[] }) {
  return (
    <div class="elsewhere">
      <h3 title="Foretold by the rules of each browser, with its usual settings; not tried there.">
        Elsewhere, foretold
      </h3>
      <ul>
        {browsers.map(({ browser, here, icon, tone, text, why, basis }) => (
          <li key={browser} title={basis} class={here ? 'here' : why === '' ? '' : 'told'}>
            {!here && (
              <span class={`glyph ${tone}`}>
                <Icon name={icon} />
              </span>
            )}
            <span>
              <span class="browser">{browser}</span>{' '}
              {here ? <span class="dim">here</span> : <span class={tone}>{text}</span>}
              {why !== '' && (
                <span class="dim">
                  {': '}
                  <Prose text={why} />
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}
