import { type Answers, doesNotApply, generic, type Stack } from '../stack.ts'
import {
  deletionOf,
  keptOf,
  throughAttributes,
  type Writers,
  wantedOf,
  wholeOf,
  writeAttributes,
} from './attributes.ts'
import { outsideOfApps } from './elsewhere.ts'
import { csharp } from './literal.ts'
import { forOrigin, inFile, lifetimeFor, roomFor, withoutPort } from './snippet.ts'

const learn = 'https://learn.microsoft.com/aspnet/core'
const api = 'https://learn.microsoft.com/dotnet/api'
const docs = {
  cookie: `${learn}/security/authentication/cookie`,
  sameSite: `${learn}/security/samesite`,
  session: `${learn}/fundamentals/app-state`,
  correlation: `${api}/microsoft.aspnetcore.authentication.remoteauthenticationoptions.correlationcookie`,
  nonce: `${api}/microsoft.aspnetcore.authentication.openidconnect.openidconnectoptions.noncecookie`,
  tempData: `${api}/microsoft.aspnetcore.mvc.cookietempdataprovideroptions`,
  cookies: `${api}/microsoft.aspnetcore.http.iresponsecookies`,
  proxy: `${learn}/host-and-deploy/proxy-load-balancer`,
  cors: `${learn}/security/cors`,
  https: `${learn}/security/enforcing-ssl`,
  keys: `${learn}/security/data-protection/configuration/overview`,
  antiforgery: `${learn}/security/anti-request-forgery`,
  cache: `${learn}/performance/caching/response`,
  kestrel: `${learn}/fundamentals/servers/kestrel/options`,
  headers: `${api}/microsoft.aspnetcore.http.iheaderdictionary`,
  jwt: `${learn}/security/authentication/configure-jwt-bearer-authentication`,
}

const program = inFile('Program.cs', 'csharp')

const orNull = (value: string | null) => (value === null ? 'null' : csharp(value))

/** Of a CookieBuilder: authentication, session and antiforgery alike. */
const builderWriters = (builder: string): Writers => ({
  path: (value) => `options.${builder}.Path = ${orNull(value)};`,
  domain: (value) => `options.${builder}.Domain = ${orNull(value)};`,
  httpOnly: (value) => `options.${builder}.HttpOnly = ${value};`,
  secure: (value) => `options.${builder}.SecurePolicy = CookieSecurePolicy.${value ? 'Always' : 'None'};`,
  sameSite: (value) => `options.${builder}.SameSite = SameSiteMode.${value ?? 'Unspecified'};`,
  partitioned: (value) => (value ? `options.${builder}.Extensions.Add("Partitioned");` : ''),
})

const optionWriters: Writers = {
  path: (value) => `Path = ${orNull(value)}`,
  domain: (value) => `Domain = ${orNull(value)}`,
  httpOnly: (value) => `HttpOnly = ${value}`,
  secure: (value) => `Secure = ${value}`,
  sameSite: (value) => `SameSite = SameSiteMode.${value ?? 'Unspecified'}`,
  partitioned: (value) => (value ? 'Extensions = { "Partitioned" }' : ''),
}

/** Where a cookie's options are set. */
interface Owner {
  call: string
  /** The CookieBuilder among the options. */
  builder: 'Cookie' | 'CorrelationCookie' | 'NonceCookie'
  docs: string
  /** How long its cookies are kept is an option of this kind; null: no one sets that by hand. */
  lifetime: 'session' | 'login' | 'cookie' | null
  note: string
}

const provider =
  'With the call that adds your provider (`AddOpenIdConnect`, `AddOAuth`, `AddGoogle`); keep its other options.'
const keep = 'Keep your other options.'

