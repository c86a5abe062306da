import { type Answer, type Answers, type CookieAtHand, doesNotApply, generic, type Stack } from '../stack.ts'
import {
  deletionOf,
  keptOf,
  storeOf,
  throughAttributes,
  type Writers,
  wantedOf,
  wholeOf,
  writeAttributes,
} from './attributes.ts'
import { outsideOfApps } from './elsewhere.ts'
import { java, listed, yaml } from './literal.ts'
import { forOrigin, forWords, inFile, lifetimeFor, roomFor } from './snippet.ts'

const boot = 'https://docs.spring.io/spring-boot/reference'
const security = 'https://docs.spring.io/spring-security/reference/servlet'
const framework = 'https://docs.spring.io/spring-framework/docs/current/javadoc-api/org/springframework'
const docs = {
  session: `${boot}/web/servlet.html#web.servlet.embedded-container.customizing`,
  properties:
    'https://docs.spring.io/spring-boot/appendix/application-properties/index.html#appendix.application-properties.server',
  forwarded: 'https://docs.spring.io/spring-boot/how-to/webserver.html#howto.webserver.use-behind-a-proxy-server',
  springSession: `${boot}/web/spring-session.html`,
  cookie: `${framework}/http/ResponseCookie.html`,
  headers: `${framework}/http/HttpHeaders.html`,
  cacheControl: `${framework}/http/CacheControl.html#noStore()`,
  cors: `${security}/integrations/cors.html`,
  csrf: `${security}/exploits/csrf.html#csrf-integration-javascript-spa-configuration`,
  jwt: `${security}/oauth2/resource-server/jwt.html#oauth2resourceserver-jwt-minimalconfiguration`,
}

const application = inFile('src/main/resources/application.yaml', 'yaml')
const config = inFile('SecurityConfig.java', 'java')
const controller = inFile('the controller', 'java')

const usual = 'JSESSIONID'
const isServletSession = (name: string, at: CookieAtHand | undefined): boolean =>
  (/^(?:JSESSIONID|SESSION)$/i.test(name) || /sess/i.test(name.slice(0, 200))) && at?.value !== 'token'

const sessionWriters: Writers = {
  path: (value) => `path: ${yaml(value ?? '/')}`,
  domain: (value) => `domain: ${value === null ? '' : yaml(value)}`.trimEnd(),
  httpOnly: (value) => `http-only: ${value}`,
  secure: (value) => `secure: ${value}`,
  sameSite: (value) => `same-site: ${(value ?? 'omitted').toLowerCase()}`,
  partitioned: (value) => `partitioned: ${value}`,
}

const cookieWriters: Writers = {
  path: (value) => `.path(${java(value ?? '/')})`,
  domain: (value) => `.domain(${value === null ? 'null' : java(value)})`,
  httpOnly: (value) => `.httpOnly(${value})`,
  secure: (value) => `.secure(${value})`,
  sameSite: (value) => `.sameSite(${value === null ? 'null' : java(value)})`,
  partitioned: (value) => `.partitioned(${value})`,
}

const session = (cookie: string, lines: readonly string[]): string[] => [
  'server:',
  '  servlet:',
  '    session:',
  '      cookie:',
  ...(cookie === usual ? [] : [`        name: ${yaml(cookie)}`]),
  ...lines.map((line) => `        ${line}`),
]

const setCookie = (name: string, value: string, calls: readonly string[]): string[] => [
  `ResponseCookie cookie = ResponseCookie.from(${java(name)}, ${value})`,
  ...calls.map((call) => `        ${call}`),
  '        .build();',
  'response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());',
]

/** A variable of the environment, as Spring's configuration names it. */
const variable = (name: string): string => `\${${name}}`

const keep = 'Merge it into your configuration.'
const imports =
  'Imports: `org.springframework.http.ResponseCookie` and `HttpHeaders`; `response`: the `HttpServletResponse`.'

const attributes: Answers['attributes'] = (change) => {
  const { cookie, changes, at } = change
  const own = isServletSession(cookie, at)
  const wanted = own ? wantedOf(changes) : wholeOf(change)
  if (own) {
    const lines = writeAttributes(wanted, sessionWriters)
    // Spring puts other settings in place of `${…}`, so a page's text must not bring one along.
    return lines.length === 0
      ? generic
      : forWords([cookie, wanted.path ?? '/', wanted.domain ?? '/'], () =>
          application(
            docs.session,
            session(cookie, lines),
            `${keep}${wanted.partitioned === undefined ? '' : ' `partitioned` takes Spring Boot 3.4 or later.'}`,
          ),
        )
  }
  const calls = writeAttributes(wanted, cookieWriters)
  return calls.length === 0
    ? generic
    : controller(docs.cookie, setCookie(cookie, 'value', calls), `Keep the cookie's other attributes. ${imports}`)
}

const forwarded = (note: string): Answer =>
  application(docs.forwarded, ['server:', '  forward-headers-strategy: framework'], note)

