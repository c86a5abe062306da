import type { TestedStack } from '../stack.ts'
import { django } from './django.ts'
import { express } from './express.ts'
import { fastify } from './fastify.ts'
import { flask } from './flask.ts'
import { hono } from './hono.ts'
import { nextjs } from './nextjs.ts'
import { rails } from './rails.ts'

/** Every stack there is a server of. */
export const stacks: readonly TestedStack[] = [express, hono, fastify, nextjs, django, flask, rails]
