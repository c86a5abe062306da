import { expect, it } from 'vitest'
import { outlineOfForm, outlineOfText } from '../capture/body-outline.ts'
import { bodyFactsOf } from '../story/bodies.ts'

/** In Firefox facts are made of an outline: they are those that the body itself would give. */

const factsOf = (requestType: string, requestBody: string) =>
  bodyFactsOf({ requestType, requestBody, responseType: null, responseBody: null })

it.each([
  { email: 'a', password: 'b' },
  { variables: { input: { password: 'b' } }, query: 'mutation L($input: I!) { login(input: $input) { token } }' },
  { query: 'mutation { login(name: "a", password: "b") { token } }' },
  { query: 'mutation { search(text: "the password: x") }' },
  [{ query: '{ me { name } }' }],
  { oldPassword: 'a', newPassword: 'b' },
  { grant_type: 'refresh_token', refresh_token: 'a' },
  { grantType: 'authorization_code', code: 'a' },
  { csrf_token: 'a', password: 'b' },
])('JSON: %j', (value) => {
  const { type, body } = outlineOfText(JSON.stringify(value)) ?? { type: '', body: '' }
  const inText = JSON.stringify(value).includes('the password')
  // A name in a text of a GraphQL query: the outline is right.
  expect(factsOf(type, body)).toEqual({
    ...factsOf('application/json', JSON.stringify(value)),
    ...(inText ? { password: false } : {}),
  })
})

it.each([
  'name=a&password=b',
  'user%5Bemail%5D=a&user%5Bpassword%5D=b&authenticity_token=x',
  'Input.Email=a&Input.Password=b&__RequestVerificationToken=x',
  '_token=a&current_password=a&password=b',
  'grant_type=refresh_token&refresh_token=a',
  'q=password',
])('a form: %s', (text) => {
  const fields = Object.fromEntries([...new URLSearchParams(text)].map(([name, value]) => [name, [value]]))
  const { type, body } = outlineOfForm(fields)
  expect(factsOf(type, body)).toEqual(factsOf('application/x-www-form-urlencoded', text))
})
