import type { Answer } from './capture-site.ts'

/** What the tests of both browsers on where a request comes from have in common: the pages, and the lines that all answers carry. */

export const noIcon = '<link rel="icon" href="data:,">'
/** Of each kind, so that a context taken for another would show. */
const lines = [
  'strict=1; Path=/; SameSite=Strict',
  'lax=1; Path=/; SameSite=Lax',
  'none=1; Path=/; SameSite=None; Secure',
  'bad=1; Path=/; SameSite=None',
]
export const sets = { headers: { 'Set-Cookie': lines } }
const image = { headers: { 'Content-Type': 'image/png', 'Set-Cookie': lines } }
const script = (body: string) => ({ body, headers: { 'Content-Type': 'text/javascript' } })
export const www = 'https://www.shop.test'
export const local = 'http://localhost'

export const answers: Record<string, Answer> = {
  '/': { body: noIcon },
  '/set': { ...sets, body: noIcon },
  // A page that must not be stored does not come back as it was left.
  '/kept': { body: noIcon, headers: { ...sets.headers, 'Cache-Control': 'max-age=0' } },
  '/outer': {
    ...sets,
    body: `<iframe src="${www}/inner"></iframe><iframe srcdoc="<img src=${www}/from-srcdoc>"></iframe>`,
  },
  '/inner': { ...sets, body: '<img src="/in-inner">' },
  '/in-inner': image,
  '/from-srcdoc': image,
  '/from-blank': image,
  '/sandboxed': {
    ...sets,
    body: '<img src="/in-sandboxed"><script>fetch("/cors", { credentials: "include" })</script>',
  },
  '/in-sandboxed': image,
  '/cors': {
    headers: {
      'Access-Control-Allow-Origin': 'null',
      'Access-Control-Allow-Credentials': 'true',
      'Set-Cookie': lines,
    },
  },
  '/worker.js': script('fetch("/from-worker").then(() => postMessage(1))'),
  '/from-worker': sets,
  '/shared.js': script('onconnect = ({ ports: [port] }) => fetch("/from-shared").then(() => port.postMessage(1))'),
  '/from-shared': { headers: { 'Set-Cookie': 'shared=1; Path=/' } },
  '/sw.js': script(
    `addEventListener('activate', (event) => event.waitUntil(clients.claim()))
     addEventListener('fetch', (event) => event.respondWith(fetch(event.request)))`,
  ),
  '/through': { headers: { 'Set-Cookie': 'through=1; Path=/' } },
  '/beacon': { ...sets, status: 204 },
  '/broken': { ...sets, status: 503 },
  '/download': { headers: { ...sets.headers, 'Content-Disposition': 'attachment; filename=x.txt' }, body: 'x' },
  '/hints': {
    ...sets,
    body: noIcon,
    earlyHints: { link: '</style.css>; rel=preload; as=style', 'set-cookie': 'hint=1' },
  },
  '/socket': sets,
  '/cached': { headers: { 'Cache-Control': 'max-age=1000', 'Set-Cookie': lines }, body: 'x' },
}
