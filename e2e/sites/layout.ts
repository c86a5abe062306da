import { scenarios } from './scenarios.ts'
import { stories } from './stories/table.ts'

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => escapes[character] ?? '')

/** Choosing is done on the shop's https host, which empties the jar and leads to where the scenario begins. */
const choiceUrl = (id: string): string => `https://app.shop.test/choose?scenario=${id}`

const choices = (list: readonly { id: string; title: string }[], selected: string): string =>
  list
    .map(({ id, title }) => {
      const current = id === selected ? ' aria-current="true"' : ''
      return `<li><a href="${choiceUrl(id)}"${current}>${escapeHtml(title)}</a></li>`
    })
    .join('\n')

const head = (title: string): string => `<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/shop.css">`

export interface Layout {
  title: string
  /** Trusted HTML, like `attributes`, which the body gets. */
  main: string
  attributes: string
  script: 'shop.js' | 'story.js'
  scenario: { id: string; title: string; story: string }
  /** Whether a fix is applied. */
  fixed: boolean
}

/** A whole page of the shop. */
export const layout = ({ title, main, attributes, script, scenario, fixed }: Layout): string => `<!doctype html>
<html lang="en">
<head>
${head(`${title} · Corner Shop`)}
<script type="module" src="/${script}"></script>
</head>
<body${attributes}>
<header>
<a class="name" href="/">Corner Shop</a>
<nav aria-label="Shop"><a href="/">Home</a> <a href="/cart">Cart</a> <a href="/account">Account</a> <a href="/login">Log in</a></nav>
</header>
<div class="columns">
<main>
${main}
</main>
<aside aria-label="What is broken">
<h2>What is broken: <em>${escapeHtml(scenario.title)}</em></h2>
<p>${escapeHtml(scenario.story)}</p>
${fixed ? '<p class="fixed">A fix is applied: the login should hold now.</p>' : ''}
<p>Open DevTools on the <strong>Cookie Verdict</strong> tab, log in, and see what became of the cookie.</p>
<h3>Break a cookie</h3>
<ul>
${choices(scenarios, scenario.id)}
</ul>
<h3>Break what stands around it</h3>
<ul>
${choices(stories, scenario.id)}
</ul>
</aside>
</div>
</body>
</html>
`

/** A page of the identity provider. `main` is trusted HTML. */
export const providerLayout = (main: string, attributes = ''): string => `<!doctype html>
<html lang="en">
<head>
${head('Other ID')}
</head>
<body${attributes}>
<header><span class="name">Other ID</span></header>
<div class="columns">
<main>
${main}
</main>
</div>
</body>
</html>
`