export const spring: Stack = {
  id: 'spring',
  name: 'Spring Boot (Spring Security)',
  role: 'app',
  version: '4 (Spring Security 7)',
  traces: { cookies: [/^JSESSIONID$/] },
  answers: {
    ...outsideOfApps,
    ...throughAttributes(attributes, usual),
    attributes,
    'shorten-value': () => generic,
    'send-separately': () => generic,
    'trust-proxy': () =>
      forwarded(
        `${keep} Only behind a proxy that sets X-Forwarded-Proto and X-Forwarded-Host itself, in place of what the visitor sent.`,
      ),
    'allow-credentials': ({ origin, headers }) =>
      forOrigin(origin, () =>
        config(
          docs.cors,
          [
            '@Bean',
            'UrlBasedCorsConfigurationSource corsConfigurationSource() {',
            '    CorsConfiguration configuration = new CorsConfiguration();',
            `    configuration.setAllowedOrigins(List.of(${java(origin)}));`,
            '    configuration.setAllowedMethods(List.of("GET", "POST", "PUT", "PATCH", "DELETE"));',
            `    configuration.setAllowedHeaders(List.of(${listed(['Content-Type', 'Authorization', ...headers], java)}));`,
            '    configuration.setAllowCredentials(true);',
            '    UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();',
            '    source.registerCorsConfiguration("/**", configuration);',
            '    return source;',
            '}',
          ],
          'With `http.cors(withDefaults())` in your filter chain, so that preflights are answered before the login is asked for. Imports: `java.util.List`, `org.springframework.web.cors.*`.',
        ),
      ),
    'public-url': () =>
      forwarded(
        `${keep} \`redirect-uri: "{baseUrl}/login/oauth2/code/{registrationId}"\` takes \`baseUrl\` from the request, which the proxy has to describe with X-Forwarded-Proto and X-Forwarded-Host.`,
      ),
    'match-token': ({ claim }) =>
      application(
        docs.jwt,
        [
          'spring:',
          '  security:',
          '    oauth2:',
          '      resourceserver:',
          '        jwt:',
          claim === 'iss'
            ? `          issuer-uri: ${variable('ISSUER_URI')}`
            : `          audiences: ${variable('AUDIENCE')}`,
        ],
        `${keep} The variable: what the token's \`${claim}\` says.`,
      ),
    'share-session': (_, at) =>
      storeOf(at, () =>
        application(
          docs.springSession,
          ['spring:', '  data:', '    redis:', `      url: ${variable('REDIS_URL')}`],
          'With `spring-boot-starter-session-data-redis` among the dependencies (before Spring Boot 4: `spring-session-data-redis` and `spring-boot-starter-data-redis`): by itself each instance keeps sessions in its own memory.',
        ),
      ),
    'delete-cookie': (action) =>
      controller(
        docs.cookie,
        setCookie(action.name, '""', [...writeAttributes(deletionOf(action), cookieWriters), '.maxAge(0)']),
        imports,
      ),
    'trust-origin': () =>
      doesNotApply(
        "Spring Security's CSRF protection compares no origins: it wants its token. What compares them is CORS (`setAllowedOrigins`).",
      ),
    'readable-csrf-cookie': ({ name, header }) => {
      const settings = [
        ...(name === null || name === 'XSRF-TOKEN' ? [] : [`repository.setCookieName(${java(name)});`]),
        ...(header.toLowerCase() === 'x-xsrf-token' ? [] : [`repository.setHeaderName(${java(header)});`]),
      ]
      return config(
        docs.csrf,
        settings.length === 0
          ? ['http.csrf((csrf) -> csrf.spa());']
          : [
              'CookieCsrfTokenRepository repository = CookieCsrfTokenRepository.withHttpOnlyFalse();',
              ...settings,
              'http.csrf((csrf) -> csrf.spa().csrfTokenRepository(repository));',
            ],
        'In your filter chain. `spa()` takes the token as it stands in the cookie, and has the cookie sent with every answer. Before Spring Security 7: `CookieCsrfTokenRepository.withHttpOnlyFalse()` with a `CsrfTokenRequestAttributeHandler`.',
      )
    },
    'session-lifetime': ({ name, seconds }, at) =>
      isServletSession(name, at)
        ? application(
            docs.session,
            [
              'server:',
              '  servlet:',
              '    session:',
              `      timeout: ${lifetimeFor(seconds)}s`,
              '      cookie:',
              `        max-age: ${lifetimeFor(seconds)}s`,
            ],
            keep,
          )
        : controller(
            docs.cookie,
            setCookie(name, 'value', [
              ...writeAttributes(keptOf(at), cookieWriters),
              `.maxAge(${lifetimeFor(seconds)})`,
            ]),
            `In seconds. Keep the cookie's other attributes. ${imports}`,
          ),
    'pass-on-set-cookie': () =>
      controller(
        docs.headers,
        [
          'for (String line : answer.getHeaders().getOrEmpty(HttpHeaders.SET_COOKIE)) {',
          '    response.addHeader(HttpHeaders.SET_COOKIE, line);',
          '}',
        ],
        '`answer`: the `ResponseEntity` that your client gave; `response`: the `HttpServletResponse`.',
      ),
    'no-store': () =>
      controller(
        docs.cacheControl,
        ['return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(body);'],
        'In the method that answers it. Spring Security sends it anyway, unless `cacheControl` was disabled.',
      ),
    'header-limit': ({ bytes }) =>
      application(docs.properties, ['server:', `  max-http-request-header-size: ${roomFor(bytes) / 1024}KB`], keep),
  },
}