/** By the beginning of the cookie's name; what none of these begins is a cookie of the app's own. */
const owners: readonly [RegExp, Owner][] = [
  [
    /^\.AspNetCore\.Session$/i,
    {
      ...{ call: 'builder.Services.AddSession(options =>', builder: 'Cookie', docs: docs.session },
      ...{ lifetime: 'session', note: keep },
    },
  ],
  [
    /^\.AspNetCore\.Antiforgery/i,
    {
      ...{ call: 'builder.Services.AddAntiforgery(options =>', builder: 'Cookie', docs: docs.antiforgery },
      ...{ lifetime: 'cookie', note: keep },
    },
  ],
  [
    /^\.AspNetCore\.Correlation\./i,
    {
      ...{ call: 'builder.Services.AddAuthentication().AddOpenIdConnect(options =>', builder: 'CorrelationCookie' },
      ...{ docs: docs.correlation, lifetime: null, note: provider },
    },
  ],
  [
    /^\.AspNetCore\.OpenIdConnect\.Nonce\./i,
    {
      ...{ call: 'builder.Services.AddAuthentication().AddOpenIdConnect(options =>', builder: 'NonceCookie' },
      ...{ docs: docs.nonce, lifetime: null, note: keep },
    },
  ],
  [
    /^\.AspNetCore\.Identity\.External/i,
    {
      ...{ call: 'builder.Services.ConfigureExternalCookie(options =>', builder: 'Cookie', docs: docs.cookie },
      ...{ lifetime: 'login', note: keep },
    },
  ],
  ...(['TwoFactorUserId', 'TwoFactorRememberMe'] as const).map((scheme): [RegExp, Owner] => [
    new RegExp(`^\\.AspNetCore\\.Identity\\.${scheme}`, 'i'),
    {
      call: `builder.Services.Configure<CookieAuthenticationOptions>(IdentityConstants.${scheme}Scheme, options =>`,
      ...{ builder: 'Cookie', docs: docs.cookie, lifetime: 'login', note: keep },
    },
  ]),
  [
    /^\.AspNetCore\.Mvc\.CookieTempDataProvider/i,
    {
      ...{ call: 'builder.Services.Configure<CookieTempDataProviderOptions>(options =>', builder: 'Cookie' },
      ...{ docs: docs.tempData, lifetime: null, note: keep },
    },
  ],
  [
    /^\.AspNetCore\.Identity/i,
    {
      ...{ call: 'builder.Services.ConfigureApplicationCookie(options =>', builder: 'Cookie', docs: docs.cookie },
      ...{ lifetime: 'login', note: keep },
    },
  ],
  [
    /^\.AspNetCore\.(?!Culture$)/i,
    {
      call: 'builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(options =>',
      ...{ builder: 'Cookie', docs: docs.cookie, lifetime: 'login' },
      note: 'Keep your other options. With Identity it is `ConfigureApplicationCookie`, with a scheme of your own the call that adds it.',
    },
  ],
]

const ownerOf = (name: string): Owner | null =>
  owners.find(([pattern]) => pattern.test(name.slice(0, 200)))?.[1] ?? null

const configured = (owner: string, lines: readonly string[]): string[] => [
  owner,
  '{',
  ...lines.map((line) => `    ${line}`),
  '});',
]

const attributes: Answers['attributes'] = (change) => {
  const { cookie, changes } = change
  const owner = ownerOf(cookie)
  const wanted = owner === null ? wholeOf(change) : wantedOf(changes)
  if (owner === null) {
    const options = writeAttributes(wanted, optionWriters)
    return options.length === 0
      ? generic
      : program(
          docs.cookies,
          [`context.Response.Cookies.Append(${csharp(cookie)}, value, new CookieOptions { ${options.join(', ')} });`],
          'Where your code sets the cookie; keep its other options.',
        )
  }
  const lines = writeAttributes(wanted, builderWriters(owner.builder))
  return lines.length === 0
    ? generic
    : program(
        wanted.sameSite !== undefined && owner.docs === docs.cookie ? docs.sameSite : owner.docs,
        configured(owner.call, lines),
        owner.note,
      )
}

