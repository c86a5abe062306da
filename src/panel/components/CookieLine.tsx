import { useState } from 'preact/hooks'
import type { CookieVerdict } from '../../contract.ts'
import type { ElsewhereWords } from '../view-elsewhere.ts'
import { plainText } from '../view-text.ts'
import { sendWords, storedWords } from '../view-verdict.ts'
import { Icon } from './Icon.tsx'
import { PageText } from './PageText.tsx'
import { Prose } from './Prose.tsx'
import { Secret } from './Secret.tsx'

interface Props {
  verdict: CookieVerdict
  elsewhere: readonly ElsewhereWords[]
  /** What tells it from others of its name on the request. */
  apart: readonly string[]
}

/** A cookie about which there is little to say: sent, or kept back as its scope wants it. */
export function CookieLine({ verdict, elsewhere, apart }: Props) {
  const [valueShown, setValueShown] = useState(false)
  const { cookie, outcome, reasons, attributesUnknown } = verdict
  const words = sendWords(verdict, null)
  const kept = attributesUnknown === true ? ['not seen in the store'] : storedWords(cookie)
  return (
    <li class="cookie-line">
      <span class={`glyph ${outcome === 'blocked' ? 'quiet' : words.tone}`}>
        <Icon name={outcome === 'blocked' ? 'none' : words.icon} />
      </span>
      <span class="cookie-name" title={[cookie.name, ...kept].map(plainText).join(' · ')}>
        {cookie.name === '' ? <span class="dim">(no name)</span> : <PageText text={cookie.name} />}
      </span>
      <span class="cookie-value">
        <Secret of={cookie.name} value={cookie.value} shown={valueShown} onToggle={() => setValueShown(!valueShown)} />
        {attributesUnknown !== true &&
          apart.map((text) => (
            <span class="dim">
              {' · '}
              <PageText text={text} />
            </span>
          ))}
      </span>
      {elsewhere
        .filter(({ differs }) => differs)
        .map(({ browser, tone, text, why, basis }) => (
          <span class="cookie-elsewhere" title={[plainText(why), basis].filter(Boolean).join('. ')}>
            {browser}, foretold: <span class={tone}>{text}</span>
          </span>
        ))}
      {reasons.length > 0 && (
        <span class="cookie-why">
          {reasons.map(({ title, explanation }) => (
            <span title={plainText(explanation)}>
              <Prose text={title} />{' '}
            </span>
          ))}
        </span>
      )}
    </li>
  )
}
