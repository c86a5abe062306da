import { Fragment } from 'preact'
import type { TokenView } from '../view-token.ts'
import { ExchangeLink } from './ExchangeLink.tsx'
import { PageText } from './PageText.tsx'
import { Prose } from './Prose.tsx'

/** Tokens, decoded: what they say of themselves, never the token. */
export function TokenList({ tokens }: { tokens: readonly TokenView[] }) {
  if (tokens.length === 0) return null
  return (
    <section class="tokens" aria-labelledby="tokens">
      <h2 id="tokens">Tokens</h2>
      {tokens.map(({ exchange, where, facts }) => (
        <div class="token">
          <p class="token-head">
            <b>
              <Prose text={where} />
            </b>{' '}
            <ExchangeLink id={exchange} />
          </p>
          <dl class="token-facts">
            {facts.map(({ name, text, tone }) => (
              <Fragment key={name}>
                <dt>{name}</dt>
                <dd class={tone}>
                  <PageText text={text} />
                </dd>
              </Fragment>
            ))}
          </dl>
        </div>
      ))}
    </section>
  )
}
