import { type Answers, generic, type Stack } from '../stack.ts'
import { deletionOf, keptOf, throughAttributes, type Writers, wholeOf, writeAttributes } from './attributes.ts'
import { outsideOfApps } from './elsewhere.ts'
import { listed, go as literal } from './literal.ts'
import { forOrigin, inFile, lifetimeFor, roomFor } from './snippet.ts'

const pkg = 'https://pkg.go.dev/net/http'
const docs = {
  cookie: `${pkg}#Cookie`,
  request: `${pkg}#Request`,
  header: `${pkg}#Header.Add`,
  server: `${pkg}#Server`,
  crossOrigin: `${pkg}#CrossOriginProtection.AddTrustedOrigin`,
  cors: 'https://github.com/rs/cors#parameters',
  env: 'https://pkg.go.dev/os#Getenv',
}

const main = inFile('main.go', 'go')

const writers: Writers = {
  path: (value) => `Path: ${literal(value ?? '')},`,
  domain: (value) => `Domain: ${literal(value ?? '')},`,
  httpOnly: (value) => `HttpOnly: ${value},`,
  secure: (value) => `Secure: ${value},`,
  sameSite: (value) => `SameSite: http.SameSite${value ?? 'Default'}Mode,`,
  partitioned: (value) => `Partitioned: ${value},`,
}

const setCookie = (name: string, value: string, fields: readonly string[]): string[] => [
  'http.SetCookie(w, &http.Cookie{',
  `\tName: ${literal(name)},`,
  ...(value === '' ? [] : [`\tValue: ${value},`]),
  ...fields.map((field) => `\t${field}`),
  '})',
]

const keep = 'Where your code sets the cookie; keep its other fields.'

const attributes: Answers['attributes'] = (change) => {
  const { cookie } = change
  const wanted = wholeOf(change)
  const fields = writeAttributes(wanted, writers)
  return fields.length === 0
    ? generic
    : main(
        docs.cookie,
        setCookie(cookie, 'value', fields),
        `${keep}${wanted.partitioned === undefined ? '' : ' `Partitioned` takes Go 1.23.'}`,
      )
}

export const go: Stack = {
  id: 'go',
  name: 'Go (net/http)',
  role: 'app',
  version: '1.25',
  traces: {},
  answers: {
    ...outsideOfApps,
    ...throughAttributes(attributes, 'session'),
    attributes,
    'shorten-value': () => generic,
    'send-separately': () =>
      main(
        docs.header,
        ['for _, line := range lines {', '\tw.Header().Add("Set-Cookie", line)', '}'],
        '`lines`: one for each cookie. `Add`, not `Set`, which keeps the last one only.',
      ),
    'trust-proxy': () =>
      main(
        docs.request,
        [
          'func isHTTPS(r *http.Request) bool {',
          '\treturn r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https"',
          '}',
        ],
        'net/http has no setting for proxies: use this where the code looks at `r.TLS`, or write `Secure: true`. Only behind a proxy that sets X-Forwarded-Proto itself.',
      ),
    'allow-credentials': ({ origin, headers }) =>
      forOrigin(origin, () =>
        main(
          docs.cors,
          [
            'handler := cors.New(cors.Options{',
            `\tAllowedOrigins:   []string{${literal(origin)}},`,
            '\tAllowCredentials: true,',
            '\tAllowedMethods:   []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"},',
            `\tAllowedHeaders:   []string{${listed(['Content-Type', 'Authorization', ...headers], literal)}},`,
            '}).Handler(mux)',
          ],
          '`mux`: your handler; serve `handler` in its place. (`go get github.com/rs/cors`)',
        ),
      ),
    'public-url': ({ url, callbackPath }) =>
      callbackPath === null
        ? generic
        : main(
            'https://pkg.go.dev/golang.org/x/oauth2#Config',
            [`RedirectURL: ${literal(url + callbackPath)},`],
            'A field of your `oauth2.Config`; better from the environment (`os.Getenv`).',
          ),
    'share-session': () =>
      main(
        docs.env,
        ['secret := os.Getenv("SESSION_SECRET")', 'if secret == "" {', '\tlog.Fatal("SESSION_SECRET is not set")', '}'],
        'For your session package: one secret for all instances, over deploys too, in place of one made at start; what the session holds belongs into a database or Redis.',
      ),
    'delete-cookie': (action) =>
      main(docs.cookie, setCookie(action.name, '', [...writeAttributes(deletionOf(action), writers), 'MaxAge: -1,'])),
    'trust-origin': ({ origin }) =>
      forOrigin(origin, () =>
        main(
          docs.crossOrigin,
          [
            'protection := http.NewCrossOriginProtection()',
            `if err := protection.AddTrustedOrigin(${literal(origin)}); err != nil {`,
            '\tlog.Fatal(err)',
            '}',
            'handler := protection.Handler(mux)',
          ],
          'With the protection of net/http (Go 1.25); other packages have their own list.',
        ),
      ),
    'readable-csrf-cookie': ({ name }) =>
      main(
        docs.cookie,
        setCookie(name ?? 'XSRF-TOKEN', 'csrfToken', [
          'Path: "/",',
          'HttpOnly: false,',
          'Secure: true,',
          'SameSite: http.SameSiteLaxMode,',
        ]),
        "`csrfToken`: the token that your CSRF package made. net/http's own protection (Go 1.25) works without one.",
      ),
    'session-lifetime': ({ name, seconds }, at) =>
      main(
        docs.cookie,
        setCookie(name, 'value', [...writeAttributes(keptOf(at), writers), `MaxAge: ${lifetimeFor(seconds)},`]),
        `In seconds. ${keep}`,
      ),
    'pass-on-set-cookie': () =>
      main(
        docs.header,
        ['for _, line := range answer.Header.Values("Set-Cookie") {', '\tw.Header().Add("Set-Cookie", line)', '}'],
        '`answer`: the `*http.Response` that your client gave. Before `w.WriteHeader`.',
      ),
    'no-store': () =>
      main(docs.header, ['w.Header().Set("Cache-Control", "no-store")'], 'In the handler that answers it.'),
    'header-limit': ({ bytes }) =>
      main(
        docs.server,
        [`server := &http.Server{Addr: ":8080", Handler: mux, MaxHeaderBytes: ${Math.max(roomFor(bytes), 1_048_576)}}`],
        'A megabyte is what net/http takes by itself: a smaller limit is in your code, or in a proxy.',
      ),
  },
}