export const aspnet: Stack = {
  id: 'aspnet',
  name: 'ASP.NET Core',
  role: 'app',
  version: '10',
  traces: {
    cookies: [/^\.AspNetCore\./i],
    servers: [/^Kestrel$/i],
  },
  answers: {
    ...outsideOfApps,
    ...throughAttributes(attributes, '.AspNetCore.Cookies'),
    attributes,
    'use-https': ({ who }) =>
      who === 'page'
        ? generic
        : program(
            docs.https,
            ['app.UseHttpsRedirection();'],
            'For the redirect alone; the certificate is for the server in front. Behind a proxy it needs `UseForwardedHeaders`, or it redirects for ever.',
          ),
    'shorten-value': () => generic,
    'send-separately': () => generic,
    'trust-proxy': ({ host }) =>
      program(
        docs.proxy,
        [
          'builder.Services.Configure<ForwardedHeadersOptions>(options =>',
          '{',
          '    options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;',
          '    options.KnownProxies.Add(IPAddress.Parse("127.0.0.1"));',
          `    options.AllowedHosts.Add(${csharp(withoutPort(host))});`,
          '});',
          '',
          'var app = builder.Build();',
          '',
          'app.UseForwardedHeaders();',
        ],
        'With the address of your own proxy and every host that visitors use (none: any that the header names); `UseForwardedHeaders` comes before all other middleware. `using System.Net;`, `using Microsoft.AspNetCore.HttpOverrides;`.',
      ),
    'allow-credentials': ({ origin }) =>
      forOrigin(origin, () =>
        program(
          docs.cors,
          [
            'builder.Services.AddCors(options =>',
            '{',
            '    options.AddDefaultPolicy(policy =>',
            `        policy.WithOrigins(${csharp(origin)}).AllowAnyHeader().AllowAnyMethod().AllowCredentials());`,
            '});',
            '',
            'var app = builder.Build();',
            '',
            'app.UseCors();',
          ],
          '`UseCors` comes before `UseAuthentication` and `UseAuthorization`.',
        ),
      ),
    'public-url': ({ url }) =>
      program(
        docs.proxy,
        [
          'app.Use((context, next) =>',
          '{',
          `    context.Request.Scheme = ${csharp(/^https:/i.test(url) ? 'https' : 'http')};`,
          '    return next(context);',
          '});',
        ],
        'Where the proxy forwards nothing and every visitor comes by that scheme; otherwise `UseForwardedHeaders`, which knows the host as well. ASP.NET Core makes its URLs (`redirect_uri`, too) from the request.',
      ),
    'match-token': ({ claim }) =>
      program(
        docs.jwt,
        [
          'builder.Services.AddAuthentication().AddJwtBearer(options =>',
          '{',
          claim === 'iss'
            ? '    options.TokenValidationParameters.ValidIssuer = builder.Configuration["Jwt:Issuer"];'
            : '    options.TokenValidationParameters.ValidAudience = builder.Configuration["Jwt:Audience"];',
          '});',
        ],
        `The setting: what the token's \`${claim}\` says. Keep your other options.`,
      ),
    'share-session': () =>
      program(
        docs.keys,
        [
          'builder.Services.AddDataProtection()',
          '    .SetApplicationName("app")',
          '    .PersistKeysToFileSystem(new DirectoryInfo("/var/keys"));',
        ],
        'A directory that all instances share and that outlives a deploy (or Redis, a database): these keys encrypt the cookies, and lie there in the clear unless a `ProtectKeysWith…` follows. What `AddSession` keeps needs a distributed cache besides. `using Microsoft.AspNetCore.DataProtection;`.',
      ),
    'delete-cookie': (action) =>
      program(docs.cookies, [
        `context.Response.Cookies.Delete(${csharp(action.name)}, new CookieOptions { ${writeAttributes(
          deletionOf(action),
          optionWriters,
        ).join(', ')} });`,
      ]),
    'trust-origin': () =>
      doesNotApply(
        'The antiforgery of ASP.NET Core compares no origins: it wants its token and its cookie. What compares them is CORS (`WithOrigins`).',
      ),
    'readable-csrf-cookie': ({ name, header }) =>
      program(
        docs.antiforgery,
        [
          `builder.Services.AddAntiforgery(options => options.HeaderName = ${csharp(header)});`,
          '',
          'var app = builder.Build();',
          '',
          'app.Use((context, next) =>',
          '{',
          '    var tokens = context.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(context);',
          `    context.Response.Cookies.Append(${csharp(name ?? 'XSRF-TOKEN')}, tokens.RequestToken!, new CookieOptions { HttpOnly = false, Secure = true });`,
          '    return next(context);',
          '});',
        ],
        'A second cookie beside the one of antiforgery itself, which stays HttpOnly. After `UseAuthentication` and `UseAuthorization`, for the token is that of the user. `using Microsoft.AspNetCore.Antiforgery;`.',
      ),
    'session-lifetime': ({ name, seconds }, at) => {
      const lifetime = `TimeSpan.FromSeconds(${lifetimeFor(seconds)})`
      const owner = ownerOf(name)
      if (owner === null) {
        return program(
          docs.cookies,
          [
            `context.Response.Cookies.Append(${csharp(name)}, value, new CookieOptions { ${[...writeAttributes(keptOf(at), optionWriters), `MaxAge = ${lifetime}`].join(', ')} });`,
          ],
          'Where your code sets the cookie; keep its other options.',
        )
      }
      switch (owner.lifetime) {
        case null:
          return generic
        case 'cookie':
          return program(owner.docs, configured(owner.call, [`options.Cookie.MaxAge = ${lifetime};`]), owner.note)
        case 'session':
          return program(
            owner.docs,
            configured(owner.call, [`options.IdleTimeout = ${lifetime};`, `options.Cookie.MaxAge = ${lifetime};`]),
            `\`IdleTimeout\` is how long the server keeps the session, 20 minutes if nothing is said. ${keep}`,
          )
        case 'login':
          return program(
            owner.docs,
            configured(owner.call, [`options.ExpireTimeSpan = ${lifetime};`, 'options.SlidingExpiration = true;']),
            'Keep your other options. The cookie outlives the browser only if the login asks for it: `new AuthenticationProperties { IsPersistent = true }`.',
          )
      }
    },
    'pass-on-set-cookie': () =>
      program(
        docs.headers,
        [
          'if (answer.Headers.TryGetValues("Set-Cookie", out var lines))',
          '{',
          '    foreach (var line in lines) context.Response.Headers.Append("Set-Cookie", line);',
          '}',
        ],
        '`answer`: the `HttpResponseMessage` that `HttpClient` gave.',
      ),
    'no-store': ({ path }) =>
      program(
        docs.cache,
        [
          'app.Use((context, next) =>',
          '{',
          `    if (context.Request.Path == ${csharp(path)}) context.Response.Headers.CacheControl = "no-store";`,
          '    return next(context);',
          '});',
        ],
        'Before the endpoints. On a controller: `[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]`.',
      ),
    'header-limit': ({ bytes }) =>
      program(
        docs.kestrel,
        [`builder.WebHost.ConfigureKestrel(options => options.Limits.MaxRequestHeadersTotalSize = ${roomFor(bytes)});`],
        'For Kestrel; IIS has a limit of its own.',
      ),
  },
}
