/** One part of a token: base64url of JSON. */
export const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A JSON Web Token with these claims, signed with nonsense. */
export const tokenWith = (claims: object, header: object = {}): string =>
  `${part({ alg: 'HS256', ...header })}.${part(claims)}.c2lnbmF0dXJl`
