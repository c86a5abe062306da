import { escapeHtml, layout, providerLayout } from './layout.ts'
import type { Scenario, ScenarioId } from './scenarios.ts'
import type { Setup } from './setup.ts'

/** What a page needs to know of the shop and its visitor. */
export interface View {
  scenario: Scenario & { id: ScenarioId }
  setup: Setup
  /** Whether a fix is applied. */
  fixed: boolean
  /** The visitor's name; null when not logged in. Only the page's own server knows: see `setup.state`. */
  visitor: string | null
}

const products = [
  {
    name: 'Stoneware mug',
    price: '€14',
    tint: 'clay',
    shape: 'M9 12h22v16a8 8 0 0 1-8 8h-6a8 8 0 0 1-8-8zM31 16h3a5 5 0 0 1 0 10h-3',
  },
  { name: 'Desk lamp', price: '€48', tint: 'sun', shape: 'M24 8 12 20h24zM24 20v14M14 38h20' },
  {
    name: 'Fern in a pot',
    price: '€22',
    tint: 'leaf',
    shape: 'M24 28V12M24 20c-6 0-10-4-10-9 6 0 10 4 10 9M24 24c6 0 10-4 10-9-6 0-10 4-10 9M14 28h20l-3 12H17z',
  },
]

const state = ({ setup, visitor }: View): string => {
  if (setup.state === 'api') return '<p class="state" role="status" data-ask>Asking the API…</p>'
  return visitor === null
    ? '<p class="state out" role="status">You are not logged in.</p>'
    : `<p class="state in" role="status">You are logged in as ${escapeHtml(visitor)}.</p>`
}

const page = (view: View, title: string, main: string): string => {
  const { scenario, setup, fixed } = view
  const api = setup.api === null ? '' : ` data-api="${setup.api}"`
  const credentials = setup.login.by === 'fetch' ? ` data-credentials="${setup.login.credentials}"` : ''
  return layout({
    title,
    main: `${state(view)}\n${main}`,
    script: 'shop.js',
    attributes: `${api}${credentials}`,
    scenario,
    fixed,
  })
}

export const homePage = (view: View): string =>
  page(
    view,
    'Home',
    `<h1>Small things for a good day</h1>
<ul class="products">
${products
  .map(
    ({ name, price, tint, shape }) =>
      `<li><svg class="${tint}" viewBox="0 0 48 48" aria-hidden="true"><path d="${shape}"/></svg><b>${name}</b><span>${price}</span></li>`,
  )
  .join('\n')}
</ul>`,
  )

export const loginPage = (view: View): string => {
  const { login, api } = view.setup
  if (login.by === 'provider') {
    return page(
      view,
      'Log in',
      `<h1>Log in</h1>
<form action="https://id.other.test/authorize"><button>Continue with Other ID</button></form>`,
    )
  }
  const target = login.by === 'form' ? `method="post" action="${login.path}"` : `data-login="${api ?? ''}${login.path}"`
  return page(
    view,
    'Log in',
    `<h1>Log in</h1>
<form ${target}>
<label>Name <input name="name" autocomplete="off" value="Ada" required></label>
<label>Password <input name="password" type="password" autocomplete="off" value="any will do" required></label>
<button>Log in</button>
</form>`,
  )
}

export const accountPage = (view: View): string =>
  page(view, 'Account', '<h1>Your account</h1>\n<p>Orders and addresses, for whoever is logged in.</p>')

export const cartPage = (view: View): string =>
  page(view, 'Cart', '<h1>Your cart</h1>\n<p>It is empty. The mugs are nice.</p>')

/** The identity provider's page, on another site: the visitor agrees and is sent back. */
export const consentPage = (): string =>
  providerLayout(`<h1>Log in to Corner Shop</h1>
<form method="post" action="/authorize">
<label>Name <input name="name" autocomplete="off" value="Ada" required></label>
<label>Password <input name="password" type="password" autocomplete="off" value="any will do" required></label>
<button>Log in</button>
</form>`)
