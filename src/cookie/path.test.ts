import { describe, expect, it } from 'vitest'
import { defaultPath, pathMatch } from './path.ts'

describe('defaultPath', () => {
  it.each([
    ['/', '/'],
    ['/login', '/'],
    ['/api/auth/login', '/api/auth'],
    ['/api/auth/', '/api/auth'],
    ['//', '/'],
    ['//a', '/'],
    ['', '/'],
    ['login', '/'],
  ])('of %j is %j', (path, expected) => expect(defaultPath(path)).toBe(expected))
})

describe('pathMatch', () => {
  it.each([
    ['/', '/', true],
    ['/a', '/', true],
    ['/a', '/a', true],
    ['/a/', '/a', true],
    ['/a/b', '/a', true],
    ['/a/b', '/a/', true],
    ['/a', '/a/', false],
    ['/ab', '/a', false],
    ['/A', '/a', false],
    ['/', '/a', false],
    ['/b/a', '/a', false],
    ['/%61', '/a', false],
    ['//', '//', true],
    ['/', '//', false],
  ])('%s, cookie path %s: %s', (request, cookie, matches) => expect(pathMatch(request, cookie)).toBe(matches))
})
