import { type Answers, doesNotApply, generic, type Stack } from '../stack.ts'
import { throughAttributes, type Writers, wantedOf, writeAttributes } from './attributes.ts'
import { outsideOfApps } from './elsewhere.ts'
import { csharp } from './literal.ts'
import { forOrigin, inFile, lifetimeFor, roomFor } from './snippet.ts'

const learn = 'https://learn.microsoft.com/aspnet/core'
const api = 'https://learn.microsoft.com/dotnet/api'
const docs = {
  cookie: `${learn}/security/authentication/cookie`,
  sameSite: `${learn}/security/samesite`,
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
const builderWriters: Writers = {
  path: (value) => `options.Cookie.Path = ${orNull(value)};`,
  domain: (value) => `options.Cookie.Domain = ${orNull(value)};`,
  httpOnly: (value) => `options.Cookie.HttpOnly = ${value};`,
  secure: (value) => `options.Cookie.SecurePolicy = CookieSecurePolicy.${value ? 'Always' : 'None'};`,
  sameSite: (value) => `options.Cookie.SameSite = SameSiteMode.${value ?? 'Unspecified'};`,
  partitioned: (value) => (value ? 'options.Cookie.Extensions.Add("Partitioned");' : ''),
}

const optionWriters: Writers = {
  path: (value) => `Path = ${orNull(value)}`,
  domain: (value) => `Domain = ${orNull(value)}`,
  httpOnly: (value) => `HttpOnly = ${value}`,
  secure: (value) => `Secure = ${value}`,
  sameSite: (value) => `SameSite = SameSiteMode.${value ?? 'Unspecified'}`,
  partitioned: (value) => (value ? 'Extensions = { "Partitioned" }' : ''),
}

/** Where the cookie's options are set, by its name; null for a cookie of the app's own. */
const ownerOf = (name: string): string | null => {
  if (/^\.AspNetCore\.Session$/i.test(name)) return 'builder.Services.AddSession(options =>'
  if (/^\.AspNetCore\.Antiforgery/i.test(name)) return 'builder.Services.AddAntiforgery(options =>'
  if (/^\.AspNetCore\.Identity/i.test(name)) return 'builder.Services.ConfigureApplicationCookie(options =>'
  return /^\.AspNetCore\./i.test(name)
    ? 'builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(options =>'
    : null
}

const configured = (owner: string, lines: readonly string[]): string[] => [
  owner,
  '{',
  ...lines.map((line) => `    ${line}`),
  '});',
]

const attributes: Answers['attributes'] = ({ cookie, changes }) => {
  const wanted = wantedOf(changes)
  const owner = ownerOf(cookie)
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
  const lines = writeAttributes(wanted, builderWriters)
  return lines.length === 0
    ? generic
    : program(
        wanted.sameSite === undefined ? docs.cookie : docs.sameSite,
        configured(owner, lines),
        'Keep your other options. With Identity it is `ConfigureApplicationCookie`, with a scheme of your own the call that adds it.',
      )
}

export const aspnet: Stack = {
  id: 'aspnet',
  name: 'ASP.NET Core',
  role: 'app',
  version: '9',
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
    'trust-proxy': () =>
      program(
        docs.proxy,
        [
          'builder.Services.Configure<ForwardedHeadersOptions>(options =>',
          '{',
          '    options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;',
          '    options.KnownProxies.Add(IPAddress.Parse("127.0.0.1"));',
          '});',
          '',
          'var app = builder.Build();',
          '',
          'app.UseForwardedHeaders();',
        ],
        'With the address of your own proxy; `UseForwardedHeaders` comes before all other middleware. `using System.Net;`, `using Microsoft.AspNetCore.HttpOverrides;`.',
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
        'Where the proxy forwards nothing; otherwise `UseForwardedHeaders`, which knows the host as well. ASP.NET Core makes its URLs (`redirect_uri`, too) from the request.',
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
        'A directory that all instances share and that outlives a deploy (or Redis, a database): these keys encrypt the cookies. `using Microsoft.AspNetCore.DataProtection;`.',
      ),
    'delete-cookie': ({ name, domain, path }) =>
      program(docs.cookies, [
        `context.Response.Cookies.Delete(${csharp(name)}, new CookieOptions { ${[
          ...writeAttributes({ path, ...(domain === null ? {} : { domain }) }, optionWriters),
          ...(/^__(?:secure|host)-/i.test(name) ? ['Secure = true'] : []),
        ].join(', ')} });`,
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
        'A second cookie beside the one of antiforgery itself, which stays HttpOnly. `using Microsoft.AspNetCore.Antiforgery;`.',
      ),
    'session-lifetime': ({ name, seconds }) => {
      const lifetime = `TimeSpan.FromSeconds(${lifetimeFor(seconds)})`
      const owner = ownerOf(name)
      if (owner === null) {
        return program(
          docs.cookies,
          [`context.Response.Cookies.Append(${csharp(name)}, value, new CookieOptions { MaxAge = ${lifetime} });`],
          'Where your code sets the cookie; keep its other options.',
        )
      }
      return /AddSession|AddAntiforgery/.test(owner)
        ? program(docs.cookie, configured(owner, [`options.Cookie.MaxAge = ${lifetime};`]), 'Keep your other options.')
        : program(
            docs.cookie,
            configured(owner, [`options.ExpireTimeSpan = ${lifetime};`, 'options.SlidingExpiration = true;']),
            'Keep your other options. The cookie outlives the browser only if the login asks for it: `new AuthenticationProperties { IsPersistent = true }`.',
          )
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
