import { type Answer, type Answers, generic, type Snippet, type Stack } from '../stack.ts'
import { throughAttributes } from './attributes.ts'
import { outsideOfApps } from './elsewhere.ts'
import { express } from './express.ts'
import { js } from './literal.ts'
import { forOrigin, inFile, only } from './snippet.ts'

const docs = {
  cors: 'https://docs.nestjs.com/security/cors',
  proxy: 'https://docs.nestjs.com/security/rate-limiting#proxies',
}

const main = inFile('src/main.ts', 'ts')

/** Express' answer as it stands in a NestJS project. */
const inMain = (answer: Answer): Answer => (answer.kind === 'snippet' ? inMainSnippet(answer) : answer)

const inMainSnippet = (answer: Snippet): Snippet => ({
  ...answer,
  file: answer.file === 'app.js' ? 'src/main.ts' : answer.file,
  language: answer.language === 'js' ? 'ts' : answer.language,
  lines: inTypeScript(answer),
  ...(answer.instead && { instead: inMainSnippet(answer.instead) }),
})

const inTypeScript = ({ lines }: Snippet): string =>
  lines
    .replace('secret: process.env.SESSION_SECRET,', 'secret: process.env.SESSION_SECRET!,')
    .replace(/^res\./, 'response.')
    .replace(' app.js', ' dist/main.js')

const attributes: Answers['attributes'] = (change) => inMain(express.answers.attributes(change))

export const nestjs: Stack = {
  id: 'nestjs',
  name: 'NestJS (on Express)',
  role: 'app',
  version: '12',
  traces: {},
  above: ['express'],
  answers: {
    ...outsideOfApps,
    ...throughAttributes(attributes, 'connect.sid'),
    ...only(express.answers, 'shorten-value', 'trust-origin'),
    attributes,
    'send-separately': () => generic,
    'trust-proxy': () =>
      main(
        docs.proxy,
        [
          "import { NestFactory } from '@nestjs/core'",
          "import type { NestExpressApplication } from '@nestjs/platform-express'",
          '',
          'const app = await NestFactory.create<NestExpressApplication>(AppModule)',
          "app.set('trust proxy', 1)",
        ],
        'Before the session. 1: one proxy stands in front; count yours. It has to set X-Forwarded-Proto itself; where the app can be reached around it, name its address in place of the number. On Fastify: `new FastifyAdapter({ trustProxy: … })`.',
      ),
    'allow-credentials': ({ origin }) =>
      forOrigin(origin, () =>
        main(
          docs.cors,
          [`app.enableCors({ origin: [${js(origin)}], credentials: true })`],
          'Right after `NestFactory.create(…)`. On Fastify give `methods` too: it lets in GET, HEAD and POST only.',
        ),
      ),
    'public-url': (action) => inMain(express.answers['public-url'](action)),
    'share-session': (action, at) => inMain(express.answers['share-session'](action, at)),
    'delete-cookie': (action) => inMain(express.answers['delete-cookie'](action)),
    'readable-csrf-cookie': (action) => inMain(express.answers['readable-csrf-cookie'](action)),
    'session-lifetime': (action, at) => inMain(express.answers['session-lifetime'](action, at)),
    'pass-on-set-cookie': () =>
      inFile('the controller', 'ts')(
        'https://expressjs.com/en/5x/api/response/#resappend',
        ["for (const line of answer.headers.getSetCookie()) response.append('Set-Cookie', line)"],
        '`answer`: what your `fetch` of the API gave; `response`: from `@Res({ passthrough: true })`.',
      ),
    'no-store': () =>
      inFile('the controller', 'ts')(
        'https://docs.nestjs.com/controllers#response-headers',
        ["@Header('Cache-Control', 'no-store')"],
        "On the handler; `import { Header } from '@nestjs/common'`.",
      ),
    'header-limit': (action) => inMain(express.answers['header-limit'](action)),
  },
}
